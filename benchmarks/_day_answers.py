"""What the simulated Spotify really answered in a day, and so which of the plays in its ledger nobody may lose."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
import json
from typing import Final, final

from simulator.spotify import Asked
from simulator.spotify.ledger import Played
from simulator.spotify.manners import Manners
from simulator.spotify.recent import shown

PLAYER: Final = ("/v1/me/player", "/v1/me/player/currently-playing")
RECENT: Final = "/v1/me/player/recently-played"

_PLAYED_AT_MS: Final = 1_500
"""`played_at` lies so near the end of a play."""
_ASKED_FOR_MS: Final = 30 * 60_000
"""Fifty plays of 36 seconds last so long: nobody hears them faster, and no list has to be asked for more often."""

_USUAL: Final = Manners()

_MOMENT_MS: Final = 50
"""An answer and the ledger agree so closely on when something began."""


@dataclass(frozen=True, slots=True)
class Look:
    """An item in an answer about the player, at a moment (UTC ms)."""

    at: int
    uri: str
    progress_ms: int


@dataclass(slots=True)
class Reported:
    """All that one person's callers were told."""

    looks: list[Look] = field(default_factory=list)
    listed: dict[tuple[str, int], int] = field(default_factory=dict)
    """What stood in answers of recently played, by URI and `played_at` (UTC ms): when it was first told."""


@final
class Answers:
    """A log of answers: give its `take` to `SpotifySimulator.answered`. What broke off on the way is no answer."""

    def __init__(self) -> None:
        """Begin with nothing told."""
        self.reported: defaultdict[str, Reported] = defaultdict(Reported)

    def take(self, asked: Asked, body: bytes) -> None:
        """Note what an answer says of plays."""
        if asked.person is None or asked.status != 200 or asked.method != "GET":
            return
        if asked.endpoint not in (*PLAYER, RECENT):
            return
        try:
            answer = json.loads(body)
        except ValueError:
            return
        reported = self.reported[asked.person]
        if asked.endpoint == RECENT:
            for row in answer["items"]:
                played_at = round(
                    datetime.fromisoformat(row["played_at"]).timestamp() * 1000
                )
                reported.listed.setdefault(
                    (row["track"]["uri"], played_at), asked.at_ms
                )
        elif (item := answer["item"]) is not None:
            reported.looks.append(Look(asked.at_ms, item["uri"], answer["progress_ms"]))


@dataclass(frozen=True, slots=True)
class Owed:
    """A row that must be remembered, and what Spotify told of it."""

    row: Played
    listed: bool
    """Whether recently played told of it, or would have."""
    first_ms: int | None = None
    last_ms: int | None = None
    """Where it was (ms) in the first and the last look at it."""


def owed(
    rows: Sequence[Played],
    reported: Reported,
    now_ms: int,
    places: int | None = None,
    outages: Sequence[tuple[int, int]] = (),
    *,
    manners: Manners = _USUAL,
) -> list[Owed]:
    """Return what must be remembered: in an answer while it sounded or was paused, or ever in recently played.

    Where that has only so many `places`, a row must have stood there for half an hour outside of `outages` (UTC ms). What
    was heard in a private session is nobody's business.
    """
    stood = {id(row) for row in _stood(rows, now_ms, places, outages, manners)}
    listed: defaultdict[str, list[int]] = defaultdict(list)
    for uri, played_at in reported.listed:
        listed[uri].append(played_at)
    looks: defaultdict[str, list[Look]] = defaultdict(list)
    for look in reported.looks:
        looks[look.uri].append(look)
    found = []
    for row in rows:
        is_listed = id(row) in stood or any(
            abs(row.ended_at - played_at) <= _PLAYED_AT_MS
            for played_at in listed[row.uri]
        )
        seen = [
            look.progress_ms
            for look in looks[row.uri]
            if row.started_at + _MOMENT_MS < look.at < row.ended_at - _MOMENT_MS
        ]
        if row.private or not (is_listed or seen):
            continue
        where = (seen[0], seen[-1]) if seen else (None, None)
        found.append(Owed(row, is_listed, *where))
    return found


def _stood(
    rows: Sequence[Played],
    now_ms: int,
    places: int | None,
    outages: Sequence[tuple[int, int]],
    manners: Manners,
) -> Iterator[Played]:
    """Yield the rows that stood in recently played for so long that they could be asked for."""
    listed = sorted((row for row in rows if shown(row, now_ms, manners)), key=_since)
    for number, row in enumerate(listed):
        if places is None:
            yield row
            continue
        pushed_out_by = listed[number + places : number + places + 1]
        start, end = _since(row), _since(pushed_out_by[0]) if pushed_out_by else now_ms
        away = sum(
            max(0, min(end, until) - max(start, since)) for since, until in outages
        )
        if end - start - away >= _ASKED_FOR_MS:
            yield row


def _since(row: Played) -> int:
    return max(row.ended_at, row.synced_at or 0)
