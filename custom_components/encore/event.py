"""Event entities: a play has finished, for each sharing listener and for the household."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Final, final, override

from homeassistant.components.event import EventEntity, EventExtraStoredData
from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .access.account_listener import listener_key
from .access.visibility import hidden_listeners, is_visible
from .const import CONF_ACCOUNT_ID, CONF_KIND, KIND_HISTORY, LOGGER
from .entities.base_entities import HISTORY_DEVICE, account_device, history_device
from .entities.finished_plays import async_listen_finished, finished_data
from .history.errors import HistoryError, StoreClosed
from .history.model import COUNTED_FROM_MS, Play, Window
from .history.queries.history_queries import HistoryQueries
from .listeners.sharing_changes import async_listen_withdrawn
from .questions.base.active_plays import still_stored
from .runtime.signals import async_listen_stored
from .runtime.store.history_service import DATA_HISTORY
from .runtime.supervision import attend
from .runtime.throttled_refresh import ThrottledRefresh

# Nothing is fetched for them.
PARALLEL_UPDATES = 0

FINISHED: Final = "finished"
SKIPPED: Final = "skipped"

LOOKS_EVERY_S: Final = 10.0
"""How often, at the most, it is looked whether what was told last is still there."""

_SECOND_MS: Final = 1000

_SHOWS: Final = (ConfigEntryState.SETUP_IN_PROGRESS, ConfigEntryState.LOADED)
"""In which states of the entry it can be added: while the rest is set up the history may have answered."""


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the event of an account's listener, or that of the home."""

    is_household = entry.data[CONF_KIND] == KIND_HISTORY
    if is_household:
        listener, owner, device = None, HISTORY_DEVICE, history_device()
    else:
        listener, owner = listener_key(entry), entry.data[CONF_ACCOUNT_ID]
        device = account_device(entry)

    @callback
    def add(*, starts_empty: bool) -> None:
        event = PlayFinished(
            listener, owner, device, recreate, starts_empty=starts_empty
        )
        async_add_entities([event])

    @callback
    def recreate() -> None:
        # It may be unloaded meanwhile, or about to be.
        if entry.state in _SHOWS and (is_household or is_visible(entry)):
            add(starts_empty=True)

    add(starts_empty=False)


