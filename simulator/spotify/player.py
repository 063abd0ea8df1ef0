"""A person's player, which really plays: by the clock, on a device, through a context and a queue.

These are the person's own hands: no Premium and no active device is needed (the phone is picked up).
The Web API's rules (`NotPremium`, `NoActiveDevice`, `RestrictedDevice`) are in `remote.Remote`.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Concatenate, Protocol

from simulator.clock import SimulatedClock

from .catalogue import Catalog
from .deck import Deck
from .devices import Device
from .errors import BadValue, RestrictionViolated, UnknownDevice
from .ledger import Ledger
from .music import Playable
from .people import Library, Person
from .player_state import PlayerState
from .program import Program, Repeat

__all__ = ["Player", "PlayerState", "Repeat"]


class Stage(Protocol):
    """What the players of a household share."""

    def speakers(self, person: Person) -> list[Device]:
        """Return the speakers a person may play on."""

    def claim(self, device: Device, player: Player) -> None:
        """Take a device for one player: whoever plays on it stops."""

    def context_items(self, context_uri: str) -> list[Playable]:
        """Return what a context plays. Raises `UnknownThing`, `BadValue("context_uri")`."""

    def player_changed(self, player: Player) -> None:
        """Pass on that a player's state changed."""

    def volume_changed(self, device: Device) -> None:
        """Pass on that Spotify set a device's volume."""


