"""Which rows of the ledger nobody could tell apart: one item heard once, as far as Spotify told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from simulator.spotify.ledger import Played

from ._day_answers import Owed


@dataclass(frozen=True, slots=True)
class TruePlay:
    """One item heard once, for all that Spotify told: at least one play, and as many as it has rows at the most."""

    rows: tuple[Played, ...]

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


def true_plays(rows: Iterable[Played], due: Iterable[Owed]) -> list[TruePlay]:
    """Return what was heard of one listener, `due` of which is owed.

    Two rows of one item are one hearing where the second goes on with the first, on another device or after a long
    pause; or where looks saw both, the second no earlier in the item, and Spotify told of nothing between them. Somebody
    who skips a track and comes back to it before anything else was seen or listed did the same as who paused it.
    """
    evidence = {id(each.row): each for each in due}
    found: list[list[Played]] = []
    newest_listed: list[Played] | None = None
    for row in rows:
        mine = evidence.get(id(row))
        if found and _goes_on(found[-1][-1], row):
            group = found[-1]
        elif (
            mine is not None and newest_listed and _alike(newest_listed, mine, evidence)
        ):
            group = newest_listed
        else:
            group = []
            found.append(group)
        group.append(row)
        if mine is not None:
            newest_listed = group
    return [TruePlay(tuple(each)) for each in found]


def _goes_on(last: Played, row: Played) -> bool:
    return (
        row.uri == last.uri
        and last.reason_end in ("remote", "logout")
        and row.reason_start in ("remote", "playbtn")
    )


def _alike(before: Sequence[Played], now: Owed, evidence: dict[int, Owed]) -> bool:
    """Whether a row looks as if it were still the hearing of which Spotify told last."""
    reported = [evidence[id(row)] for row in before if id(row) in evidence]
    if now.row.uri != before[-1].uri or now.first_ms is None:
        return False
    last_ms = reported[-1].last_ms
    if last_ms is None or now.first_ms < last_ms:
        return False
    return not (now.listed and any(each.listed for each in reported))