@final
class PlayFinished(EventEntity):
    """Each play that is over, once; the last one is shown as long as the household may hear of it."""

    _attr_has_entity_name = True
    _attr_should_poll = False
    _attr_translation_key = "play_finished"
    _attr_event_types = [FINISHED, SKIPPED]
    # What was played is the history's to keep.
    _unrecorded_attributes = frozenset(
        {
            "album",
            "artists",
            "context_uri",
            "counts",
            "device",
            "ended_at",
            "image_url",
            "kind",
            "listener",
            "rooms",
            "seconds",
            "seconds_played",
            "skipped",
            "started_at",
            "uri",
        }
    )

    def __init__(
        self,
        listener: str | None,
        owner: str,
        device: DeviceInfo,
        recreate: Callable[[], None],
        *,
        starts_empty: bool,
    ) -> None:
        """Fire for the plays of a listener (by key), or of everybody where it is None.

        `recreate` adds another in its place, which `starts_empty`: Home Assistant has no way to take back an event.
        """
        self._starts_empty = starts_empty
        self._listener = listener
        self._recreate = recreate
        self._shown: Play | None = None
        self._restored: dict[str, Any] | None = None
        """The last event before the restart, until it is known whether the household may still see it."""
        self._attr_unique_id = f"{owner}_play_finished"
        self._attr_device_info = device

    @override
    async def async_get_last_event_data(self) -> EventExtraStoredData | None:
        """Restore the last event before the restart; it is not shown until the history was asked whether it may be."""
        last = None if self._starts_empty else await super().async_get_last_event_data()
        if last is not None:
            self._restored = last.last_event_attributes or {}
        return last

    @property
    @override
    def available(self) -> bool:
        """Whether what it has to show may be shown."""
        return self._restored is None

    @override
    async def async_added_to_hass(self) -> None:
        """Follow what is over, and what may be told no more."""
        await super().async_added_to_hass()
        refresh = ThrottledRefresh(
            self.hass,
            LOOKS_EVERY_S,
            self._async_look,
            f"what {self.entity_id} shows",
        )
        self.async_on_remove(refresh.async_shutdown)
        for unfollow in (
            async_listen_finished(self.hass, self._finished),
            async_listen_stored(self.hass, refresh.async_request),
            async_listen_withdrawn(self.hass, self._withdrawn),
        ):
            self.async_on_remove(unfollow)
        if self._restored is not None:
            self._async_in_background(partial(self._async_restore, self._restored))

    @callback
    def _async_in_background(self, work: Callable[[], Awaitable[None]]) -> None:
        """Ask the history something that nobody waits for, as long as the entry is loaded."""
        entry = self.platform.config_entry
        assert entry is not None
        what = f"{self.entity_id} looks at what it shows"
        # Not eagerly: the work may remove this entity, which must have been added by then.
        attend(self.hass, what, work, entry, eager_start=False)

    async def _async_restore(self, attributes: dict[str, Any]) -> None:
        """Show what was told last before the restart, or begin anew where the household may not hear of it any more."""
        play = await self._async_play_of(attributes)
        if self._restored is not attributes:
            return
        if play is None:
            await self._async_recreate()
            return
        self._restored, self._shown = None, play
        self.async_write_ha_state()

    async def _async_recreate(self) -> None:
        self._shown = self._restored = None
        await self.async_remove()
        self._recreate()

    @callback
    def _finished(self, play: Play) -> None:
        if self._listener not in {None, play.listener.key}:
            return
        attributes: dict[str, Any] = {
            **finished_data(self.hass, play),
            "context_uri": play.context_uri,
            "counts": play.ms_played >= COUNTED_FROM_MS,
        }
        self._shown, self._restored = play, None
        self._trigger_event(SKIPPED if play.skipped else FINISHED, attributes)
        self.async_write_ha_state()

    @callback
    def _withdrawn(self) -> None:
        """Look at once: somebody shares no more."""
        self._async_in_background(self._async_look)

    async def _async_look(self) -> None:
        """Begin anew where what was told last is forgotten, or not for the household any more."""
        if (shown := self._shown) is None:
            return
        try:
            there = await self._async_asked(
                lambda queries: still_stored(queries, shown)
            )
        except HistoryError as err:
            LOGGER.debug("It is not known whether a play is still there: %s", err)
            there = shown.listener.key not in hidden_listeners(self.hass, None)
        if there or self._shown is not shown:
            return
        await self._async_recreate()

    async def _async_play_of(self, attributes: dict[str, Any]) -> Play | None:
        """Return the play of which something was told, None where it is not there, or not for the household."""
        began = dt_util.parse_datetime(str(attributes.get("started_at")))
        if began is None:
            return None
        start = round(began.timestamp() * 1000)
        second = Window(start - _SECOND_MS, start + _SECOND_MS)
        try:
            plays = await self._async_asked(
                lambda queries: queries.plays(second, min_ms=0)
            )
        except HistoryError as err:
            LOGGER.debug("The last event is not known: %s", err)
            return None
        return next(
            (
                play
                for play in plays
                if self._listener in {None, play.listener.key}
                and play.item.uri == attributes.get("uri")
            ),
            None,
        )

    async def _async_asked[T](self, ask: Callable[[HistoryQueries], T]) -> T:
        """Ask the history as the household may hear of it. Raises HistoryError."""
        memory = self.hass.data[DATA_HISTORY]
        hidden = hidden_listeners(self.hass, None)
        if not memory.is_open:
            raise StoreClosed("The history is not open")
        return await memory.async_ask(ask, hidden=hidden)