def _at_once[**P, R](
    command: Callable[Concatenate[Player, P], R],
) -> Callable[Concatenate[Player, P], R]:
    """Let a command happen at one moment: what is due by then comes before it, and nothing in the middle of it."""

    @wraps(command)
    def at_one_moment(player: Player, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with player.clock.at_once():
            return command(player, *args, **kwargs)

    return at_one_moment


class Player:
    """The player of one person. Every command and every look first lets what is due by the clock happen."""

    def __init__(
        self,
        person: Person,
        clock: SimulatedClock,
        catalogue: Catalog,
        ledger: Ledger,
        *,
        library: Library,
        own: list[Device],
        stage: Stage,
    ) -> None:
        """`own` are the person's devices; the first is the one picked up when none is named."""
        self.person = person
        self.clock = clock
        self._catalogue = catalogue
        self._ledger = ledger
        self._own = own
        self._stage = stage
        self._deck = Deck(
            person,
            clock,
            ledger,
            library,
            Program(f"shuffle {catalogue.seed} {person.key}"),
            notify=lambda: stage.player_changed(self),
        )

    @property
    def state(self) -> PlayerState | None:
        """The player now; None while no device is active (15 minutes after a pause the device rests)."""
        now = self._deck.now()
        if self._deck.device is None or self._deck.active_play is None:
            return None
        return PlayerState(
            device=self._deck.device,
            item=self._deck.active_play.item,
            progress_ms=self._deck.active_play.position(now),
            is_playing=self._deck.active_play.is_sounding,
            context_uri=self._deck.program.context_uri,
            shuffle=self._deck.program.shuffled,
            repeat=self._deck.program.repeat,
            private=self._deck.private,
            changed_at=self._deck.changed_at,
            at_ms=now,
        )

    @property
    def devices(self) -> list[Device]:
        """All devices of the person, shared speakers among them."""
        return [*self._own, *self._stage.speakers(self.person)]

    @property
    def active_device(self) -> Device | None:
        """The device that plays or was paused lately."""
        self._deck.now()
        return self._deck.device

    @property
    def private(self) -> bool:
        """Whether a private session is on; `private_session` sets it."""
        return self._deck.private

    def gain(self, device: Device) -> None:
        """Let a device appear among the person's own, as when they log in on it."""
        self._own.append(device)

    def device(self, device_id: str) -> Device:
        """Return one of the person's devices. Raises `UnknownDevice`."""
        for device in self.devices:
            if device.id == device_id:
                return device
        raise UnknownDevice(device_id)

    def coming(self, limit: int = 20) -> list[Playable]:
        """Return what plays next: the queue first, then the context."""
        self._deck.now()
        return self._deck.program.coming(limit)

    @_at_once
    def play(
        self,
        *,
        uris: Sequence[str] | None = None,
        context_uri: str | None = None,
        offset: int | str | None = None,
        position_ms: int | None = None,
        device_id: str | None = None,
    ) -> None:
        """Play items or a context, from an offset (a place, or an item's URI); resume when neither is given.

        Without `position_ms` an episode goes on where it was left. Raises `UnknownThing`, `UnknownDevice`,
        `BadValue`.
        """
        now = self._deck.now()
        if uris is None and context_uri is None:
            self.resume(device_id, position_ms=position_ms)
            return
        if position_ms is not None and position_ms < 0:
            raise BadValue("position_ms")
        device = self._chosen(device_id)
        if context_uri is not None:
            items = self._stage.context_items(context_uri)
        else:
            items = [self._catalogue.playable(uri) for uri in uris or ()]
        if not items:
            raise BadValue("context_uri" if context_uri else "uris")
        self._deck.program.load(items, context_uri, offset)
        self._deck.leave(now, "endplay", by_hand=True)
        self._use(device)
        self._deck.begin(now, "clickrow", position_ms=position_ms)

    @_at_once
    def pause(self) -> None:
        """Pause. Raises `RestrictionViolated` when nothing plays."""
        now = self._deck.now()
        if self._deck.active_play is None or not self._deck.active_play.is_sounding:
            raise RestrictionViolated
        self._deck.active_play.hush(now)
        self._deck.changed(now)

    @_at_once
    def resume(
        self, device_id: str | None = None, *, position_ms: int | None = None
    ) -> None:
        """Go on, or start again what was heard last.

        Raises `RestrictionViolated` when it already plays there, or nothing was ever heard.
        """
        now = self._deck.now()
        if position_ms is not None and position_ms < 0:
            raise BadValue("position_ms")
        device = (
            self._deck.device
            if device_id is None and self._deck.device
            else self._chosen(device_id)
        )
        if self._deck.active_play is None:
            self._remember()
        active_play = self._deck.active_play
        if active_play is None:
            raise RestrictionViolated
        if device is not active_play.device:
            at = active_play.position(now) if position_ms is None else position_ms
            self._deck.leave(now, "remote", by_hand=False)
            self._use(device)
            self._deck.begin(now, "playbtn", position_ms=at)
            return
        if active_play.is_sounding and position_ms is None:
            raise RestrictionViolated
        self._use(device)
        if position_ms is not None:
            active_play.seek(min(position_ms, active_play.item.duration_ms - 1), now)
        active_play.sound(now)
        self._deck.changed(now)

    @_at_once
    def next(self) -> None:
        """Skip to the next item; stops at the end of a context (autoplay is off). Raises `RestrictionViolated` with nothing loaded."""
        now = self._loaded()
        going = self._deck.program.forward(by_hand=True) is not None
        self._deck.move(now, "fwdbtn", going=going)

    @_at_once
    def previous(self) -> None:
        """Go back one item; start over at the first. Raises `RestrictionViolated` with nothing loaded."""
        now = self._loaded()
        self._deck.program.back()
        self._deck.move(now, "backbtn", going=True)

    @_at_once
    def seek(self, position_ms: int) -> None:
        """Move within the item; past its end is the next item. Raises `BadValue("position_ms")` below 0."""
        now = self._loaded()
        assert self._deck.active_play is not None
        if position_ms < 0:
            raise BadValue("position_ms")
        if position_ms >= self._deck.active_play.item.duration_ms:
            self.next()
            return
        self._deck.active_play.seek(position_ms, now)
        self._deck.changed(now)

    @_at_once
    def volume(self, percent: int, device_id: str | None = None) -> None:
        """Set a device's volume. Raises `BadValue("volume_percent")`, `RestrictionViolated` where it has none."""
        self._deck.now()
        if not 0 <= percent <= 100:
            raise BadValue("volume_percent")
        device = (
            self.device(device_id) if device_id else self._deck.device or self._own[0]
        )
        if not device.supports_volume:
            raise RestrictionViolated
        device.volume_percent = percent
        self._stage.volume_changed(device)

    @_at_once
    def shuffle(self, on: bool) -> None:
        """Shuffle what is still to come, or put it back in order."""
        now = self._deck.now()
        self._deck.program.shuffle(on)
        self._deck.changed(now)

    @_at_once
    def repeat(self, mode: Repeat | str) -> None:
        """Set `off`, `track` or `context`. Raises `BadValue("state")`."""
        now = self._deck.now()
        try:
            self._deck.program.repeat = Repeat(mode)
        except ValueError:
            raise BadValue("state") from None
        self._deck.changed(now)

    @_at_once
    def queue(self, uri: str) -> None:
        """Add an item to the queue. Raises `UnknownThing`."""
        self._deck.now()
        self._deck.program.enqueue(self._catalogue.playable(uri))

    @_at_once
    def transfer(self, device_id: str, *, play: bool | None = None) -> None:
        """Move playback to another device; `play` None keeps playing or paused as it was. Raises `UnknownDevice`."""
        now = self._deck.now()
        device = self.device(device_id)
        if self._deck.active_play is None:
            self._remember()
        if self._deck.active_play is None:
            raise RestrictionViolated
        going = self._deck.active_play.is_sounding if play is None else play
        if device is not self._deck.active_play.device:
            at = self._deck.active_play.position(now)
            self._deck.leave(now, "remote", by_hand=False)
            self._use(device)
            self._deck.begin(now, "remote", position_ms=at, going=going)
            return
        self._use(device)
        if going:
            self._deck.active_play.sound(now)
        self._deck.changed(now)

    @_at_once
    def private_session(self, on: bool) -> None:
        """Begin or end a private session; what is heard in it is not in recently played."""
        now = self._deck.now()
        self._deck.private = on
        if on and self._deck.active_play is not None:
            self._deck.active_play.private = True
        self._deck.changed(now)

    @_at_once
    def lose_device(self) -> None:
        """Let go of the device: somebody else plays on it, or it is gone. Playback pauses."""
        self._deck.rest(self._deck.now())

    def _loaded(self) -> int:
        now = self._deck.now()
        if self._deck.active_play is None or self._deck.device is None:
            raise RestrictionViolated
        return now

    def _chosen(self, device_id: str | None) -> Device:
        return (
            self.device(device_id)
            if device_id is not None
            else self._deck.device or self._own[0]
        )

    def _use(self, device: Device) -> None:
        self._stage.claim(device, self)
        self._deck.device = device

    def _remember(self) -> None:
        """Load what was heard last, for a resume out of the blue."""
        if played := self._ledger.played(self.person.key):
            self._deck.remember(self._catalogue.playable(played[-1].uri), self._own[0])

    def as_json(self) -> dict[str, Any]:
        """Return it for the state dir; whatever plays is kept as paused."""
        return self._deck.as_json() | {
            "volumes": {device.id: device.volume_percent for device in self._own}
        }

    def load_json(self, data: dict[str, Any]) -> None:
        """Read what `as_json` gave."""
        for device in self._own:
            device.volume_percent = data["volumes"].get(
                device.id, device.volume_percent
            )
        self._deck.load_json(data, self._catalogue, self.devices)
