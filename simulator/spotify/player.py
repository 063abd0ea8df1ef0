"""A person's player, which really plays: by the clock, on a device, through a context and a queue.

These are the person's own hands: no Premium and no active device is needed (the phone is picked up).
The Web API's rules (`NotPremium`, `NoActiveDevice`, `RestrictedDevice`) are in `remote.Remote`.
"""

from collections.abc import Sequence
from typing import Any

from simulator.clock import Appointment, SimulatedClock

from .catalogue import Catalogue
from .devices import Device
from .errors import BadValue, RestrictionViolated, UnknownDevice
from .hearing import Hearing, hearing_from_json
from .ledger import Ledger
from .music import Playable, Track
from .people import Library, Person, ResumePoint
from .program import Program, Repeat
from .stage import PlayerState, Stage

__all__ = ["RESTS_AFTER_MS", "Player", "PlayerState", "Repeat"]

RESTS_AFTER_MS = 15 * 60_000
"""So long after a pause a device is no longer active, as Spotify's are not for ever."""

_NEARLY_DONE_MS = 20_000
"""An episode left so close to its end counts as heard."""


class Player:
    """The player of one person. Every command and every look first lets what is due by the clock happen."""

    def __init__(
        self,
        person: Person,
        clock: SimulatedClock,
        catalogue: Catalogue,
        ledger: Ledger,
        *,
        library: Library,
        own: list[Device],
        stage: Stage,
    ) -> None:
        """`own` are the person's devices; the first is the one picked up when none is named."""
        self.person = person
        self._clock = clock
        self._catalogue = catalogue
        self._ledger = ledger
        self._library = library
        self._own = own
        self._stage = stage
        self._program = Program(f"shuffle {catalogue.seed} {person.key}")
        self._hearing: Hearing | None = None
        self._active: Device | None = None
        self._private = False
        self._changed_at = clock.now_ms()
        self._appointment: Appointment | None = None

    @property
    def state(self) -> PlayerState | None:
        """The player now; None while no device is active (15 minutes after a pause the device rests)."""
        now = self._now()
        if self._active is None or self._hearing is None:
            return None
        return PlayerState(
            device=self._active,
            item=self._hearing.item,
            progress_ms=self._hearing.position(now),
            is_playing=self._hearing.is_sounding,
            context_uri=self._program.context_uri,
            shuffle=self._program.shuffled,
            repeat=self._program.repeat,
            private=self._private,
            changed_at=self._changed_at,
            at_ms=now,
        )

    @property
    def devices(self) -> list[Device]:
        """All devices of the person, shared speakers among them."""
        return [*self._own, *self._stage.speakers(self.person)]

    @property
    def active_device(self) -> Device | None:
        """The device that plays or was paused lately."""
        self._now()
        return self._active

    @property
    def private(self) -> bool:
        """Whether a private session is on; `private_session` sets it."""
        return self._private

    def device(self, device_id: str) -> Device:
        """Return one of the person's devices. Raises `UnknownDevice`."""
        for device in self.devices:
            if device.id == device_id:
                return device
        raise UnknownDevice(device_id)

    def coming(self, limit: int = 20) -> list[Playable]:
        """Return what plays next: the queue first, then the context."""
        self._now()
        return self._program.coming(limit)

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
        now = self._now()
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
        self._program.load(items, context_uri, offset)
        self._leave(now, "endplay", by_hand=True)
        self._use(device)
        self._begin(now, "clickrow", position_ms=position_ms)

    def pause(self) -> None:
        """Pause. Raises `RestrictionViolated` when nothing plays."""
        now = self._now()
        if self._hearing is None or not self._hearing.is_sounding:
            raise RestrictionViolated
        self._hearing.hush(now)
        self._changed(now)

    def resume(
        self, device_id: str | None = None, *, position_ms: int | None = None
    ) -> None:
        """Go on, or start again what was heard last. Raises `RestrictionViolated` when it already plays there."""
        now = self._now()
        if position_ms is not None and position_ms < 0:
            raise BadValue("position_ms")
        device = (
            self._active
            if device_id is None and self._active
            else self._chosen(device_id)
        )
        if self._hearing is None:
            self._remember()
        if self._hearing is not None and device is self._hearing.device:
            if self._hearing.is_sounding and position_ms is None:
                raise RestrictionViolated
            self._use(device)
            if position_ms is not None:
                self._hearing.seek(
                    min(position_ms, self._hearing.item.duration_ms - 1), now
                )
            self._hearing.sound(now)
            self._changed(now)
            return
        at = (
            self._hearing.position(now)
            if self._hearing is not None and position_ms is None
            else position_ms
        )
        self._leave(now, "remote", by_hand=False)
        self._use(device)
        self._begin(now, "playbtn", position_ms=at)

    def next(self) -> None:
        """Skip to the next item; stops at the end of a context (autoplay is off). Raises `RestrictionViolated` with nothing loaded."""
        now = self._loaded()
        going = self._program.forward(by_hand=True) is not None
        self._move(now, "fwdbtn", going=going)

    def previous(self) -> None:
        """Go back one item; start over at the first. Raises `RestrictionViolated` with nothing loaded."""
        now = self._loaded()
        self._program.back()
        self._move(now, "backbtn", going=True)

    def seek(self, position_ms: int) -> None:
        """Move within the item; past its end is the next item. Raises `BadValue("position_ms")` below 0."""
        now = self._loaded()
        assert self._hearing is not None
        if position_ms < 0:
            raise BadValue("position_ms")
        if position_ms >= self._hearing.item.duration_ms:
            self.next()
            return
        self._hearing.seek(position_ms, now)
        self._changed(now)

    def volume(self, percent: int, device_id: str | None = None) -> None:
        """Set a device's volume. Raises `BadValue("volume_percent")`, `RestrictionViolated` where it has none."""
        self._now()
        if not 0 <= percent <= 100:
            raise BadValue("volume_percent")
        device = self.device(device_id) if device_id else self._active or self._own[0]
        if not device.supports_volume:
            raise RestrictionViolated
        device.volume_percent = percent
        self._stage.volume_changed(device)

    def shuffle(self, on: bool) -> None:
        """Shuffle what is still to come, or put it back in order."""
        now = self._now()
        self._program.shuffle(on)
        self._changed(now)

    def repeat(self, mode: Repeat | str) -> None:
        """Set `off`, `track` or `context`. Raises `BadValue("state")`."""
        now = self._now()
        try:
            self._program.repeat = Repeat(mode)
        except ValueError:
            raise BadValue("state") from None
        self._changed(now)

    def queue(self, uri: str) -> None:
        """Add an item to the queue. Raises `UnknownThing`."""
        self._now()
        self._program.enqueue(self._catalogue.playable(uri))

    def transfer(self, device_id: str, *, play: bool | None = None) -> None:
        """Move playback to another device; `play` None keeps playing or paused as it was. Raises `UnknownDevice`."""
        now = self._now()
        device = self.device(device_id)
        if self._hearing is None:
            self._remember()
        if self._hearing is None:
            raise RestrictionViolated
        going = self._hearing.is_sounding if play is None else play
        if device is not self._hearing.device:
            at = self._hearing.position(now)
            self._leave(now, "remote", by_hand=False)
            self._use(device)
            self._begin(now, "remote", position_ms=at, going=going)
            return
        self._use(device)
        if going:
            self._hearing.sound(now)
        self._changed(now)

    def private_session(self, on: bool) -> None:
        """Begin or end a private session; what is heard in it is not in recently played."""
        now = self._now()
        self._private = on
        if on and self._hearing is not None:
            self._hearing.private = True
        self._changed(now)

    def lose_device(self) -> None:
        """Let go of the device: somebody else plays on it, or it is gone. Playback pauses."""
        self._rest(self._now())

    def _now(self) -> int:
        self._clock.catch_up()
        return self._clock.now_ms()

    def _loaded(self) -> int:
        now = self._now()
        if self._hearing is None or self._active is None:
            raise RestrictionViolated
        return now

    def _chosen(self, device_id: str | None) -> Device:
        return (
            self.device(device_id)
            if device_id is not None
            else self._active or self._own[0]
        )

    def _use(self, device: Device) -> None:
        self._stage.claim(device, self)
        self._active = device

    def _begin(
        self,
        now: int,
        reason: str,
        *,
        position_ms: int | None = None,
        going: bool = True,
    ) -> None:
        """Put the program's current item into the player on the active device."""
        item, device = self._program.current, self._active
        assert item is not None and device is not None
        if position_ms is None:
            point = (
                None
                if isinstance(item, Track)
                else self._library.resume_points.get(item.id)
            )
            position_ms = (
                0 if point is None or point.fully_played else point.position_ms
            )
        self._hearing = Hearing(
            item,
            device,
            self._program.context_uri,
            reason,
            self._private,
            self._program.shuffled,
        )
        self._hearing.seek(min(position_ms, item.duration_ms - 1), now)
        if going:
            self._hearing.sound(now)
        self._changed(now)

    def _leave(self, now: int, reason: str, *, by_hand: bool) -> None:
        """Take the item out of the player and write its row. By hand, before its end, is a skip."""
        hearing, self._hearing = self._hearing, None
        if self._appointment is not None:
            self._appointment.cancel()
        if hearing is None:
            return
        position = hearing.position(now)
        over = position >= hearing.item.duration_ms
        row = hearing.row(
            now, reason, skipped=by_hand and not over, country=self.person.country
        )
        if row is not None:
            self._ledger.append(self.person.key, row)
        if not isinstance(hearing.item, Track):
            heard_out = position >= hearing.item.duration_ms - _NEARLY_DONE_MS
            self._library.resume_points[hearing.item.id] = ResumePoint(
                0 if heard_out else position, heard_out
            )

    def _move(self, now: int, reason: str, *, going: bool) -> None:
        """Go to the program's current item by hand; at the end of everything it waits there, silent."""
        self._leave(now, reason, by_hand=True)
        self._begin(now, reason, going=going)

    def _item_over(self) -> None:
        """Let the clock end an item: on to the next, or silence at the end of the context."""
        now = self._clock.now_ms()
        self._appointment = None
        self._leave(now, "trackdone", by_hand=False)
        going = self._program.forward(by_hand=False) is not None
        # What was heard to its end begins at its start again.
        self._begin(now, "trackdone", position_ms=None if going else 0, going=going)

    def _rest(self, now: int) -> None:
        """Become inactive, keeping item and place for a later resume."""
        self._appointment = None
        hearing = self._hearing
        if hearing is not None:
            position = hearing.position(now)
            self._leave(now, "logout", by_hand=False)
            self._hearing = Hearing(
                hearing.item,
                hearing.device,
                hearing.context_uri,
                "playbtn",
                self._private,
                hearing.shuffle,
            )
            self._hearing.seek(position, now)
        self._active = None
        self._changed(now)

    def _remember(self) -> None:
        """Load what was heard last, for a resume out of the blue."""
        heard = self._ledger.heard(self.person.key)
        if heard:
            item = self._catalogue.playable(heard[-1].uri)
            self._program.load([item], None, 0)
            self._hearing = Hearing(
                item,
                self._own[0],
                None,
                "playbtn",
                self._private,
                self._program.shuffled,
            )

    def _changed(self, now: int) -> None:
        """Note the change, and make the one appointment that the new state needs."""
        self._changed_at = now
        if self._appointment is not None:
            self._appointment.cancel()
            self._appointment = None
        if self._hearing is not None:
            ends_at = self._hearing.ends_at()
            if ends_at is not None:
                self._appointment = self._clock.at(ends_at, self._item_over)
            elif self._active is not None:
                self._appointment = self._clock.at(
                    now + RESTS_AFTER_MS, lambda: self._rest(self._clock.now_ms())
                )
        self._stage.player_changed(self)

    def as_json(self) -> dict[str, Any]:
        """Return it for the state dir; whatever plays is kept as paused."""
        now = self._now()
        return {
            "program": self._program.as_json(),
            "hearing": self._hearing.as_json(now) if self._hearing else None,
            "active": self._active.id if self._active else None,
            "private": self._private,
            "volumes": {device.id: device.volume_percent for device in self._own},
        }

    def load_json(self, data: dict[str, Any]) -> None:
        """Read what `as_json` gave."""
        now = self._clock.now_ms()
        self._program.load_json(data["program"], self._catalogue)
        for device in self._own:
            device.volume_percent = data["volumes"].get(
                device.id, device.volume_percent
            )
        if data["hearing"]:
            self._hearing = hearing_from_json(
                data["hearing"], self._catalogue, self.devices
            )
        self._private = data["private"]
        self._active = next(
            (device for device in self.devices if device.id == data["active"]), None
        )
        self._changed(now)
