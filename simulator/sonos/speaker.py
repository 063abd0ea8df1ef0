"""One speaker: who it is, how it sounds, what it plays, and who listens to its events."""

from dataclasses import dataclass
from typing import Final, Protocol

from ..clock import SimulatedClock
from .battery import Battery
from .events import Subscription
from .faults import Faults
from .homes import SpeakerPlace
from .household import Household
from .loaded import NO_INPUT, NOT_LISTENING
from .sound import SOUNDBARS, Sound
from .transport import Transport
from .web_files import Fetched

TRANSITION_MS: Final = 150
POWERED_OFF: Final = "powered off"


class Companion(Protocol):
    """Who lives on a speaker and must hear of what is done to it: its Spotify Connect device."""

    def volume_turned(self, percent: int) -> None:
        """Somebody turned the volume."""

    def went(self) -> None:
        """Take note that the speaker lost power."""

    def came(self) -> None:
        """Take note that the speaker is back."""


@dataclass(slots=True)
class Clip:
    """An announcement; `volume` in percent, None as loud as the speaker is."""

    id: str
    url: str
    volume: int | None
    is_cancelled: bool = False


class Speaker:
    """A speaker of a household, on an address of its own."""

    def __init__(self, household: Household[Speaker], place: SpeakerPlace) -> None:
        """Build a speaker; its uid comes from its first address, so that it is the same at every start."""
        self.household = household
        self.name = place.name
        self.address = place.address
        self.model_number = place.model_number
        self.model = place.model
        self.battery = Battery() if place.has_battery else None
        made_with = place.first_address or place.address
        self.mac = "0000" + "".join(f"{int(part):02X}" for part in made_with.split("."))
        self.uid = f"RINCON_{self.mac}01400"
        self.sound = Sound()
        self.transport = Transport(
            household.clock, self.uid, TRANSITION_MS, self.transport_changed
        )
        self.faults = Faults(household.clock)
        self.group_volumes: dict[str, int] = {}
        self.companion: Companion | None = None
        self.subscriptions: dict[str, Subscription] = {}
        self.clips: list[Clip] = []
        """The announcements that were played, in order."""
        self.fetched: list[Fetched] = []
        """The files on the web that it fetched, in order."""
        self.system_version = 1
        self.boot_sequence = 7
        self.led = "On"
        self.button_lock = "Off"
        self.autoplay_room = self.uid if self.is_soundbar else ""
        self.autoplay_group = False

    @property
    def clock(self) -> SimulatedClock:
        """The household's clock."""
        return self.household.clock

    @property
    def url(self) -> str:
        """Where the speaker is reached."""
        return f"http://{self.address}:{self.household.port}"

    @property
    def location(self) -> str:
        """Where the household says that the speaker is."""
        if host := self.faults.location_host:
            return f"http://{host}:{self.household.port}"
        return self.url

    @property
    def is_visible(self) -> bool:
        """Whether apps show the speaker: it is not the second of a pair, nor a satellite."""
        return self.household.groups.visible_of(self) is self

    @property
    def is_coordinator(self) -> bool:
        """Whether this speaker leads its group."""
        return self.household.groups.of(self).coordinator == self.uid

    @property
    def coordinator(self) -> Speaker:
        """The speaker that leads this one's group."""
        return self.household.groups.coordinator_of(self)

    @property
    def members(self) -> list[Speaker]:
        """The visible speakers of this one's group."""
        return self.household.groups.members_of(self)

    @property
    def is_soundbar(self) -> bool:
        """Whether the speaker has a TV input."""
        return self.model.lower().endswith(SOUNDBARS)

    @property
    def audio_in(self) -> int:
        """What `HTAudioIn` says: what the TV input hears, where the speaker has one and listens to it."""
        if not self.is_soundbar:
            return NO_INPUT
        return self.transport.tv_signal if self.transport.on_tv else NOT_LISTENING

    @property
    def more_info(self) -> str:
        """What the speaker tells beside its settings: of its battery, if it has one."""
        return "" if self.battery is None else self.battery.more_info

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
        if self.companion is not None:
            self.companion.volume_turned(percent)

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
        delay_ms = self.household.transport_delay_ms
        for subscription in list(self.subscriptions.values()):
            if subscription.service not in services:
                continue
            if delay_ms and subscription.service == "AVTransport":
                self.clock.at(self.clock.now_ms() + delay_ms, subscription.send_state)
            else:
                subscription.send_state()

    def transport_changed(self, *, queue: bool = False) -> None:
        """Tell the whole group's subscribers what its coordinator plays, and whether the queue is another."""
        self.household.sound_moved()
        together = self.household.groups.sounding_with(self)
        for one in together if self.is_coordinator else [self]:
            one.notify("AVTransport")
        if queue:
            self.system_version += 1
            self.notify("ContentDirectory", "Queue")

    def sound_changed(self) -> None:
        """Tell subscribers how the speaker and its group sound."""
        self.notify("RenderingControl")
        self.coordinator.notify("GroupRenderingControl")

    def battery_changed(self) -> None:
        """Tell subscribers how full the battery is."""
        self.notify("DeviceProperties")

    def reboot(self, down_ms: int) -> None:
        """Lose all subscriptions and what was playing, and be away for a while."""
        groups = self.household.groups
        self.restart()
        if self.is_visible:
            groups.leave(self)
            self.transport.end_direct()
            self.transport.stop()
        self.faults.away_for(down_ms)
        self.household.topology_changed()

    def restart(self) -> None:
        """Count a start, and forget who listened."""
        self.subscriptions.clear()
        self.boot_sequence += 1
        self.household.came(self)

    def vanish(self, reason: str = POWERED_OFF) -> None:
        """Lose power: nothing answers any more, and the others miss the speaker at once."""
        self.faults.is_away = True
        self.subscriptions.clear()
        if self.companion is not None:
            self.companion.went()
        self.household.groups.lose(self, reason)
        self.household.topology_changed()
        self.household.went(self, reason)

    def appear(self) -> None:
        """Come back after a loss of power."""
        self.faults.is_away = False
        self.restart()
        self.household.groups.find(self)
        if self.companion is not None:
            self.companion.came()
        self.household.topology_changed()
