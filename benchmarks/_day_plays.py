"""Which rows of the ledger nobody could tell apart: one item heard once, as far as Spotify told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from simulator.spotify.ledger import Heard

from ._day_answers import Owed


@dataclass(frozen=True, slots=True)
class Hearing:
    """One item heard once, for all that Spotify told: at least one play, and as many as it has rows at the most."""

    rows: tuple[Heard, ...]

    @property
    def uri(self) -> str:
        """Of its item."""
        return self.rows[0].uri

    @property
    def start(self) -> int:
        """When it began to sound (UTC ms)."""
        return self.rows[0].started_at

    @property
    def end(self) -> int:
        """When it was last heard (UTC ms)."""
        return self.rows[-1].ended_at


def hearings(rows: Iterable[Heard], due: Iterable[Owed]) -> list[Hearing]:
    """Return what was heard of one listener, `due` of which is owed.

    Two rows of one item are one hearing where the second goes on with the first, on another device or after a long
    pause; or where looks saw both, the second no earlier in the item, and Spotify told of nothing between them. Somebody
    who skips a track and comes back to it before anything else was seen or listed did the same as who paused it.
    """
    evidence = {id(each.row): each for each in due}
    found: list[list[Heard]] = []
    newest_told: list[Heard] | None = None
    for row in rows:
        mine = evidence.get(id(row))
        if found and _goes_on(found[-1][-1], row):
            group = found[-1]
        elif mine is not None and newest_told and _alike(newest_told, mine, evidence):
            group = newest_told
        else:
            group = []
            found.append(group)
        group.append(row)
        if mine is not None:
            newest_told = group
    return [Hearing(tuple(each)) for each in found]


def _goes_on(last: Heard, row: Heard) -> bool:
    return (
        row.uri == last.uri
        and last.reason_end in ("remote", "logout")
        and row.reason_start in ("remote", "playbtn")
    )


def _alike(before: Sequence[Heard], now: Owed, evidence: dict[int, Owed]) -> bool:
    """Whether a row looks as if it were still the hearing of which Spotify told last."""
    told = [evidence[id(row)] for row in before if id(row) in evidence]
    if now.row.uri != before[-1].uri or now.first_ms is None:
        return False
    last_ms = told[-1].last_ms
    if last_ms is None or now.first_ms < last_ms:
        return False
    return not (now.listed and any(each.listed for each in told))
