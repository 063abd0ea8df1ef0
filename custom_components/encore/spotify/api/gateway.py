"""The gateway to Spotify's Web API: the one module that calls spotipy.

spotipy builds the requests; session, retries, timeouts and the reading of refusals are
ours, because its own sleep through a 429 in the thread, take an unreadable answer
for an empty one, and stumble over an error body that is a string (spotipy 2.26).
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from http import HTTPStatus
import logging
import time
from typing import TYPE_CHECKING, Any

import requests
from yarl import URL

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryAuthFailed, ConfigEntryNotReady

from ...runtime.moments import now_ms
from ..auth.permissions import Permission
from ..auth.scopes import CONTROL, POSITION_READ
from ..budget import Budget, async_get_budget
from ..budget.allowance import Allowance
from ..budget.call_queue import Errand
from ..budget.requests_in_flight import Flights
from ..budget.response_cache import CACHED_S, Answered, Cache
from ..call_purpose import PATIENCE_S, Priority, Purpose
from ..errors import (
    AccessRefused,
    AnswerUnreadable,
    ClientGone,
    GatewayClosed,
    HistoryOnly,
    MissingScope,
    RateLimited,
    SpotifyDown,
    TokenRejected,
    Unavailable,
)
from .connection import MOST_REPEATS, Connection, Exchange, NotGranted
from .device_approval import DeviceApproval
from .playback import ConnectDevice
from .refused_calls import Refusal, Unreadable, in_words, named
from .server_clock import ServerClock

if TYPE_CHECKING:
    import spotipy

type Call[T] = Callable[[spotipy.Spotify], T]
"""What is done with spotipy's client, in the executor."""

type TokenSource = Callable[[], Awaitable[str]]
type TokenRenewal = Callable[[str], Awaitable[str]]


