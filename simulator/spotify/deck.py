"""What turns in a player: one item on one device by the clock, its end, and its row in the ledger."""

from collections.abc import Callable, Sequence
from typing import Any

from simulator.clock import Appointment, SimulatedClock

from .catalogue import Catalog
from .devices import Device
from .ledger import Ledger
from .music import Playable, Track
from .people import Library, Person, ResumePoint
from .playing_item import ActivePlay, active_play_from_json
from .program import Program

RESTS_AFTER_MS = 15 * 60_000
"""So long after a pause a device is no longer active, as Spotify's are not for ever."""

_NEARLY_DONE_MS = 20_000
"""An episode left so close to its end counts as heard."""


class Deck:
    """One person's deck. Whoever changes `hearing`, `device` or `private` says so with `changed`.

    It always has at most one appointment with the clock: the end of what sounds, or the rest after a pause.
    """

    def __init__(
        self,
        person: Person,
        clock: SimulatedClock,
        ledger: Ledger,
        library: Library,
        program: Program,
        *,
        notify: Callable[[], None],
    ) -> None:
        """`notify` is called after every change."""
        self.program = program
        self.active_play: ActivePlay | None = None
        """The item in the player; None until the first one."""
        self.device: Device | None = None
        """The active device."""
        self.private = False
        self.changed_at = clock.now_ms()
        self._person = person
        self._clock = clock
        self._ledger = ledger
        self._library = library
        self._notify = notify
        self._appointment: Appointment | None = None

    def now(self) -> int:
        """Let happen what is due, and return the time (UTC ms)."""
        self._clock.catch_up()
        return self._clock.now_ms()

    def begin(
        self,
        now: int,
        reason: str,
        *,
        position_ms: int | None = None,
        going: bool = True,
    ) -> None:
        """Put the program's current item into the player on the active device."""
        item, device = self.program.current, self.device
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
        self.active_play = ActivePlay(
            item,
            device,
            self.program.context_uri,
            reason,
            self.private,
            self.program.shuffled,
        )
        self.active_play.seek(min(position_ms, item.duration_ms - 1), now)
        if going:
            self.active_play.sound(now)
        self.changed(now)

    def leave(self, now: int, reason: str, *, by_hand: bool) -> None:
        """Take the item out of the player and write its row. By hand, before its end, is a skip."""
        active_play, self.active_play = self.active_play, None
        if self._appointment is not None:
            self._appointment.cancel()
        if active_play is None:
            return
        position = active_play.position(now)
        over = position >= active_play.item.duration_ms
        row = active_play.row(
            now, reason, skipped=by_hand and not over, country=self._person.country
        )
        if row is not None:
            self._ledger.append(self._person.key, row)
        if row is not None and not isinstance(active_play.item, Track):
            reached_end = position >= active_play.item.duration_ms - _NEARLY_DONE_MS
            self._library.resume_points[active_play.item.id] = ResumePoint(
                0 if reached_end else position, reached_end
            )

    def move(self, now: int, reason: str, *, going: bool) -> None:
        """Go to the program's current item by hand; at the end of everything it waits there, silent."""
        self.leave(now, reason, by_hand=True)
        self.begin(now, reason, going=going)

    def _item_over(self) -> None:
        """Let the clock end an item: on to the next, or silence at the end of the context."""
        now = self._clock.now_ms()
        self._appointment = None
        self.leave(now, "trackdone", by_hand=False)
        going = self.program.forward(by_hand=False) is not None
        # What was heard to its end begins at its start again.
        self.begin(now, "trackdone", position_ms=None if going else 0, going=going)

    def rest(self, now: int) -> None:
        """Become inactive, keeping item and place for a later resume."""
        active_play = self.active_play
        if active_play is not None:
            position = active_play.position(now)
            self.leave(now, "logout", by_hand=False)
            self.active_play = ActivePlay(
                active_play.item,
                active_play.device,
                active_play.context_uri,
                "playbtn",
                self.private,
                active_play.shuffle,
            )
            self.active_play.seek(position, now)
        self.device = None
        self.changed(now)

    def remember(self, item: Playable, device: Device) -> None:
        """Take an item that was heard before, silent, on a device that is not active yet."""
        self.program.load([item], None, 0)
        self.active_play = ActivePlay(
            item, device, None, "playbtn", self.private, self.program.shuffled
        )

    def changed(self, now: int) -> None:
        """Note the change, and make the one appointment that the new state needs."""
        self.changed_at = now
        if self._appointment is not None:
            self._appointment.cancel()
            self._appointment = None
        if self.active_play is not None:
            ends_at = self.active_play.ends_at()
            if ends_at is not None:
                self._appointment = self._clock.at(ends_at, self._item_over)
            elif self.device is not None:
                self._appointment = self._clock.at(
                    now + RESTS_AFTER_MS, lambda: self.rest(self._clock.now_ms())
                )
        self._notify()

    def as_json(self) -> dict[str, Any]:
        """Return it for the state dir; whatever plays is kept as paused."""
        now = self.now()
        return {
            "program": self.program.as_json(),
            "hearing": self.active_play.as_json(now) if self.active_play else None,
            "active": self.device.id if self.device else None,
            "private": self.private,
        }

    def load_json(
        self, data: dict[str, Any], catalogue: Catalog, devices: Sequence[Device]
    ) -> None:
        """Read what `as_json` gave; a device that is gone is not active."""
        self.program.load_json(data["program"], catalogue)
        if data["hearing"]:
            self.active_play = active_play_from_json(
                data["hearing"], catalogue, devices
            )
        self.private = data["private"]
        self.device = next(
            (device for device in devices if device.id == data["active"]), None
        )
        self.changed(self._clock.now_ms())
