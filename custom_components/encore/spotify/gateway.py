"""The way to Spotify's Web API: the one module that uses spotipy.

spotipy builds the requests; session, retries, timeouts and the reading of refusals are
ours, because its own sleep through a 429 in the thread, take an unreadable answer
for an empty one, and stumble over an error body that is a string (spotipy 2.26).
"""

import asyncio
from collections.abc import Awaitable, Callable
from http import HTTPStatus
import logging
from typing import TYPE_CHECKING, Any, Final, final, override

import requests
from requests.adapters import HTTPAdapter
from urllib3 import Retry

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryAuthFailed, ConfigEntryNotReady
from homeassistant.util import dt as dt_util

from .budget import async_get_budget
from .errors import GatewayClosed, TokenRejected, Unavailable
from .playback import (
    ConnectDevice,
    Playback,
    Profile,
    RecentPage,
    read_devices,
    read_playback,
    read_profile,
    read_recent,
)
from .refusal import Refusal, Unreadable, check_answer, named

if TYPE_CHECKING:
    import spotipy

type TokenSource = Callable[[], Awaitable[str]]
type TokenRenewal = Callable[[str], Awaitable[str]]
type _Call[T] = Callable[[spotipy.Spotify], T]

CONNECT_TIMEOUT_S: Final = 5
READ_TIMEOUT_S: Final = 10
CALLS_IN_FLIGHT: Final = 2
RECENT_LIMIT: Final = 50


class _QuietRetry(Retry):
    """Retries of ours, so that their log lines can be told from others'."""


