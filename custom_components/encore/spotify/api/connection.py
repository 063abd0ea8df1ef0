"""The HTTP connection of one account: checks requests before they are sent, and times out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
import logging
import threading
import time
from typing import Any, Final, final, override

import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import Retry
from urllib3.util import Timeout

from ..auth.scopes import needed_scopes
from ..budget.response_cache import changed_by
from ..call_purpose import Purpose
from .refused_calls import check_answer
from .server_clock import ServerClock

CONNECT_TIMEOUT_S: Final = 5
LEAST_TIMEOUT_S: Final = 0.1
MOST_REPEATS: Final = 2
_REPEATED: Final = (500, 502, 503, 504)


class NotGranted(Exception):
    """A request was not sent, because the account lacks `scopes`."""

    def __init__(self, scopes: frozenset[str]) -> None:
        """Remember what is missing."""
        super().__init__("a scope is missing")
        self.scopes = scopes


@dataclass(slots=True)
class Exchange:
    """What one call may do, and what it did so far.

    `granted` are the account's scopes, None for unknown; `gives_up_at` is by the monotonic clock, in seconds. Reading
    that is answered with an error is repeated up to `repeats` times, of `MOST_REPEATS`.
    """

    granted: frozenset[str] | None
    gives_up_at: float
    repeats: int = MOST_REPEATS
    requests: int = 0
    """How often Spotify was asked, with all repetitions."""
    changes: set[Purpose] = field(default_factory=set)
    """What cannot be as it was read before."""
    needed: frozenset[str] = frozenset()
    """The scopes that the last of them needs."""


class _QuietRetry(Retry):
    """Retries of ours, so that their log lines differ from others'."""


def _retry(repeats: int) -> Retry:
    """Return when a request is repeated: where nothing was reached, and up to `repeats` times reading that is answered with an error."""
    return _QuietRetry(
        total=2,
        connect=2,
        read=0,
        status=repeats,
        backoff_factor=0.2,
        status_forcelist=_REPEATED,
        allowed_methods={"GET"},
        respect_retry_after_header=False,
        raise_on_status=False,
    )


@final
class Connection(requests.Session):
    """A session for spotipy; each request belongs to the exchange that its thread carries."""

    def __init__(self, api_url: str, clock: ServerClock) -> None:
        """Prepare connections to `api_url` (with a trailing slash); `clock` learns from each answer."""
        super().__init__()
        self._api_url = api_url
        self._carried = threading.local()
        # A .netrc entry for the host would replace our bearer token.
        self.trust_env = False
        self.hooks["response"] += [
            lambda response, *_args, **_kwargs: clock.answered(response.headers),
            self._count_repetitions,
            check_answer,
        ]
        # A logger holds a filter only once, however often the same function is added.
        logging.getLogger("urllib3.connectionpool").addFilter(_is_no_retry_of_ours)
        self._repeating = tuple(
            HTTPAdapter(max_retries=_retry(repeats))
            for repeats in range(MOST_REPEATS + 1)
        )

    @override
    def get_adapter(self, url: str) -> BaseAdapter:
        """Return what sends a request, as often as the exchange that this thread carries allows."""
        exchange: Exchange = self._carried.exchange
        return self._repeating[exchange.repeats]

    @override
    def close(self) -> None:
        """Close all connections."""
        super().close()
        for adapter in self._repeating:
            adapter.close()

    @contextmanager
    def carry(self, exchange: Exchange) -> Iterator[None]:
        """Let what this thread sends belong to an exchange."""
        self._carried.exchange = exchange
        try:
            yield
        finally:
            del self._carried.exchange

    def _count_repetitions(
        self, response: requests.Response, *_args: object, **_kwargs: object
    ) -> None:
        """Count the attempts that came before the answer; the first one was counted when it was sent."""
        if (retries := response.raw.retries) is not None:
            self._carried.exchange.requests += len(retries.history)

    @override
    def send(
        self, request: requests.PreparedRequest, **kwargs: Any
    ) -> requests.Response:
        """Send a request within the time that is left; raises NotGranted before it is sent."""
        exchange: Exchange = self._carried.exchange
        method = request.method or "GET"
        path, _, query = (request.url or "").removeprefix(self._api_url).partition("?")
        exchange.needed = needed_scopes(method, path, query)
        if exchange.granted is not None:
            if missing := exchange.needed - exchange.granted:
                raise NotGranted(missing)
        exchange.requests += 1
        exchange.changes |= changed_by(method, path)
        left = max(exchange.gives_up_at - time.monotonic(), LEAST_TIMEOUT_S)
        kwargs["timeout"] = Timeout(connect=min(CONNECT_TIMEOUT_S, left), read=left)
        return super().send(request, **kwargs)


def _is_no_retry_of_ours(record: logging.LogRecord) -> bool:
    """Keep urllib3's warning for each attempt of ours out of the log: the outcome is logged once."""
    retry = record.args[0] if isinstance(record.args, tuple) and record.args else None
    return not isinstance(retry, _QuietRetry)
