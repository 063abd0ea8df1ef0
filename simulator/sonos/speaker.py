"""One speaker: who it is, how it sounds, what it plays, and who listens to its events."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from ..clock import SimulatedClock
from .sound import SOUNDBARS, Sound
from .transport import Transport

if TYPE_CHECKING:
    from .events import Subscription
    from .household import Household

TRANSITION_MS: Final = 150


class Speaker:
    """A speaker of a household, on an address of its own."""

    def __init__(
        self,
        household: Household,
        name: str,
        address: str,
        model_number: str = "S27",
        model: str = "Sonos Era 100",
    ) -> None:
        """Build a speaker; its uid comes from its address, so that it is the same at every start."""
        self.household = household
        self.name = name
        self.address = address
        self.model_number = model_number
        self.model = model
        self.mac = "0000" + "".join(f"{int(part):02X}" for part in address.split("."))
        self.uid = f"RINCON_{self.mac}01400"
        self.sound = Sound()
        self.transport = Transport(
            household.clock, self.uid, TRANSITION_MS, self.transport_changed
        )
        self.group_volumes: dict[str, int] = {}
        self.volume_listener: Callable[[int], None] | None = None
        self.subscriptions: dict[str, Subscription] = {}
        self.system_version = 1
        self.boot_sequence = 7
        self.led = "On"
        self.button_lock = "Off"
        # Faults
        self.upnp_enabled = True
        self.events_blocked = False
        self.down_until_ms = 0
        self.answer_delay_s = 0.0
        self.failures: list[InjectedFault] = []

    @property
    def clock(self) -> SimulatedClock:
        """The household's clock."""
        return self.household.clock

    @property
    def is_coordinator(self) -> bool:
        """Whether this speaker leads its group."""
        return self.household.group_of(self).coordinator == self.uid

    @property
    def coordinator(self) -> Speaker:
        """The speaker that leads this one's group."""
        return self.household.coordinator_of(self)

    @property
    def members(self) -> list[Speaker]:
        """All speakers of this one's group."""
        return self.household.members_of(self)

    @property
    def is_soundbar(self) -> bool:
        """Whether the speaker has a TV input."""
        return self.model.lower().endswith(SOUNDBARS)

    @property
    def is_down(self) -> bool:
        """Whether the speaker is without power or network now."""
        return self.clock.now_ms() < self.down_until_ms

    @property
    def group_volume(self) -> int:
        """The mean volume of the group, in percent."""
        members = self.members
        return round(sum(one.sound.volume for one in members) / len(members))

    @property
    def group_mute(self) -> bool:
        """Whether the whole group is silent."""
        return all(one.sound.mute for one in self.members)

    def change_volume(self, percent: int) -> None:
        """Turn the volume at the speaker; a Spotify session on it is told."""
        self.sound.volume = percent
        if self.volume_listener is not None:
            self.volume_listener(percent)

    def set_group_volume(self, percent: int) -> None:
        """Move all volumes of the group in proportion to those noted at the last snapshot."""
        members = self.members
        noted = self.group_volumes or {one.uid: one.sound.volume for one in members}
        mean = sum(noted.values()) / len(noted)
        for one in members:
            volume = (
                noted.get(one.uid, one.sound.volume) * percent / mean
                if mean
                else percent
            )
            one.change_volume(max(0, min(100, round(volume))))
            one.notify("RenderingControl")
        self.notify("GroupRenderingControl")

    def notify(self, *services: str) -> None:
        """Send the state of some services to whom subscribed to them."""
        for subscription in list(self.subscriptions.values()):
            if subscription.service in services:
                subscription.send_state(self)

    def transport_changed(self) -> None:
        """Tell the whole group's subscribers what its coordinator plays."""
        for one in self.members if self.is_coordinator else [self]:
            one.notify("AVTransport")
        self.notify("ContentDirectory", "Queue")

    def sound_changed(self) -> None:
        """Tell subscribers how the speaker and its group sound."""
        self.notify("RenderingControl")
        self.coordinator.notify("GroupRenderingControl")

    def reboot(self, down_ms: int) -> None:
        """Lose all subscriptions and what was playing, and be away for a while."""
        self.subscriptions.clear()
        self.boot_sequence += 1
        self.down_until_ms = self.clock.now_ms() + down_ms
        self.household.leave(self)
        self.transport.stop()
        for other in self.household.speakers:
            if other is not self:
                other.notify("ZoneGroupTopology")


class InjectedFault:
    """A fault that the next calls of one action shall meet."""

    def __init__(self, action: str, code: int, times: int) -> None:
        """Answer `times` calls of `action` with a UPnP error code."""
        self.action = action
        self.code = code
        self.times = times

    def strikes(self, action: str) -> bool:
        """Whether this call meets the fault; counts it if so."""
        if action != self.action or self.times <= 0:
            return False
        self.times -= 1
        return True
