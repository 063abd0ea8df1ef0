"""Deriving all plays anew from the observations, for when the merge has got better."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, func, select

from .bulk import rows_of, run
from .merge import Identity, identity, plays_of
from .neighbourhood import Neighbourhood
from .observations import assign_plays
from .plays import Plays
from .registers import Registers
from .schema import play

_AT_ONCE: Final = 5_000
"""How many observations are looked at together."""

_BEFORE_ALL: Final = -(1 << 62)


def rebuild(connection: Connection, registers: Registers) -> int:
    """Derive all plays anew, inside the caller's transaction; return how many there are.

    A play keeps its row id as long as one of its observations stays with it.
    """
    last_id = connection.execute(select(func.max(play.c.id))).scalar_one() or 0
    run(connection, "DELETE FROM play_room")
    run(connection, "DELETE FROM play")
    keys = registers.listeners.keys(connection)
    plays = Plays(connection, {key: number for number, key in keys.items()}, last_id)
    done_ahead: set[Identity] = set()
    total = 0
    for listener in keys:
        for start, end in _stretches(connection, listener):
            around = Neighbourhood(connection, registers, None)
            total += _rebuild_stretch(
                connection, around, plays, done_ahead, (listener, start, end)
            )
    return total


def _rebuild_stretch(
    connection: Connection,
    around: Neighbourhood,
    plays: Plays,
    done_ahead: set[Identity],
    stretch: tuple[int, int, int],
) -> int:
    """Derive the plays whose components begin in a listener's stretch of observations."""
    seeds = []
    for witness in around.read_stretch(*stretch):
        if (known := identity(witness)) in done_ahead:
            done_ahead.discard(known)
        else:
            seeds.append(witness)
    around.read_around(seeds)
    components = around.components_of(seeds)
    derived = [one for component in components for one in plays_of(component)]
    written = plays.replace((), derived)
    belongs = [
        (witness, number)
        for number, one in zip(written.ids, derived, strict=True)
        for witness in one.witnesses
    ]
    here = {id(seed) for seed in seeds}
    done_ahead.update(identity(w) for w, _ in belongs if id(w) not in here)
    assign_plays(
        connection,
        around.listeners,
        [(witness, number) for witness, number in belongs if witness.play != number],
    )
    return len(derived)


def _stretches(connection: Connection, listener: int) -> Iterator[tuple[int, int]]:
    """Yield bounds, both included, of stretches that hold a listener's observations by their end."""
    last = _BEFORE_ALL
    while True:
        bounds = rows_of(
            connection,
            "SELECT min(ended_at), max(ended_at) FROM (SELECT ended_at FROM observation"
            " WHERE listener = ? AND ended_at > ? ORDER BY ended_at LIMIT ?) AS stretch",
            (listener, last, _AT_ONCE),
        )
        first, last = bounds[0]
        if first is None:
            return
        yield first, last
