"""What goes wrong in the day with faults: a quota that is spent, an hour of errors, disconnects, a restart, a lost login."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, final

from simulator.spotify import Fault, FaultKind, SpotifySimulator

from ._day_habits import MINUTE_MS
from ._day_home import Home
from ._day_time import until

ALL: Final = "*"
"""Everybody in the home."""

_NOTICED_S: Final = 30 * 60
"""So long after Home Assistant asked for it a person logs in again."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that goes wrong, from one minute of the day to another."""

    name: str
    start: int
    end: int
    kinds: tuple[FaultKind, ...] = ()
    """What requests run into; none where it is the home that fails."""
    match: str = "/v1/*"
    person: str = ALL


BAD_DAY: Final = (
    Trouble("disconnect", 7 * 60 + 20, 7 * 60 + 22, (FaultKind.DROPPED,), "/*"),
    Trouble("login lost", 7 * 60 + 41, 8 * 60 + 29, person="ben"),
    Trouble("5xx", 9 * 60 + 40, 10 * 60 + 40, (FaultKind.SERVER_ERROR,)),
    Trouble("restart", 11 * 60 + 21, 11 * 60 + 25),
    Trouble(
        "disconnect", 11 * 60 + 45, 11 * 60 + 50, (FaultKind.CUT_CONNECTION,), "/*"
    ),
    Trouble("disconnect", 12 * 60, 12 * 60 + 12, (FaultKind.DROPPED,), "/*"),
    Trouble("429", 13 * 60, 19 * 60, (FaultKind.QUOTA_EXCEEDED,)),
    Trouble(
        "disconnect", 19 * 60 + 30, 19 * 60 + 31, (FaultKind.ANSWER_LOST,), "/v1/*"
    ),
    Trouble("disconnect", 21 * 60, 21 * 60 + 25, (FaultKind.DROPPED,), "/*"),
)


@final
class BadDay:
    """Lets things go wrong when it is their time."""

    def __init__(
        self,
        spotify: SpotifySimulator,
        home: Home,
        troubles: Sequence[Trouble] = BAD_DAY,
    ) -> None:
        """Prepare troubles for a home."""
        self._spotify = spotify
        self._home = home
        self._troubles = troubles
        self._losing: set[str] = set()
        """Whose login is lost by plan, and renewed by plan."""

    async def happen(self, begins_ms: int) -> None:
        """Let all of it happen in the day that begins at a moment (UTC ms)."""
        async with asyncio.TaskGroup() as going_wrong:
            for trouble in self._troubles:
                going_wrong.create_task(self._happen(trouble, begins_ms))
            if self._troubles:
                going_wrong.create_task(self._log_in_when_asked())

    def outages(self, person: str, begins_ms: int) -> list[tuple[int, int]]:
        """Return when Spotify told nothing of a person (UTC ms)."""
        return outages(self._troubles, person, begins_ms)

    async def _happen(self, trouble: Trouble, begins_ms: int) -> None:
        start = begins_ms + trouble.start * MINUTE_MS
        end = begins_ms + trouble.end * MINUTE_MS
        await until(start, self._spotify.clock.now_ms)
        for kind in trouble.kinds:
            self._spotify.faults.add(
                Fault(kind, match=trouble.match, times=None, until_ms=end)
            )
        own: dict[str, Callable[[Trouble, int], Coroutine[Any, Any, None]]] = {
            "restart": self._restart,
            "login lost": self._lose_login,
        }
        if trouble.name in own:
            await own[trouble.name](trouble, end)

    async def _log_in_when_asked(self) -> None:
        """Let people renew logins that went wrong unplanned: a disconnect that swallows a new token ends a login, too."""
        asked: set[str] = set()
        while True:
            await asyncio.sleep(_NOTICED_S)
            now = self._home.asked_to_log_in() - self._losing
            for person in now & asked:
                await self._home.log_in_again(person)
            asked = now

    async def _restart(self, _trouble: Trouble, end: int) -> None:
        await self._home.stop()
        await until(end, self._spotify.clock.now_ms)
        await self._home.start()

    async def _lose_login(self, trouble: Trouble, end: int) -> None:
        self._losing.add(trouble.person)
        self._spotify.accounts.revoke(trouble.person)
        await until(end, self._spotify.clock.now_ms)
        await self._home.log_in_again(trouble.person)
        self._losing.discard(trouble.person)


def outages(
    troubles: Iterable[Trouble], person: str, begins_ms: int
) -> list[tuple[int, int]]:
    """Return when a person's home learns nothing of Spotify (UTC ms)."""
    return [
        (begins_ms + each.start * MINUTE_MS, begins_ms + each.end * MINUTE_MS)
        for each in troubles
        if each.person in (ALL, person)
    ]
