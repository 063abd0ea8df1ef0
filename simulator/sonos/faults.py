"""What can be wrong with a speaker: tests and the demo turn it on and off."""

from dataclasses import dataclass, field

from ..clock import SimulatedClock
from .soap import UPnPFault


@dataclass(slots=True)
class Refusal:
    """A UPnP error code that the next `times` calls of an action meet."""

    action: str
    code: int
    times: int = 1


@dataclass(slots=True)
class Faults:
    """The faults of one speaker."""

    clock: SimulatedClock
    upnp_enabled: bool = True
    """Off, everything answers 403, as after the setting "UPnP" of the Sonos app was switched off."""
    events_blocked: bool = False
    """Subscriptions are accepted and nothing is sent, as behind a firewall."""
    events_to_lose: int = 0
    """So many of the next events get lost on their way; their numbers are counted on."""
    answers_empty: bool = False
    """Every action is answered, and nothing said in it."""
    answers_html: bool = False
    """Every action is answered with a page of HTML and HTTP 500, as from a proxy or a web server that fails."""
    odd_answers: dict[tuple[str, str], str] = field(default_factory=dict)
    """By action and name: what stands in an answer instead of the truth."""
    events_commented: bool = False
    """The bodies of events begin with an XML comment, and have one and an instruction inside."""
    refused_events: dict[str, int] = field(default_factory=dict)
    """By service: the HTTP status that a SUBSCRIBE for it meets; renewals too."""
    location_host: str = ""
    """What stands as host in `Location`, instead of the address."""
    answer_delay_s: float = 0.0
    """How late every answer comes."""
    is_away: bool = False
    """Without power or network until somebody says otherwise."""
    is_silent: bool = False
    """While away, connections are taken and nothing is answered, instead of being dropped at once."""
    refusals: list[Refusal] = field(default_factory=list)
    _away_until_ms: int = 0

    @property
    def is_down(self) -> bool:
        """Whether the speaker is without power or network now."""
        return self.is_away or self.clock.now_ms() < self._away_until_ms

    def away_for(self, ms: int) -> None:
        """Be without network for a while."""
        self._away_until_ms = self.clock.now_ms() + ms

    def meet_refusal(self, action: str) -> None:
        """Raise UPnPFault if this call of an action is to be refused, and count it."""
        for refusal in self.refusals:
            if refusal.action == action and refusal.times > 0:
                refusal.times -= 1
                raise UPnPFault(refusal.code)

    def odd_results(self, action: str) -> dict[str, object]:
        """Return what an answer to an action says instead of the truth."""
        return {
            name: value
            for (of, name), value in self.odd_answers.items()
            if of == action
        }

    def swallow_event(self) -> bool:
        """Return whether this event gets lost, and count it."""
        if self.events_to_lose > 0:
            self.events_to_lose -= 1
            return True
        return self.events_blocked or not self.upnp_enabled or self.is_down
