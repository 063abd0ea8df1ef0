"""SoCo objects of our own, shared with no other integration.

SoCo shares one object for each address in the whole process, and one picture of the household that its own
subscriptions store. Home Assistant's own `sonos` empties the first (`soco_reset`) and lets the second go stale. These
objects are in no such register, and what needs a picture of the household is called on none of them.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final, override

from .soco_compat import Service, SoCo
from .topology import SPEAKER_PORT, Topology, base_url

_ANY: Final = "0.0.0.0"
type Argument = tuple[str, object]
"""The name and value of an argument of a UPnP action."""

MASTER: Final[Argument] = ("Channel", "Master")
TIMEOUT_S: Final = 9.5
"""What Home Assistant's own integration gives a speaker to answer; SoCo's default is 20."""


class HouseholdView:
    """What the speakers of a household share; to SoCo's subscriptions it stands for its ZoneGroupState."""

    def __init__(self) -> None:
        """Know nobody yet."""
        self.topology = Topology()

    def add_subscription(self, subscription: object) -> None:
        """Do nothing: Encore reads the events itself."""

    def remove_subscription(self, subscription: object) -> None:
        """Do nothing, as above."""


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
        """What stands for SoCo's picture of the household."""
        return self._view

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
