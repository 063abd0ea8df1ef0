"""Maps Spotify's error responses to named errors.

This happens before spotipy sees the answer: spotipy stumbles over an error body that is
a string, logs every refusal as an error, and takes an unreadable answer for an empty one.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from http import HTTPStatus
import json
import math
from typing import Final

import requests

from homeassistant.util import dt as dt_util

from ..errors import (
    AnswerUnreadable,
    CommandRefused,
    MissingScope,
    NoActiveDevice,
    NotAllowlisted,
    NotFound,
    NotPremium,
    OwnerNotPremium,
    RestrictedDevice,
    SpotifyError,
    TokenRejected,
    Unavailable,
    VolumeFixed,
)
from .response_fields import text_of

DETAIL_LENGTH: Final = 200


@dataclass
class Refusal(Exception):
    """An answer of 400 or above, as Spotify worded it."""

    status: int
    message: str
    reason: str
    retry_after_s: float | None
    is_page: bool = False
    """Whether it is a page for people, which comes from something before Spotify."""


class Unreadable(Exception):
    """An answer without the JSON that was due."""


def check_answer(
    response: requests.Response, *_args: object, **_kwargs: object
) -> None:
    """Raise what an answer refuses, before spotipy reads it; in the executor."""
    if response.status_code >= HTTPStatus.BAD_REQUEST:
        raise _refusal(response)
    if response.request.method == "GET" and response.status_code == HTTPStatus.OK:
        try:
            response.json()
        except requests.JSONDecodeError as err:
            raise Unreadable("an answer that is not JSON") from err


def _refusal(response: requests.Response) -> Refusal:
    """Read `{"error": {"status", "message", "reason"}}`, a string in its place, or plain text.

    Text comes also with a header that says it is JSON, and a page with one that says it is not; the body decides.
    """
    try:
        text = response.content.decode(errors="replace").strip()
    except requests.ConnectionError, requests.exceptions.ChunkedEncodingError:
        # Status and `Retry-After` came whole, and say enough.
        text = ""
    is_page = text.startswith("<")
    message: object = None
    reason: object = None
    try:
        body: object = json.loads(text)
    except ValueError, RecursionError:
        # What begins like JSON and is none has no words for people.
        message = None if is_page or text.startswith(("{", "[")) else text
    else:
        error = body.get("error") if isinstance(body, dict) else body
        if isinstance(error, dict):
            message, reason = error.get("message"), error.get("reason")
        else:
            message = error
    return Refusal(
        status=response.status_code,
        message=(text_of(message) or response.reason or "")[:DETAIL_LENGTH],
        reason=reason if isinstance(reason, str) else "",
        retry_after_s=seconds_of(response.headers.get("Retry-After")),
        is_page=is_page,
    )


def named(refusal: Refusal, needed: Collection[str] = ()) -> SpotifyError:
    """Name a refusal other than a 429, from what Spotify was seen to answer (2024 to 2026).

    `needed` are the scopes that what was asked for needs.
    """
    message = refusal.message.casefold()
    match refusal.status:
        case HTTPStatus.UNAUTHORIZED | HTTPStatus.FORBIDDEN if (
            "scope" in message or "permissions missing" in message
        ):
            return MissingScope(needed, by_spotify=True)
        case HTTPStatus.UNAUTHORIZED:
            return TokenRejected()
        case HTTPStatus.FORBIDDEN if "premium" in message and "owner" in message:
            return OwnerNotPremium()
        case HTTPStatus.FORBIDDEN if (
            refusal.reason == "PREMIUM_REQUIRED" or "premium" in message
        ):
            return NotPremium()
        case HTTPStatus.FORBIDDEN if "registered" in message:
            return NotAllowlisted()
        case HTTPStatus.FORBIDDEN if (
            refusal.reason in {"DEVICE_NOT_CONTROLLABLE", "REMOTE_CONTROL_DISALLOW"}
            or "restricted device" in message
        ):
            return RestrictedDevice()
        case HTTPStatus.FORBIDDEN if (
            refusal.reason == "VOLUME_CONTROL_DISALLOW" or "device volume" in message
        ):
            return VolumeFixed()
        case HTTPStatus.NOT_FOUND if (
            refusal.reason == "NO_ACTIVE_DEVICE" or "no active device" in message
        ):
            return NoActiveDevice()
        case HTTPStatus.NOT_FOUND:
            return NotFound()
        case status if status >= HTTPStatus.INTERNAL_SERVER_ERROR and refusal.is_page:
            return AnswerUnreadable(f"a page for people, HTTP {status}")
        case status if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return Unavailable(f"HTTP {status}")
    return CommandRefused(detail=refusal.message or f"HTTP {refusal.status}")


def in_words(error: requests.RequestException) -> str:
    """Return why there is no answer, for a person to read."""
    match error:
        case requests.exceptions.SSLError():
            return "no secure connection"
        case requests.Timeout():
            return "no answer in time"
        case requests.exceptions.ChunkedEncodingError():
            return "the answer broke off"
        case requests.ConnectionError():
            return "no connection"
    return type(error).__name__


def seconds_of(header: str | None) -> float | None:
    """Read a `Retry-After`, seconds or an HTTP date (RFC 9110 section 10.2.3), as seconds; None when it is neither.

    More digits than a float holds are infinite seconds.
    """
    try:
        seconds = float(header or "")
    except ValueError:
        pass
    else:
        digits = (header or "").strip().isdecimal()
        return seconds if digits or math.isfinite(seconds) else None
    try:
        moment = parsedate_to_datetime(header or "")
    except ValueError:
        return None
    return (
        moment.replace(tzinfo=moment.tzinfo or UTC) - dt_util.utcnow()
    ).total_seconds()