@final
class SpotifyGateway:
    """Typed calls for one account; each raises a SpotifyError when it fails."""

    def __init__(
        self,
        hass: HomeAssistant,
        token: TokenSource,
        *,
        api_url: str,
        renew: TokenRenewal | None = None,
    ) -> None:
        """Prepare calls to `api_url` (with a trailing slash).

        `token` yields a valid access token, in clear; `renew` another one than the one that
        Spotify refused. Both may raise ConfigEntryAuthFailed and ConfigEntryNotReady.
        """
        self._hass = hass
        self._token = token
        self._renew = renew
        self._api_url = api_url
        self._client: spotipy.Spotify | None = None
        self._opening = asyncio.Lock()
        self._in_flight = asyncio.Semaphore(CALLS_IN_FLIGHT)
        self._closed = False

    async def async_profile(self) -> Profile:
        """Return who the account belongs to."""
        profile = read_profile(_due(await self._async_call(lambda client: client.me())))
        if profile is None:
            raise Unavailable("a profile without an id")
        return profile

    async def async_playback(self) -> Playback:
        """Look at the player. Its time is the middle of the call, by our own clock."""
        sent_at = _now()
        answer = await self._async_call(
            lambda client: client.current_playback(additional_types="track,episode")
        )
        return read_playback(_object_or_none(answer), (sent_at + _now()) // 2)

    async def async_devices(self) -> tuple[ConnectDevice, ...]:
        """Return the players that Spotify Connect sees now."""
        return read_devices(
            _due(await self._async_call(lambda client: client.devices()))
        )

    async def async_recently_played(
        self, *, after: int | None = None, before: int | None = None
    ) -> RecentPage:
        """Return up to 50 plays that ended after, or before, a moment (UTC ms), newest first."""
        answer = await self._async_call(
            lambda client: client.current_user_recently_played(
                limit=RECENT_LIMIT, after=after, before=before
            )
        )
        return read_recent(_due(answer))

    async def async_play(
        self,
        *,
        device_id: str | None = None,
        uris: list[str] | None = None,
        context_uri: str | None = None,
        position_ms: int | None = None,
    ) -> None:
        """Play items or a context; without either, resume."""
        await self._async_call(
            lambda client: client.start_playback(
                device_id=device_id,
                uris=uris,
                context_uri=context_uri,
                position_ms=position_ms,
            )
        )

    async def async_pause(self) -> None:
        """Pause the active device."""
        await self._async_call(lambda client: client.pause_playback())

    async def async_next(self) -> None:
        """Skip to the next item."""
        await self._async_call(lambda client: client.next_track())

    async def async_previous(self) -> None:
        """Go back to the start of the item, or to the one before."""
        await self._async_call(lambda client: client.previous_track())

    async def async_seek(self, position_ms: int) -> None:
        """Go to a position of the item."""
        await self._async_call(lambda client: client.seek_track(position_ms))

    async def async_set_volume(self, percent: int) -> None:
        """Set the active device's volume, 0 to 100."""
        await self._async_call(lambda client: client.volume(percent))

    async def async_set_shuffle(self, shuffle: bool) -> None:
        """Play in random order, or not."""
        await self._async_call(lambda client: client.shuffle(shuffle))

    async def async_set_repeat(self, repeat: str) -> None:
        """Repeat `track`, `context` or `off`."""
        await self._async_call(lambda client: client.repeat(repeat))

    async def async_transfer(self, device_id: str) -> None:
        """Move the playback to a device; it goes on playing or stays paused as it was."""
        await self._async_call(
            lambda client: client.transfer_playback(device_id, force_play=False)
        )

    async def async_add_to_queue(self, uri: str) -> None:
        """Add a track or episode to the queue of the active device."""
        await self._async_call(lambda client: client.add_to_queue(uri))

    async def async_close(self) -> None:
        """Close the connections; later calls are refused."""
        self._closed = True
        async with self._opening:
            if (client := self._client) is not None:
                self._client = None
                await self._hass.async_add_executor_job(client._session.close)  # noqa: SLF001 - spotipy has no close

    async def _async_call[T](self, call: _Call[T]) -> T:
        """Make one call with a valid token, and once more when Spotify refuses that token."""
        async with self._in_flight:
            token = await _named_errors(self._token())
            try:
                return await self._async_ask(call, token)
            except TokenRejected:
                if self._renew is None:
                    raise
                renewed = await _named_errors(self._renew(token))
                return await self._async_ask(call, renewed)

    async def _async_ask[T](self, call: _Call[T], token: str) -> T:
        """Make one call in the executor, under the shared budget."""
        budget = await async_get_budget(self._hass)
        budget.check()
        client = await self._async_client()
        client.set_auth(token)
        sent_at = _now()
        try:
            answer = await self._hass.async_add_executor_job(_ask, call, client)
        except Refusal as refusal:
            if refusal.status == HTTPStatus.TOO_MANY_REQUESTS:
                raise await budget.async_refused(
                    sent_at, refusal.retry_after_s, refusal.reason
                ) from refusal
            budget.answered()
            raise named(refusal) from refusal
        except Unreadable as err:
            raise Unavailable(str(err)) from err
        except requests.RequestException as err:
            raise Unavailable(type(err).__name__) from err
        budget.answered()
        return answer

    async def _async_client(self) -> spotipy.Spotify:
        """Return the account's client, made on first use."""
        async with self._opening:
            if self._closed:
                raise GatewayClosed
            if self._client is None:
                self._client = await self._hass.async_add_executor_job(
                    _open, self._api_url
                )
            return self._client


async def _named_errors(token: Awaitable[str]) -> str:
    """Wait for a token; the session's own errors become those of this package."""
    try:
        return await token
    except ConfigEntryAuthFailed as err:
        raise TokenRejected from err
    except ConfigEntryNotReady as err:
        raise Unavailable("no new token") from err


class _QuietClient(logging.Filter):
    """Keeps two kinds of spotipy's log records out of every log, whatever level a user sets.

    Its DEBUG records print the bearer token. Its ERROR records repeat each refusal,
    which the gateway raises by name.
    """

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        """Let pass what lies between DEBUG and ERROR."""
        return logging.INFO <= record.levelno < logging.ERROR


class _QuietRetries(logging.Filter):
    """Keeps urllib3's warning for each attempt of ours out of the log: the outcome is told once."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        """Let pass what is not about a retry of ours."""
        retry = (
            record.args[0] if isinstance(record.args, tuple) and record.args else None
        )
        return not isinstance(retry, _QuietRetry)


# A logger holds a filter only once, however often the same object is added.
_QUIET_CLIENT: Final = _QuietClient()
_QUIET_RETRIES: Final = _QuietRetries()


def _open(api_url: str) -> spotipy.Spotify:
    """Make a client on a session of its own; in the executor."""
    # The import takes about a second and drags in redis.
    import spotipy  # noqa: PLC0415 - must not happen in the event loop

    logging.getLogger("spotipy.client").addFilter(_QUIET_CLIENT)
    logging.getLogger("urllib3.connectionpool").addFilter(_QUIET_RETRIES)
    session = requests.Session()
    # A .netrc entry for the host would replace our bearer token.
    session.trust_env = False
    session.hooks["response"].append(check_answer)
    retry = _QuietRetry(
        total=2,
        connect=2,
        read=0,
        status=2,
        backoff_factor=0.2,
        status_forcelist=(500, 502, 503, 504),
        allowed_methods={"GET"},
        respect_retry_after_header=False,
        raise_on_status=False,
    )
    session.mount("http://", HTTPAdapter(max_retries=retry))
    session.mount("https://", HTTPAdapter(max_retries=retry))
    client = spotipy.Spotify(
        requests_session=session,
        requests_timeout=(CONNECT_TIMEOUT_S, READ_TIMEOUT_S),
    )
    client.prefix = api_url
    return client


def _ask[T](call: _Call[T], client: spotipy.Spotify) -> T:
    """Make the call; in the executor."""
    import spotipy  # noqa: PLC0415 - imported by now, and only in the executor

    try:
        return call(client)
    except spotipy.SpotifyException as err:
        # All that is left to spotipy is to refuse what it was handed.
        raise Refusal(HTTPStatus.BAD_REQUEST, err.msg, "", None) from err


def _due(answer: object) -> dict[str, Any]:
    """Return the object that an answer had to hold."""
    if not isinstance(answer, dict):
        raise Unavailable("an answer without the object that was due")
    return answer


def _object_or_none(answer: object) -> dict[str, Any] | None:
    """Return an object, or None where Spotify may answer 204."""
    return None if answer is None else _due(answer)


def _now() -> int:
    return round(dt_util.utcnow().timestamp() * 1000)
