"""What the Web API answers when it refuses, in Spotify's words.

Sources: https://developer.spotify.com/documentation/web-api/concepts/api-calls (the error object), the July 2026
changelog (`QUOTA_EXCEEDED`), and bodies that people quoted: removed endpoints, https://github.com/bjarneo/cliamp/issues/54;
limits, https://github.com/bjarneo/cliamp/pull/315; allowlist, https://github.com/Lioncat6/OSC-Chat-Tools/issues/32;
a command the player is in no state for, https://github.com/spotify/web-api/issues/1433.
"""

from collections.abc import Mapping
from typing import Any

from aiohttp import hdrs, web

from . import errors


class ApiError(Exception):
    """The Web API refuses with a status, a message and sometimes a reason."""

    def __init__(
        self,
        status: int,
        message: str,
        reason: str | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        as_text: bool = False,
    ) -> None:
        """Keep what the answer will be made of; `as_text` it is the bare message, under a header that says JSON."""
        super().__init__(f"{status} {message}")
        self.status = status
        self.message = message
        self.reason = reason
        self.headers = dict(headers or {})
        self.as_text = as_text

    def answer(self) -> web.Response:
        """Return the answer with Spotify's error object, or with words alone."""
        if self.as_text:
            return web.Response(
                text=self.message,
                status=self.status,
                headers=self.headers,
                content_type="application/json",
            )
        error: dict[str, Any] = {"status": self.status, "message": self.message}
        if self.reason:
            error["reason"] = self.reason
        return web.json_response(
            {"error": error}, status=self.status, headers=self.headers
        )


def bad_request(message: str) -> ApiError:
    """Return the error for a parameter or body that makes no sense."""
    return ApiError(400, message)


def unauthorized(message: str) -> ApiError:
    """Return the error for a missing, wrong or expired access token."""
    return ApiError(401, message)


def removed() -> ApiError:
    """Return the error of an endpoint that development mode no longer has."""
    return ApiError(403, "Forbidden")


def missing_scope() -> ApiError:
    """Return the error for a token without the scope that the endpoint needs."""
    return ApiError(403, "Insufficient client scope")


def not_allowlisted() -> ApiError:
    """Return the error for a user whom the app's developer did not register."""
    return ApiError(
        403,
        "The user is not registered for this application. "
        "Please check your settings on https://developer.spotify.com/dashboard.",
    )


def not_premium() -> ApiError:
    """Return the error of player commands for a free account."""
    return ApiError(403, "Player command failed: Premium required", "PREMIUM_REQUIRED")


def owner_not_premium() -> ApiError:
    """Return the error of every call of an app whose owner has no Premium: words, not the error object.

    Source: https://github.com/zmb3/spotify/issues/301.
    """
    return ApiError(
        403,
        "Active premium subscription required for the owner of the app. When the subscription status changes, "
        "it can take a few hours before requests are allowed again.",
        as_text=True,
    )


def restricted_device() -> ApiError:
    """Return the error for a device that takes no commands from the Web API."""
    return ApiError(403, "Player command failed: Restricted device", "UNKNOWN")


def restriction_violated() -> ApiError:
    """Return the error for a command that the player is in no state for."""
    return ApiError(403, "Player command failed: Restriction violated", "UNKNOWN")


def no_active_device() -> ApiError:
    """Return the error for a command while no device plays and none was named."""
    return ApiError(
        404, "Player command failed: No active device found", "NO_ACTIVE_DEVICE"
    )


def not_found() -> ApiError:
    """Return the error for an id that nothing has."""
    return ApiError(404, "Resource not found")


def rate_limited(retry_after: int | str | None) -> ApiError:
    """Return the error of the rolling 30 s limit; `retry_after` in seconds or as the header has it, None for a 429 that does not say."""
    return ApiError(429, "API rate limit exceeded", headers=_wait(retry_after))


def quota_exceeded(retry_after: int | str | None) -> ApiError:
    """Return the error of the developer account's quota; `retry_after` in seconds or as the header has it, None for a 429 that does not say."""
    return ApiError(
        429, "Too many requests", "QUOTA_EXCEEDED", headers=_wait(retry_after)
    )


def _wait(retry_after: int | str | None) -> dict[str, str]:
    return {} if retry_after is None else {hdrs.RETRY_AFTER: str(retry_after)}


def from_refusal(refusal: errors.SpotifyRefusal) -> ApiError:
    """Return how the Web API says what the world refused."""
    match refusal:
        case errors.UnknownDevice():
            return ApiError(404, "Device not found")
        case errors.NoActiveDevice():
            return no_active_device()
        case errors.RestrictedDevice():
            return restricted_device()
        case errors.NotPremium():
            return not_premium()
        case errors.RestrictionViolated():
            return restriction_violated()
        case errors.NotOwner():
            return removed()
        case errors.BadValue():
            return bad_request(f"Invalid {refusal.what}")
        case _:
            return not_found()
