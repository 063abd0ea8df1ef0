"""Coordinator of one account's player: polls when something can have changed."""

from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import timedelta
from typing import Any, Final, final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryAuthFailed, ConfigEntryNotReady
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed

from ...const import ACCESS_CONTROL, CONF_ACCESS, CONF_NOT_PREMIUM, LOGGER
from ...errors import translated
from ...history.model import Listener
from ...runtime.moments import now_ms
from ...runtime.supervision import log_unforeseen
from ...tracking.recorded_time import BRIDGED_MS
from ..api.playback import ConnectDevice, Playback
from ..api.player_calls import SpotifyGateway
from ..auth.permission_flow import async_end_permission_flow, async_start_lost_login
from ..auth.scopes import CONTROL
from ..call_purpose import Priority
from ..device_choice import async_choose_device
from ..errors import (
    AccessRefused,
    AnswerUnreadable,
    BudgetSpent,
    GatewayClosed,
    NoActiveDevice,
    NotPremium,
    OwnerNotPremium,
    RateLimited,
    SpotifyError,
    TokenRejected,
)
from ..issues import ISSUE_NOT_PREMIUM, async_report_not_premium, async_withdraw
from ..playback_transfer import async_start
from .extra_polls import ExtraPolls
from .poll_budget import PollBudget
from .poll_schedule import AFTER_END_MS, SELDOM_MS, PollSchedule

REFUSED_LOOK: Final = timedelta(minutes=7)
OWNER_LOOK: Final = timedelta(minutes=30)
"""Once the owner of the app has Premium again, Spotify says, "it can take a few hours before requests are allowed"."""

# The coordinator's timer counts from the last whole second.
ROUNDING: Final = timedelta(seconds=1)
AFTER_PAUSE: Final = timedelta(seconds=1)

DEVICES_LOOK_MS: Final = 30 * 60_000
IDLE_DEVICES_LOOK_MS: Final = 2 * 60 * 60_000

VIEWED_AGAIN_MS: Final = 10_000

SHORT_WAIT_MS: Final = 60_000

OUT_AFTER: Final = 3
"""After this many failed looks in a row Spotify counts as unreachable."""


