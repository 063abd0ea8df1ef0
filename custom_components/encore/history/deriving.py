"""Deriving plays again from observations that are stored, in slices that each leave the store whole."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from .intake import Intake
from .merge import DerivedPlay, Witness, plays_of
from .neighbourhood import Neighbourhood
from .observations import assign_plays
from .plays import UntrustedPlays


class Rederived(NamedTuple):
    """The plays that observations amount to now, their row ids, and how many changed, came or went."""

    plays: list[DerivedPlay]
    ids: list[int]
    changed: int


def derive_again(
    connection: Connection,
    intake: Intake,
    around: Neighbourhood,
    seeds: Sequence[Witness],
) -> Rederived:
    """Derive the plays of the components that stored observations are in, inside a transaction.

    A play keeps its row id as long as one of its observations stays with it; one that is as it
    was is left alone.
    """
    around.read_around(seeds)
    components = around.components_of(seeds, links_may_have_gone=True)
    derived = [one for component in components for one in plays_of(component)]
    stale = {w.play for one in derived for w in one.witnesses if w.play is not None}
    written = UntrustedPlays(connection, around.listeners).replace(stale, derived)
    assign_plays(
        connection,
        around.listeners,
        [
            (witness, number)
            for number, one in zip(written.ids, derived, strict=True)
            for witness in one.witnesses
            if witness.play != number
        ],
    )
    intake.changes.plays.update(written.touched)
    return Rederived(derived, written.ids, len(written.touched))
