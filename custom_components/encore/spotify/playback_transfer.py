"""Transfers or starts playback on a device, and verifies it.

Spotify answers both with 204 whether it happens or not: a speaker that is switched off stays listed for a while.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from .api.playback import ConnectDevice, Playback
from .api.player_calls import SpotifyGateway
from .call_purpose import Priority
from .errors import RateLimited, RestrictedDevice, TransferIgnored, Unavailable

LOOKS_AFTER_S: Final = (0.3, 0.9, 2.0)
"""Waits between the looks, in seconds: the first finds most, and within the last a speaker has woken up."""

_AT_ITS_BEGINNING_MS: Final = 10_000
"""This near to where it had to begin, what plays under another URI is the same: Spotify plays some tracks by another release."""


async def async_transfer(
    gateway: SpotifyGateway, device: ConnectDevice, *, play: bool = False
) -> None:
    """Move the playback to a device, and return once it is there; `play` starts it in any case.

    Raises RestrictedDevice, TransferIgnored when Spotify accepted and did nothing, and SpotifyError.
    """
    if device.id is None or device.restricted:
        raise RestrictedDevice
    await gateway.async_transfer(device.id)

    async def is_there() -> bool:
        devices = await gateway.async_devices(Priority.PERSON)
        return any(seen.active and _same(seen, device) for seen in devices)

    if not await _async_came_true(is_there):
        raise TransferIgnored(device=device.name)
    if play and not (await gateway.async_playback(Priority.PERSON)).playing:
        await async_start(gateway, device)


async def async_start(
    gateway: SpotifyGateway,
    device: ConnectDevice,
    *,
    uris: Sequence[str] = (),
    context_uri: str | None = None,
    begin_with: str | None = None,
    position_ms: int | None = None,
) -> None:
    """Play items or a context on a device, or resume there, and return once it sounds; a context `begin_with` an item.

    Raises RestrictedDevice, TransferIgnored when Spotify accepted and did nothing, and SpotifyError.
    """
    if device.id is None or device.restricted:
        raise RestrictedDevice
    await gateway.async_play(
        device_id=device.id,
        uris=list(uris) or None,
        context_uri=context_uri,
        begin_with=begin_with,
        position_ms=position_ms,
    )

    async def sounds() -> bool:
        seen = await gateway.async_playback(Priority.PERSON)
        on_it = seen.device is not None and _same(seen.device, device)
        return on_it and seen.playing and (
            _is_requested(seen, uris, context_uri)
            or abs((seen.progress_ms or 0) - (position_ms or 0)) <= _AT_ITS_BEGINNING_MS
        )  # fmt: skip

    if not await _async_came_true(sounds):
        raise TransferIgnored(device=device.name)


async def _async_came_true(look: Callable[[], Awaitable[bool]]) -> bool:
    """Whether a look finds what Spotify accepted. Where the player cannot be polled, that counts: sent again, it would be done twice."""
    for wait in LOOKS_AFTER_S:
        await asyncio.sleep(wait)
        try:
            if await look():
                return True
        except RateLimited, Unavailable:
            return True
    return False


def _is_requested(seen: Playback, uris: Sequence[str], context_uri: str | None) -> bool:
    if context_uri is not None:
        return seen.context_uri == context_uri
    return not uris or (seen.item is not None and seen.item.uri in uris)


def _same(seen: ConnectDevice, device: ConnectDevice) -> bool:
    return seen.id == device.id