@final
class PlayerCoordinator(DataUpdateCoordinator[Playback]):
    """The player as it was last seen, its devices, and the commands to it."""

    config_entry: ConfigEntry

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        listener: Listener,
        gateway: SpotifyGateway,
        pace: PollBudget,
    ) -> None:
        """Prepare to watch; the first look is `async_config_entry_first_refresh`."""
        super().__init__(
            hass,
            LOGGER,
            config_entry=entry,
            name=f"Spotify of {entry.title}",
            update_interval=timedelta(milliseconds=SELDOM_MS),
        )
        self.gateway = gateway
        self._listener = listener
        self.seen: Playback | None = None
        """The player at the last look; `data` is what is believed, which a single look may contradict."""
        self.devices: tuple[ConnectDevice, ...] = ()
        self.failure: SpotifyError | None = None
        """Why the player was not seen at the last look, and the look before it is not sure to hold; None if it was."""
        self._devices_seen_at = 0
        self._last_device_id: str | None = None
        self._looking = PollSchedule()
        self._pace = pace
        self._extra = ExtraPolls(hass, self._look)
        self._is_reported = False
        self._reported_unread: set[str] = set()
        self._next_look: Callable[[int], None] = pace.planned

    @property
    def controllable(self) -> bool:
        """Whether the account may be controlled: its entry says so, and Spotify did not refuse it as a free one."""
        data = self.config_entry.data
        return data[CONF_ACCESS] == ACCESS_CONTROL and not data.get(CONF_NOT_PREMIUM)

    @property
    def waits(self) -> bool:
        """Whether what plays is unknown because of a rate limit or the budget."""
        return isinstance(self.failure, RateLimited)

    @property
    def out(self) -> bool:
        """Whether the account is really out: refused, or out of reach for several looks in a row."""
        match self.failure:
            case None | RateLimited():
                return False
            case TokenRejected() | AccessRefused():
                return True
        return self._looking.failures >= OUT_AFTER

    async def async_begin(self) -> None:
        """Look for the first time, if anybody may: a pause, or an app that is not served, can last for days.

        No request waits for that. Raises ConfigEntryNotReady and ConfigEntryAuthFailed.
        """
        try:
            await self.async_config_entry_first_refresh()
        except ConfigEntryNotReady:
            if isinstance(self.failure, OwnerNotPremium):
                self._report(self.failure)
            elif not self.waits:
                raise
            self.data = Playback(now_ms())
        self.last_update_success = True
        if self.config_entry.data.get(CONF_NOT_PREMIUM):
            async_report_not_premium(self.hass, self.config_entry)

    @override
    async def _async_update_data(self) -> Playback:
        """Look at the player, and decide when to look again.

        A look that fails leaves the last one, and `failure` says why; the first one, and a login that ended, raise.
        """
        note, self._next_look = self._next_look, self._pace.planned
        note(now_ms())
        by_person = note == self._pace.commanded
        priority = Priority.PERSON if by_person else Priority.PLAYBACK
        try:
            playback = await self.gateway.async_playback(priority)
            await self._async_see_devices(playback)
        except GatewayClosed:
            # Unloaded in mid-look: nobody waits for the result.
            return self.data
        except RateLimited as err:
            return self._last_while_waiting(err)
        except AnswerUnreadable as err:
            return self._last_while_unreadable(err)
        except TokenRejected as err:
            self.failure = err
            async_end_permission_flow(self.hass, self.config_entry)
            raise translated(ConfigEntryAuthFailed, err.translation_key) from err
        except OwnerNotPremium as err:
            return self._failed(err, OWNER_LOOK)
        except AccessRefused as err:
            return self._failed(err, REFUSED_LOOK)
        except SpotifyError as err:
            return self._failed(err, self._after_failure())
        except Exception as err:
            # Home Assistant would log it with every look.
            log_unforeseen(self.hass, self.name, err)
            raise translated(
                UpdateFailed, "spotify_unreadable", detail=type(err).__name__
            ) from err
        self._note_answer(playback)
        if self.seen is None or playback.differs(self.seen):
            self._extra.found()
        self.seen = playback
        doubtful = self._looking.doubts(playback)
        wait = self._pace.looked(
            playback,
            self._looking.looked(playback, sparing=self._pace.sparing),
            doubtful=doubtful,
            unsure=self._looking.unsure,
        )
        self.update_interval = timedelta(milliseconds=wait) + ROUNDING
        return self.data if doubtful and self.data is not None else playback

    @override
    async def async_shutdown(self) -> None:
        """Stop watching."""
        self._extra.cancel()
        await super().async_shutdown()

    async def async_command(self, command: Coroutine[Any, Any, None]) -> None:
        """Carry out a command to the player, and look soon at what it did.

        Raises SpotifyError; what it means for the account is dealt with here.
        """
        try:
            await self.async_require_control()
        except SpotifyError:
            command.close()
            raise
        try:
            await command
        except NotPremium:
            self._save_premium(lacking=True)
            async_report_not_premium(self.hass, self.config_entry)
            raise
        except TokenRejected:
            async_start_lost_login(self.hass, self.config_entry)
            raise
        if self.config_entry.data.get(CONF_NOT_PREMIUM):
            self._save_premium(lacking=False)
            async_withdraw(self.hass, self.config_entry, ISSUE_NOT_PREMIUM)
        self.async_look_soon()

    async def async_require_control(self) -> None:
        """Raise HistoryOnly where the user gave up controlling the account, MissingScope where nobody granted it."""
        await self.gateway.async_require_scopes(CONTROL)

    async def async_play(
        self,
        *,
        uris: list[str] | None = None,
        context_uri: str | None = None,
        position_ms: int | None = None,
    ) -> None:
        """Play items or a context, from a position of the first, or resume; on some device when none is active.

        Which one, the account's options say, unless one was chosen a moment ago; raises what async_choose_device does,
        and TransferIgnored where that one does not wake up. The device that was seen last may have fallen asleep since,
        which only Spotify knows.
        """
        if self.data.device is not None:
            with suppress(NoActiveDevice):
                await self.gateway.async_play(
                    device_id=self.gateway.named_to_play_on(self.data.device),
                    uris=uris,
                    context_uri=context_uri,
                    position_ms=position_ms,
                )
                return
        device = await self.async_device_to_play_on()
        await async_start(
            self.gateway,
            device,
            uris=uris or (),
            context_uri=context_uri,
            position_ms=position_ms,
        )

    async def async_device_to_play_on(self) -> ConnectDevice:
        """Return the device that is on, as Spotify sees it now, else the one that the account's options say.

        Raises what async_choose_device does, and SpotifyError.
        """
        await self.async_find_devices()
        for device in self.devices:
            if device.active and device.id is not None:
                return device
        return await async_choose_device(
            self.hass,
            self.config_entry,
            self._listener,
            self.devices,
            self._last_device_id,
        )

    @callback
    def async_look_soon(self) -> None:
        """Look again a moment after a command, for the person who gave it; commands in a row share the looks."""
        self._extra.after_command()

    @callback
    def async_wake(self) -> None:
        """Look soon, because something else says that Spotify plays; said often, it is looked now and then."""
        ago = (now_ms() - self.seen.seen_at) / 1000 if self.seen is not None else 0
        self._extra.wake(ago)

    @callback
    def async_viewed(self) -> None:
        """Look at once for who opened a page that shows what plays, unless it was looked a moment ago."""
        if self.seen is None or now_ms() - self.seen.seen_at >= VIEWED_AGAIN_MS:
            self._look(after_command=False)

    async def async_find_devices(self, priority: Priority = Priority.PERSON) -> None:
        """Ask Spotify which devices there are now, for a person unless said otherwise."""
        self.devices = await self.gateway.async_devices(priority)
        self._devices_seen_at = now_ms()

    async def _async_see_devices(self, playback: Playback) -> None:
        """Ask for the devices seldom, or when another one plays that is not known."""
        if not self.controllable:
            return
        before = self.data.device.name if self.data and self.data.device else None
        now = playback.device.name if playback.device else None
        is_new = now not in {None, before, *(device.name for device in self.devices)}
        often = DEVICES_LOOK_MS if playback.playing else IDLE_DEVICES_LOOK_MS
        if not is_new and now_ms() - self._devices_seen_at < often:
            return
        try:
            await self.async_find_devices(Priority.PLAYBACK)
        except SpotifyError as err:
            # The player was seen; the devices that were known will do.
            LOGGER.debug("The devices of %s could not be read: %s", self.name, err)

    def _last_while_waiting(self, err: RateLimited) -> Playback:
        """Return the last look for as long as it can be true, though nobody may look again."""
        now = now_ms()
        last: Playback | None = self.data
        wait = timedelta(milliseconds=max(err.until - now, 0)) + AFTER_PAUSE
        if last is None:
            return self._failed(err, wait)
        if err.until - now <= SHORT_WAIT_MS:
            self.update_interval = wait
        elif last.ends_at is not None and last.ends_at > now:
            left = timedelta(milliseconds=last.ends_at - now + AFTER_END_MS)
            self.update_interval = min(wait, left + ROUNDING)
        else:
            return self._failed(err, wait)
        return last

    def _last_while_unreadable(self, err: AnswerUnreadable) -> Playback:
        """Return the last look for as long as it can be true, though what came since cannot be read."""
        now = now_ms()
        last: Playback | None = self.data
        first = not self._looking.failing
        wait = self._after_failure()
        ends_at = last.ends_at if last is not None else None
        until = ends_at if last is None or last.playing else last.seen_at + BRIDGED_MS
        if last is None or until is None or until <= now:
            return self._failed(err, wait)
        if first:
            self._report(err)
        self.update_interval = wait
        if last.playing and ends_at is not None:
            left = timedelta(milliseconds=ends_at - now + AFTER_END_MS)
            self.update_interval = min(wait, left + ROUNDING)
        return last

    def _after_failure(self) -> timedelta:
        """Return when to look again after another failure in a row."""
        return timedelta(milliseconds=self._looking.failed(now_ms()))

    def _failed(self, err: SpotifyError, look_again: timedelta) -> Playback:
        """Take note of a look that failed, and return what is known from before; raises UpdateFailed if nothing is."""
        self.failure = err
        self.update_interval = look_again
        last: Playback | None = self.data
        if last is None:
            raise translated(
                UpdateFailed,
                err.translation_key,
                **(err.translation_placeholders or {}),
            ) from err
        # A rate limit is logged once for all accounts.
        if self.out or isinstance(err, BudgetSpent):
            self._report(err)
        return last

    def _report(self, err: SpotifyError) -> None:
        """Say once that the player is not seen, and why; the next look that sees it ends that."""
        if not self._is_reported:
            LOGGER.warning("%s: %s", self.name, err)
            self._is_reported = True

    @callback
    def _save_premium(self, *, lacking: bool) -> None:
        """Store whether Spotify refused the account as a free one."""
        if bool(self.config_entry.data.get(CONF_NOT_PREMIUM)) != lacking:
            data = {**self.config_entry.data, CONF_NOT_PREMIUM: lacking}
            self.hass.config_entries.async_update_entry(self.config_entry, data=data)
        self.async_update_listeners()

    def _note_answer(self, playback: Playback) -> None:
        """Remember what later commands need, and take back that the player is not seen."""
        if playback.device is not None and playback.device.id is not None:
            self._last_device_id = playback.device.id
        if new := [
            what for what in playback.unread if what not in self._reported_unread
        ]:
            self._reported_unread.update(new)
            LOGGER.warning(
                "%s: Spotify's answer has %s; what else it says is used",
                self.name,
                ", ".join(new),
            )
        if self._is_reported:
            LOGGER.info("%s is seen again", self.name)
            self._is_reported = False
        self.failure = None

    @callback
    def _look(self, after_command: bool) -> None:
        self._next_look = self._pace.commanded if after_command else self._pace.free
        self.config_entry.async_create_background_task(
            self.hass, self.async_refresh(), f"{self.name} - look after a command"
        )
