"""Who asked for what: every request of the accounts service and the Web API, so that tests can hold a budget of calls."""

from collections import Counter, deque
from dataclasses import dataclass
from typing import Final

_MOST_REQUESTS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. `endpoint` is its route, such as `/v1/tracks/{id}`, without a trailing slash."""

    at_ms: int
    person: str | None
    method: str
    endpoint: str
    path: str
    query: str
    status: int
    """What was answered; 0 when the connection was cut instead."""


class RequestLog:
    """The newest 20,000 requests, and counts of all of them."""

    def __init__(self) -> None:
        """Begin with nothing asked."""
        self.asked: deque[Asked] = deque(maxlen=_MOST_REQUESTS)
        self._counts: Counter[tuple[str | None, str, str]] = Counter()

    def add(self, asked: Asked) -> None:
        """Note a request."""
        self.asked.append(asked)
        self._counts[asked.person, asked.method, asked.endpoint] += 1

    def clear(self) -> None:
        """Forget everything, so that counting begins anew."""
        self.asked.clear()
        self._counts.clear()

    def counts(self) -> dict[tuple[str | None, str, str], int]:
        """Return how often each person asked each endpoint, by (person, method, endpoint)."""
        return dict(self._counts)

    def count(
        self,
        *,
        person: str | None = None,
        endpoint: str | None = None,
        method: str | None = None,
        since_ms: int | None = None,
    ) -> int:
        """Return how many requests match; an endpoint that ends in `*` matches all that begin like it.

        With `since_ms` (simulated, UTC) only requests from then on, of those still kept.
        """
        wanted = _Wanted(person, method, endpoint)
        if since_ms is None:
            return sum(
                number
                for asked, number in self._counts.items()
                if wanted.matches(*asked)
            )
        return sum(
            wanted.matches(one.person, one.method, one.endpoint)
            for one in self.asked
            if one.at_ms >= since_ms
        )


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is counted; None stands for anything."""

    person: str | None
    method: str | None
    endpoint: str | None

    def matches(self, person: str | None, method: str, endpoint: str) -> bool:
        """Return whether a request is one of those that are counted."""
        if self.endpoint is not None and self.endpoint.endswith("*"):
            asked = endpoint.startswith(self.endpoint[:-1])
        else:
            asked = self.endpoint in (None, endpoint)
        return asked and self.person in (None, person) and self.method in (None, method)
