"""SoCo objects of our own, shared with no other integration.

SoCo shares one object for each address in the whole process, and one picture of the household that its own
subscriptions store. Home Assistant's own `sonos` empties the first (`soco_reset`) and lets the second go stale, so that a
coordinator is taken for a member. These objects are in no such register, and ask Encore's picture of the household.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final, override

from .soco_compat import Service, SoCo, ZoneGroup
from .topology import SPEAKER_PORT, Topology, base_url

_ANY: Final = "0.0.0.0"
type Argument = tuple[str, object]
"""The name and value of an argument of a UPnP action."""

MASTER: Final[Argument] = ("Channel", "Master")
TIMEOUT_S: Final = 9.5
"""What Home Assistant's own integration gives a speaker to answer; SoCo's default is 20."""


class HouseholdView:
    """What SoCo's objects need to know of their household; takes the place of SoCo's ZoneGroupState."""

    has_subscriptions = True

    def __init__(self) -> None:
        """Know nobody yet."""
        self.id: str | None = None
        self.topology = Topology()
        self.speakers: Mapping[str, SpeakerSoCo] = {}

    def poll(self, soco: SoCo) -> None:
        """Do nothing: Encore asks itself."""

    def clear_cache(self) -> None:
        """Do nothing: nothing is cached."""

    def add_subscription(self, subscription: object) -> None:
        """Do nothing: Encore reads the events itself."""

    def remove_subscription(self, subscription: object) -> None:
        """Do nothing, as above."""

    def get_groups(self, soco: SoCo) -> set[ZoneGroup]:
        """Return all groups with the speakers that are known."""
        groups = set()
        for group in self.topology.groups:
            members = {
                self.speakers[uid] for uid in group.members if uid in self.speakers
            }
            if leader := self.speakers.get(group.members[0]):
                groups.add(ZoneGroup(leader.uid, leader, members))
        return groups

    def get_all_zones(self, soco: SoCo) -> set[SoCo]:
        """Return all speakers that are known."""
        return set(self.speakers.values())

    def get_visible_zones(self, soco: SoCo) -> set[SoCo]:
        """Return those that are rooms."""
        return {
            self.speakers[zone.uid]
            for zone in self.topology.zones
            if zone.uid in self.speakers
        }

    # SoCo 0.31 reads these itself.
    groups = property(lambda self: self.get_groups(None))
    all_zones = property(lambda self: self.get_all_zones(None))
    visible_zones = property(lambda self: self.get_visible_zones(None))


class SpeakerSoCo(SoCo):  # type: ignore[misc]  # SoCo ships no types
    """One speaker. It may be thrown away and created again at any time."""

    def __init__(
        self, view: HouseholdView, host: str, port: int, uid: str | None
    ) -> None:
        """Prepare calls to an address, or to a name; nothing is sent."""
        self._base_url = base_url(host, port)
        # SoCo takes IPv4 addresses alone, though all it does with one is to put it into the address of each request.
        super().__init__(*((_ANY,) if port == SPEAKER_PORT else (_ANY, port)))
        self.host = host
        self.ip_address = f"[{host}]" if ":" in host else host
        self._view = view
        self._uid = uid
        self._household_id = view.id
        self.timeout_s = TIMEOUT_S
        for service in vars(self).values():
            if isinstance(service, Service):
                service.send_command = partial(self._within, service.send_command)
                service.base_url = self._base_url

    @classmethod
    def private(
        cls,
        view: HouseholdView,
        host: str,
        port: int = SPEAKER_PORT,
        uid: str | None = None,
    ) -> SpeakerSoCo:
        """Return an object of one's own, past the register of SoCo's metaclass."""
        made: SpeakerSoCo = type.__call__(cls, view, host, port, uid)
        return made

    @property
    def base_url(self) -> str:
        """Where it is reached; SoCo before 0.32 has no such property."""
        return self._base_url

    @property
    @override
    def zone_group_state(self) -> HouseholdView:
        """Encore's picture of the household."""
        return self._view

    @property
    @override
    def is_coordinator(self) -> bool:
        """Whether this speaker leads its group."""
        return self._view.topology.coordinator_of(self._uid or "") == self._uid

    @property
    @override
    def player_name(self) -> str | None:
        """The name of the room."""
        member = self._view.topology.members.get(self._uid or "")
        return member.name if member else None

    def transport(self, action: str, *arguments: Argument) -> dict[str, str]:
        """Send a command to the AVTransport service, and return its answer."""
        return self._send(self.avTransport, action, arguments)

    def rendering(self, action: str, *arguments: Argument) -> dict[str, str]:
        """Send a command to the RenderingControl service, and return its answer."""
        return self._send(self.renderingControl, action, arguments)

    def group_rendering(self, action: str, *arguments: Argument) -> dict[str, str]:
        """Send a command to the GroupRenderingControl service, and return its answer."""
        return self._send(self.groupRenderingControl, action, arguments)

    @staticmethod
    def _send(
        service: Service, action: str, arguments: Sequence[Argument]
    ) -> dict[str, str]:
        instance = ("InstanceID", 0)
        answer: dict[str, str] = service.send_command(action, [instance, *arguments])
        return answer

    def _within(self, send: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Send a command, and give up in time."""
        kwargs.setdefault("timeout", self.timeout_s)
        return send(*args, **kwargs)
