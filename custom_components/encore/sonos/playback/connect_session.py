"""Finds the account of the Spotify Connect session on a speaker, and resumes it there."""

from collections.abc import Callable, Collection
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from homeassistant.core import HomeAssistant

from ...const import LOGGER
from ...listeners.linked_listeners import loaded_accounts
from ...spotify.api.playback import ConnectDevice, Playback
from ...spotify.call_purpose import Priority
from ...spotify.device_choice import usable
from ...spotify.errors import CommandRefused, SpotifyError
from ...spotify.playback_transfer import async_start
from ..errors import RestoreAccountAway, RestoreListensElsewhere, RestoreNotSeen

if TYPE_CHECKING:
    from ...spotify.account import SpotifyAccount


@dataclass(frozen=True, slots=True)
class ConnectSession:
    """What an account played on a speaker, as plain data. `listener` is the key of the account's listener."""

    listener: str
    device: str
    """The name of the device, which is that of the room or group."""
    track_uri: str
    context_uri: str | None = None
    shuffle: bool = False
    repeat: str = "off"
    """In Spotify's words: `off`, `track` or `context`."""
    device_id: str | None = None


async def async_session_on(
    hass: HomeAssistant, rooms: Collection[str], track_uri: str | None
) -> ConnectSession | None:
    """Return the session of a linked account that plays a track on one of some rooms, by their names; None if none does.

    What the accounts were last seen with is believed where it fits; otherwise each is asked.
    """
    accounts = loaded_accounts(hass)
    seen = [(account, account.coordinator.seen) for account in accounts]
    for account, playback in seen:
        if playback and _fits(playback, rooms, track_uri) == 2:
            return _session(account, playback, track_uri)
    found: list[tuple[int, ConnectSession]] = []
    for account in accounts:
        try:
            playback = await account.gateway.async_playback(Priority.PERSON)
        except SpotifyError as err:
            LOGGER.debug("Whether a session is of an account is not known: %s", err)
            continue
        if fit := _fits(playback, rooms, track_uri):
            found.append((fit, _session(account, playback, track_uri)))
    return max(found, key=lambda pair: pair[0])[1] if found else None


async def async_resume(
    hass: HomeAssistant, session: ConnectSession, room: str, position_ms: int
) -> None:
    """Let Spotify play what a session played, in a room, from a position in the track.

    Raises RestoreAccountAway, RestoreNotSeen, and SpotifyError.
    """
    account = _account(hass, session, room)
    device = await _async_device(account, session, room)
    await account.coordinator.async_command(
        _async_start(account, session, device, position_ms)
    )


async def async_load_paused(
    hass: HomeAssistant,
    session: ConnectSession,
    room: str,
    position_ms: int,
    silenced: Callable[[], AbstractAsyncContextManager[None]],
) -> None:
    """Let a session be as it was when it was paused: its track in the room, at its position, and silent.

    Spotify loads nothing without playing it, so it plays for a moment while the rooms are `silenced`. Raises as
    `async_resume`, and RestoreListensElsewhere where the account plays on another device by now.
    """
    account = _account(hass, session, room)
    now = await account.gateway.async_playback(Priority.PERSON)
    if now.playing and now.device and device_for([now.device], session, room) is None:
        raise RestoreListensElsewhere(speaker=room)
    device = await _async_device(account, session, room)

    async def load() -> None:
        async with silenced():
            await _async_start(account, session, device, position_ms)
            await account.gateway.async_pause()
            await account.gateway.async_seek(position_ms)

    await account.coordinator.async_command(load())


def _account(hass: HomeAssistant, session: ConnectSession, room: str) -> SpotifyAccount:
    """Return the account of a session. Raises RestoreAccountAway."""
    for account in loaded_accounts(hass):
        if account.listener.key == session.listener:
            return account
    raise RestoreAccountAway(speaker=room)


async def _async_device(
    account: SpotifyAccount, session: ConnectSession, room: str
) -> ConnectDevice:
    """Return the device that a session played on, or that of the room. Raises RestoreNotSeen and SpotifyError."""
    devices = await account.gateway.async_devices(Priority.PERSON)
    if (device := device_for(devices, session, room)) is None:
        raise RestoreNotSeen(speaker=room)
    return device


def device_for(
    devices: Collection[ConnectDevice], session: ConnectSession, room: str
) -> ConnectDevice | None:
    """Return the device on which a session goes on: its own, by id or name, else that of the room, alone or with others."""
    able = usable(devices)
    names = (session.device, room)
    return next(
        chain(
            (each for each in able if each.id == session.device_id),
            (each for name in names for each in able if _is_called(each, name)),
        ),
        None,
    )


async def _async_start(
    account: SpotifyAccount,
    session: ConnectSession,
    device: ConnectDevice,
    position_ms: int,
) -> None:
    gateway = account.gateway
    alone = partial(
        async_start,
        gateway,
        device,
        uris=[session.track_uri],
        position_ms=position_ms,
    )
    if session.context_uri is None:
        await alone()
    else:
        try:
            await async_start(
                gateway,
                device,
                context_uri=session.context_uri,
                begin_with=session.track_uri,
                position_ms=position_ms,
            )
        except CommandRefused as err:
            # A list that Spotify made for somebody, or one that the track has left since.
            LOGGER.debug("The track is played without its list: %s", err)
            await alone()
    await gateway.async_set_shuffle(session.shuffle)
    await gateway.async_set_repeat(session.repeat)


def _session(
    account: SpotifyAccount, playback: Playback, track_uri: str | None
) -> ConnectSession:
    item = playback.item
    return ConnectSession(
        listener=account.listener.key,
        device=playback.device.name if playback.device else "",
        device_id=playback.device.id if playback.device else None,
        track_uri=track_uri or (item.uri if item else ""),
        context_uri=playback.context_uri,
        shuffle=playback.shuffle or False,
        repeat=playback.repeat or "off",
    )


def _fits(playback: Playback, names: Collection[str], track_uri: str | None) -> int:
    """Return how well what an account plays fits: 2 by room and track, 1 by one of them, 0 by none."""
    if playback.item is None:
        return 0
    device = playback.device
    on_it = device is not None and any(_is_called(device, name) for name in names)
    return int(on_it) + int(playback.item.uri == track_uri)


def _is_called(device: ConnectDevice, room: str) -> bool:
    """Whether a device is a room, or the group that it leads: Spotify calls that `Kitchen + 1`."""
    name, room_name = device.name.casefold(), room.casefold()
    return bool(room_name) and (name == room_name or name.startswith(f"{room_name} + "))