class Gateway:
    """The one way to Spotify for one account; each call raises a SpotifyError when it fails."""

    def __init__(
        self,
        hass: HomeAssistant,
        token: TokenSource,
        *,
        api_url: str,
        renew: TokenRenewal | None = None,
        permission: Permission | None = None,
        allowance: Allowance | None = None,
        approval: DeviceApproval | None = None,
    ) -> None:
        """Prepare calls to `api_url` (with a trailing slash).

        `token` yields a valid access token, in clear; `renew` another one than the one that
        Spotify refused. Both may raise ConfigEntryAuthFailed and ConfigEntryNotReady. `permission`
        knows the account's scopes and asks for more; without it, Spotify is left to refuse.
        `allowance` counts the calls of the account, and `approval` knows on which devices it may play.
        """
        self._hass = hass
        self._token = token
        self._renew = renew
        self._permission = permission
        self._allowance = allowance
        self._approval = approval
        self._api_url = api_url
        self._client: spotipy.Spotify | None = None
        self._opening = asyncio.Lock()
        self._host = URL(api_url).host or api_url
        self._cache = Cache()
        self._clock = ServerClock()
        self._flights: Flights | None = None
        self._closed = False

    def require_approved(self, device_id: str | None) -> None:
        """Raise DeviceNotApproved unless a device may be played on."""
        if self._approval is not None:
            self._approval.require(device_id)

    def named_to_play_on(self, active: ConnectDevice) -> str | None:
        """Return the id by which to name the device that is active, None where any other that is active by now will do.

        Raises DeviceNotApproved for one that nobody has let in; an administrator is asked about it.
        """
        if self._approval is None or not self._approval.is_needed:
            return None
        self.saw((active,))
        self.require_approved(active.id)
        return active.id

    def saw(self, devices: tuple[ConnectDevice, ...]) -> None:
        """Take note of the devices that there are now."""
        if self._approval is not None:
            self._approval.async_saw(devices)

    @property
    def ahead_ms(self) -> int:
        """How far (ms) Spotify's clock is ahead of ours, according to its answers."""
        return self._clock.ahead_ms

    async def async_close(self) -> None:
        """Close the connections; later calls are refused."""
        self._closed = True
        if self._flights is not None:
            self._flights.cancel()
        async with self._opening:
            if (client := self._client) is not None:
                self._client = None
                await self._hass.async_add_executor_job(client._session.close)  # noqa: SLF001 - spotipy has no close

    async def async_call[T](
        self,
        call: Call[T],
        *,
        purpose: Purpose,
        priority: Priority,
        key: Hashable | None = None,
    ) -> T:
        """Make one call, the only way to Spotify, and return what spotipy makes of the answer.

        `call` runs in the executor. Reads of one account with an equal `key` that are in flight at once share one
        answer, unless something was changed between them. Raises a SpotifyError within the patience of its priority.
        """
        budget = await async_get_budget(self._hass)
        self._check(budget, priority)
        flights = self._flights = self._flights or Flights(self._hass, budget.queue)
        shared = None if key is None else (key, purpose, self._cache.changes(purpose))
        if (flight := flights.find(shared)) is None:
            listener_key = self._allowance.listener.key if self._allowance else None
            errand = Errand(self, purpose, priority, listener=listener_key)
            flight = flights.begin(shared, errand, self._async_run(call, errand))
        try:
            answer: T = await flights.async_wait(flight, priority)
        except MissingScope as err:
            if priority is Priority.PERSON:
                self._want(err)
            raise
        return answer

    async def async_read[T](
        self,
        call: Call[T],
        *,
        purpose: Purpose,
        priority: Priority,
        key: Hashable,
        max_age_s: float | None = None,
    ) -> Answered[T]:
        """Read what seldom changes: from the cache where it is not older than `max_age_s`, else from Spotify.

        Without `max_age_s` it is what suits the purpose. While Spotify is not to be asked or does not answer, an older
        answer is given; each says so. With an age of 0 only a new one will do. What comes without a body is not cached. Nobody may change the value. Raises as
        `async_call`.
        """
        age_s = CACHED_S[purpose] if max_age_s is None else max_age_s
        place = (purpose, key)
        if age_s and (cached := self._cache.get(place, age_s)) is not None:
            return cached
        changes = self._cache.changes(purpose)
        try:
            value = await self.async_call(
                call, purpose=purpose, priority=priority, key=key
            )
        except RateLimited, Unavailable:
            if age_s and (cached := self._cache.get(place, None)) is not None:
                return cached
            raise
        answered = Answered(value, False, now_ms())
        if value is not None:
            self._cache.put(place, purpose, value, answered.as_of, changes)
        return answered

    async def async_require_scopes(self, *scopes: str) -> None:
        """Raise MissingScope, and ask the person for more, unless the account was granted all of `scopes`.

        Raises HistoryOnly where control is among what it lacks, and was given up.
        """
        granted = self._granted
        if granted is not None and (missing := frozenset(scopes) - granted):
            error = self._missing(missing)
            if isinstance(error, MissingScope):
                self._want(error)
            raise error

    def may_read_positions(self) -> bool:
        """Whether Spotify returns resume points; where not, a notice says so, and no login is required."""
        granted = self._granted
        if granted is None or POSITION_READ in granted:
            return True
        if self._permission is not None:
            self._permission.suggest_positions()
        return False

    @property
    def _granted(self) -> frozenset[str] | None:
        return self._permission.granted if self._permission else None

    def _missing(
        self, scopes: frozenset[str], *, by_spotify: bool = False
    ) -> MissingScope | HistoryOnly:
        """Return the error with the account and what it may not do."""
        if self._permission is None:
            return MissingScope(scopes, by_spotify=by_spotify)
        account = self._permission.account
        if CONTROL in scopes and self._permission.history_only:
            return HistoryOnly(account=account)
        return MissingScope(scopes, account=account, by_spotify=by_spotify)

    def _want(self, error: MissingScope) -> None:
        """Ask the person for what a call that they wanted lacks."""
        permission = self._permission
        if permission is not None and error.scopes:
            want = permission.refused if error.by_spotify else permission.ask
            want(error.scopes)

    def _check(self, budget: Budget, priority: Priority) -> None:
        """Raise what is in the way of a call now."""
        budget.check(priority, self._host)
        if self._allowance is not None:
            self._allowance.check(priority)

    async def _async_run[T](self, call: Call[T], errand: Errand) -> T:
        """Wait for the turn of a call and make it; once more when Spotify refuses the token."""
        budget = await async_get_budget(self._hass)
        async with budget.async_turn(errand):
            token = await _named_errors(self._token())
            try:
                return await self._async_ask(call, errand, token)
            except TokenRejected:
                if self._renew is None:
                    raise
                renewed = await _named_errors(self._renew(token))
                return await self._async_ask(call, errand, renewed)

    async def _async_ask[T](self, call: Call[T], errand: Errand, token: str) -> T:
        """Make one call in the executor, if nothing came in its way while it waited."""
        budget = await async_get_budget(self._hass)
        self._check(budget, errand.priority)
        client = await self._async_client()
        client.set_auth(token)
        patience_s = PATIENCE_S[errand.priority]
        breaker = budget.breaker(self._host)
        exchange = Exchange(
            self._granted,
            time.monotonic() + patience_s,
            _repeats(errand.priority, failing=breaker.failing),
        )
        errand.sent = True
        try:
            with breaker.trial():
                return await self._async_answer(budget, call, client, exchange)
        except NotGranted as err:
            raise self._missing(err.scopes) from err
        finally:
            self._cache.invalidate(exchange.changes)
            self._count(budget, errand.purpose, exchange.requests)

    async def _async_answer[T](
        self, budget: Budget, call: Call[T], client: spotipy.Spotify, exchange: Exchange
    ) -> T:
        """Return what Spotify answers, or raise by its name what it refuses."""
        sent_at = now_ms()
        try:
            answer = await self._hass.async_add_executor_job(
                _ask, call, client, exchange
            )
        except Refusal as refusal:
            if refusal.status == HTTPStatus.TOO_MANY_REQUESTS:
                error = await budget.deadline.async_refused(
                    sent_at, refusal.retry_after_s, refusal.reason
                )
                budget.usage.notify()
                raise error from refusal
            budget.deadline.answered()
            refused = named(refusal, exchange.needed)
            if isinstance(refused, MissingScope):
                refused = self._missing(refused.scopes, by_spotify=True)
            if isinstance(refused, AccessRefused) and self._permission is not None:
                self._permission.not_let_in(refused)
            raise refused from refusal
        except Unreadable as err:
            raise AnswerUnreadable(str(err)) from err
        except requests.RequestException as err:
            raise Unavailable(in_words(err)) from err
        budget.deadline.answered()
        if self._permission is not None:
            self._permission.answered()
        return answer

    def _count(self, budget: Budget, purpose: Purpose, calls: int) -> None:
        """Count the requests of one call, repetitions too."""
        if calls > 1:
            budget.rate.take(calls - 1)
        if self._allowance is not None:
            self._allowance.count(purpose, calls)
        else:
            budget.usage.count(None, purpose, calls)

    async def _async_client(self) -> spotipy.Spotify:
        """Return the account's client, made on first use."""
        async with self._opening:
            if self._closed:
                raise GatewayClosed
            if self._client is None:
                self._client = await self._hass.async_add_executor_job(
                    _open, self._api_url, self._clock
                )
            return self._client


