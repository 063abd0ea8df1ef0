"""Signals each finished play once, after all its sources have reported.

Only what was watched as it sounded is told, never what an import or recently played brings, and only what is shared
with the household: triggers and event entities are for everyone.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Final, final

from homeassistant.core import CALLBACK_TYPE, HassJob, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.singleton import singleton
from homeassistant.helpers.storage import Store
from homeassistant.util.hass_dict import HassKey

from ..access.visibility import hidden_listeners
from ..const import DOMAIN, LOGGER
from ..dispatch.caller_context import active_plays
from ..history.errors import HistoryError
from ..history.model import Kind, Observation, Play, Source
from ..questions.base.active_plays import not_among
from ..runtime.moments import iso, now_ms
from ..runtime.signals import Signal, async_listen_appended
from ..runtime.store.history_service import DATA_HISTORY

SETTLES_S: Final = 15
"""A speaker and an account tell of the same play some seconds apart."""

REPORTED_WITHIN_MS: Final = 75 * 60_000
"""What has been over for longer when the history has it is no news: it waited for a store, or for Home Assistant to start.

A play that a player shows as paused is over an hour after it sounded last (`spotify.between`), and seen to be some minutes later.
"""

WATCHED: Final = frozenset({Source.LIVE, Source.SONOS, Source.PLAYER})
"""The sources that tell of a play when it is over."""

MOST_REMEMBERED: Final = 500
STORE_VERSION: Final = 1
_SAVED_AFTER_S: Final = 1
_FINISHED: Final = Signal[Play](f"{DOMAIN}_play_finished")

type Report = Callable[[Play], None]


@callback
def async_listen_finished(hass: HomeAssistant, report: Report) -> CALLBACK_TYPE:
    """Call back with each play that is over and shared with the household, until the returned function is called.

    However short it was: `ms_played` says whether it counts.
    """
    return _async_finished_plays(hass).async_listen(report)


@callback
def finished_data(hass: HomeAssistant, play: Play) -> dict[str, Any]:
    """Return a play as triggers and events tell it: as the lines of `encore.get_plays`, with its artists in one text, too.

    Times are ISO 8601 in the home's time zone.
    """
    item = play.item
    return {
        "title": item.title,
        "artist": ", ".join(item.artists),
        "artists": list(item.artists),
        "album": item.album or None,
        "kind": Kind(item.kind).name.lower(),
        "uri": item.uri,
        "image_url": item.image_url,
        "listener": play.listener.name,
        "rooms": list(dict.fromkeys(span.room.name for span in play.rooms)),
        "device": play.device.name if play.device else None,
        "started_at": iso(play.started_at),
        "ended_at": iso(play.ended_at),
        "seconds_played": round(play.ms_played / 1000),
        "seconds": None if item.duration_ms is None else round(item.duration_ms / 1000),
        "skipped": play.skipped,
    }


@final
class FinishedPlays:
    """Follows what sources tell while anybody listens."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Begin with nobody who listens."""
        self._hass = hass
        self._listening = 0
        self._stop_following: CALLBACK_TYPE | None = None
        self._waiting: set[CALLBACK_TYPE] = set()
        self._reported: OrderedDict[int, tuple[int, int]] | None = None
        """When plays that were told began and ended (UTC ms), by their row ids; None until they are read."""
        self._looking = asyncio.Lock()
        self._store: Store[list[list[int]]] = Store(
            hass, STORE_VERSION, f"{DOMAIN}.finished_plays", private=True
        )

    @callback
    def async_listen(self, report: Report) -> CALLBACK_TYPE:
        """Tell somebody of plays until the returned function is called."""

        stop_reporting = _FINISHED.async_listen(self._hass, report)
        self._listening += 1
        if self._stop_following is None:
            self._stop_following = async_listen_appended(self._hass, self._appended)

        @callback
        def stop() -> None:
            stop_reporting()
            self._listening -= 1
            if not self._listening:
                self._stop()

        return stop

    @callback
    def _stop(self) -> None:
        """Follow nothing while nobody listens."""
        if self._stop_following is not None:
            self._stop_following()
            self._stop_following = None
        for cancel in self._waiting:
            cancel()
        self._waiting.clear()

    @callback
    def _appended(self, observations: Sequence[Observation]) -> None:
        """Look at what was watched, once others have told of it, too."""
        now = now_ms()
        news = [
            one
            for one in observations
            if one.source in WATCHED and now - one.ended_at < REPORTED_WITHIN_MS
        ]
        if news:
            self._look_later(news)

    @callback
    def _look_later(self, news: Sequence[Observation]) -> None:
        async def look(_now: datetime) -> None:
            self._waiting.discard(cancel)
            await self._async_look(news)

        job = HassJob(look, f"{DOMAIN} finished plays", cancel_on_shutdown=True)
        cancel = async_call_later(self._hass, SETTLES_S, job)
        self._waiting.add(cancel)

    async def _async_look(self, news: Sequence[Observation]) -> None:
        """Tell of the plays that observations became part of, and look again at those that go on elsewhere."""
        memory = self._hass.data[DATA_HISTORY]
        if not memory.is_open:
            return
        try:
            async with self._looking, memory.async_held():
                hidden = hidden_listeners(self._hass, None)
                found = await memory.async_ask(
                    lambda queries: [
                        (one, tuple(plays))
                        for one in news
                        if (plays := queries.resting_on([one]))
                    ],
                    hidden=hidden,
                )
                under_way = active_plays(self._hass, now_ms())
                over: dict[int, Play] = {}
                for one, plays in found:
                    if len(not_among(plays, under_way)) == len(plays):
                        over |= {play.id: play for play in plays}
                    elif now_ms() - one.ended_at < REPORTED_WITHIN_MS:
                        self._look_later([one])
                await self._async_report(over.values())
        except HistoryError as err:
            LOGGER.debug("Finished plays cannot be reported: %s", err)

    async def _async_report(self, plays: Iterable[Play]) -> None:
        if self._reported is None:
            stored = await self._store.async_load() or []
            self._reported = OrderedDict(
                (each[0], (each[1], each[2])) for each in stored
            )
        for play in sorted(plays, key=lambda play: (play.ended_at, play.id)):
            if self._was_reported(self._reported, play):
                continue
            self._reported[play.id] = play.started_at, play.ended_at
            while len(self._reported) > MOST_REMEMBERED:
                self._reported.popitem(last=False)
            self._store.async_delay_save(self._to_store, _SAVED_AFTER_S)
            # Who shares may be another since the history was asked.
            if play.listener.key not in hidden_listeners(self._hass, None):
                _FINISHED.async_send(self._hass, play)

    def _was_reported(
        self, reported: OrderedDict[int, tuple[int, int]], play: Play
    ) -> bool:
        """Whether a play of its row id was told, at its time: the id of one that was removed is given again."""
        if (span := reported.get(play.id)) is None:
            return False
        return span[0] <= play.ended_at and play.started_at <= span[1]

    @callback
    def _to_store(self) -> list[list[int]]:
        return [[number, *span] for number, span in (self._reported or {}).items()]


@singleton(HassKey[FinishedPlays](f"{DOMAIN}_finished_plays"))
@callback
def _async_finished_plays(hass: HomeAssistant) -> FinishedPlays:
    return FinishedPlays(hass)