def _repeats(priority: Priority, *, failing: bool) -> int:
    """Return how often reading may be repeated at once: for a person as often as ever, else once, and not while the host fails.

    Nobody waits for the rest, and it comes again by itself.
    """
    if priority is Priority.PERSON:
        return MOST_REPEATS
    return 0 if failing else 1


def due(answer: object) -> dict[str, Any]:
    """Return the object that an answer had to hold; raises AnswerUnreadable where it does not."""
    if not isinstance(answer, dict):
        raise AnswerUnreadable("an answer without the object that was due")
    return answer


async def _named_errors(token: Awaitable[str]) -> str:
    """Wait for a token; the session's own errors become those of this package."""
    try:
        return await token
    except ConfigEntryAuthFailed as err:
        revoked = err.translation_key == ClientGone.key
        raise ClientGone if revoked else TokenRejected from err
    except ConfigEntryNotReady as err:
        match err.__cause__:
            case RateLimited() | SpotifyDown() as known:
                # Several wait for the one error: each gets its own.
                raise type(known)(known.until) from err
        raise Unavailable("no new token") from err


def _is_of_interest(record: logging.LogRecord) -> bool:
    """Keep two kinds of spotipy's log records out of every log, whatever level a user sets.

    Its DEBUG records print the bearer token. Its ERROR records repeat each refusal,
    which the gateway raises by name.
    """
    return logging.INFO <= record.levelno < logging.ERROR


def _open(api_url: str, clock: ServerClock) -> spotipy.Spotify:
    """Make a client on a session of its own; in the executor."""
    # The import takes about a second and drags in redis.
    import spotipy  # noqa: PLC0415 - must not happen in the event loop

    # A logger holds a filter only once, however often the same function is added.
    logging.getLogger("spotipy.client").addFilter(_is_of_interest)
    client = spotipy.Spotify(requests_session=Connection(api_url, clock))
    client.prefix = api_url
    return client


def _ask[T](call: Call[T], client: spotipy.Spotify, exchange: Exchange) -> T:
    """Make the call; in the executor."""
    import spotipy  # noqa: PLC0415 - imported by now, and only in the executor

    try:
        with client._session.carry(exchange):  # noqa: SLF001 - the one that was given to it
            return call(client)
    except spotipy.SpotifyException as err:
        # All that is left to spotipy is to refuse what it was handed.
        raise Refusal(HTTPStatus.BAD_REQUEST, err.msg, "", None) from err
