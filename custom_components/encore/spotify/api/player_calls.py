"""Typed calls to an account's player."""

from collections.abc import Hashable
from dataclasses import dataclass
import time
from typing import Any, ClassVar, Final, final

from ...runtime.moments import now_ms
from ..budget.response_cache import Answered
from ..call_purpose import Priority, Purpose
from ..errors import AnswerUnreadable
from .gateway import Call, Gateway, due
from .items import SpotifyThing, read_thing
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
from .response_fields import list_of, object_of

RECENT_LIMIT: Final = 50


@final
class SpotifyGateway(Gateway):
    """The way to Spotify for one account, with the calls of its player."""

    async def async_profile(self, priority: Priority = Priority.PERSON) -> Profile:
        """Return who the account belongs to, for a person unless said otherwise."""
        answer = await self.async_call(
            lambda client: client.me(),
            purpose=Purpose.PROFILE,
            priority=priority,
        )
        profile = read_profile(due(answer))
        if profile is None:
            raise AnswerUnreadable("a profile without an id")
        return profile

    async def async_playback(self, priority: Priority = Priority.PLAYBACK) -> Playback:
        """Look at the player. Its time is the middle of the call, by our own clock."""
        sent_at = now_ms()
        answer = await self.async_call(
            lambda client: client.current_playback(additional_types="track,episode"),
            purpose=Purpose.PLAYER,
            priority=priority,
            key="playback",
        )
        return read_playback(
            None if answer is None else due(answer),
            (sent_at + now_ms()) // 2,
            round(time.monotonic() * 1000),
        )

    async def async_devices(
        self, priority: Priority = Priority.PLAYBACK
    ) -> tuple[ConnectDevice, ...]:
        """Return the players that Spotify Connect sees now, for what is about to use one."""
        answer = await self.async_call(
            lambda client: client.devices(),
            purpose=Purpose.DEVICES,
            priority=priority,
            key="devices",
        )
        return self._seen(answer)

    async def async_recent_devices(self) -> Answered[tuple[ConnectDevice, ...]]:
        """Return, for a person, the players that Spotify Connect saw within half a minute; before that, where it can not be asked."""
        answered = await self.async_read(
            lambda client: client.devices(),
            purpose=Purpose.DEVICES,
            priority=Priority.PERSON,
            key="devices",
        )
        return answered.read(self._seen)

    def _seen(self, answer: object) -> tuple[ConnectDevice, ...]:
        devices = read_devices(due(answer))
        self.saw(devices)
        return devices

    async def async_recently_played(
        self, *, after: int | None = None, before: int | None = None
    ) -> RecentPage:
        """Return up to 50 plays that ended after, or before, a moment (UTC ms, our own clock), newest first."""
        ahead = self.ahead_ms
        answer = await self.async_call(
            lambda client: client.current_user_recently_played(
                limit=RECENT_LIMIT,
                after=None if after is None else after + ahead,
                before=None if before is None else before + ahead,
            ),
            purpose=Purpose.RECENTLY_PLAYED,
            priority=Priority.HISTORY,
        )
        return read_recent(due(answer), self.ahead_ms)

    async def async_play(
        self,
        *,
        device_id: str | None = None,
        uris: list[str] | None = None,
        context_uri: str | None = None,
        begin_with: str | None = None,
        position_ms: int | None = None,
    ) -> None:
        """Play items or a context, from its first item or the URI `begin_with`; without either, resume."""
        self.require_approved(device_id)
        await self._async_command(
            lambda client: client.start_playback(
                device_id=device_id,
                uris=uris,
                context_uri=context_uri,
                offset={"uri": begin_with} if begin_with else None,
                position_ms=position_ms,
            )
        )

    async def async_pause(self) -> None:
        """Pause the active device."""
        await self._async_command(lambda client: client.pause_playback())

    async def async_next(self) -> None:
        """Skip to the next item."""
        await self._async_command(lambda client: client.next_track())

    async def async_previous(self) -> None:
        """Go back to the start of the item, or to the one before."""
        await self._async_command(lambda client: client.previous_track())

    async def async_seek(self, position_ms: int) -> None:
        """Go to a position of the item."""
        await self._async_command(lambda client: client.seek_track(position_ms))

    async def async_set_volume(self, percent: int) -> None:
        """Set the active device's volume, 0 to 100."""
        await self._async_command(lambda client: client.volume(percent))

    async def async_set_shuffle(self, shuffle: bool) -> None:
        """Play in random order, or not."""
        await self._async_command(lambda client: client.shuffle(shuffle))

    async def async_set_repeat(self, repeat: str) -> None:
        """Repeat `track`, `context` or `off`."""
        await self._async_command(lambda client: client.repeat(repeat))

    async def async_transfer(self, device_id: str) -> None:
        """Move the playback to a device; it goes on playing or stays paused as it was."""
        self.require_approved(device_id)
        await self._async_command(
            lambda client: client.transfer_playback(device_id, force_play=False)
        )

    async def async_add_to_queue(self, uri: str) -> None:
        """Add a track or episode to the queue of the active device."""
        await self._async_command(lambda client: client.add_to_queue(uri))

    async def _async_command(self, call: Call[object]) -> None:
        await self.async_call(call, purpose=Purpose.COMMAND, priority=Priority.PERSON)


@dataclass(frozen=True, slots=True)
class Queue:
    """What is on, and what comes, in its order. Advertisements and removed items are left out."""

    on: SpotifyThing | None = None
    coming: tuple[SpotifyThing, ...] = ()


async def async_queue(gateway: SpotifyGateway) -> Queue:
    """Read the queue for a person who waits; it is empty where no player is on. Raises SpotifyError."""
    answer = await gateway.async_call(
        lambda client: client.queue(),
        purpose=Purpose.QUEUE,
        priority=Priority.PERSON,
        key="queue",
    )
    if answer is None:
        return Queue()
    queue = object_of(due(answer))
    coming = (read_thing(row) for row in list_of(queue.get("queue")))
    return Queue(
        read_thing(queue.get("currently_playing")),
        tuple(thing for thing in coming if thing is not None),
    )


class TypedCalls:
    """Calls through an account's gateway; each raises a SpotifyError when it fails."""

    purpose: ClassVar[Purpose]
    """What the calls are counted as, unless one says otherwise."""

    def __init__(
        self, gateway: SpotifyGateway, priority: Priority = Priority.PERSON
    ) -> None:
        """Call through an account's gateway, at a priority."""
        self._gateway = gateway
        self._priority = priority

    async def _async_call(
        self,
        call: Call[object],
        key: Hashable | None = None,
        purpose: Purpose | None = None,
    ) -> object:
        """Make one call. Equal keys in flight at once share one answer."""
        return await self._gateway.async_call(
            call, purpose=purpose or self.purpose, priority=self._priority, key=key
        )

    async def _async_read(
        self,
        call: Call[Any],
        key: Hashable,
        max_age_s: float | None = None,
        purpose: Purpose | None = None,
    ) -> Answered[Any]:
        """Read what seldom changes, from the cache where it is not older than `max_age_s` or than suits the purpose."""
        return await self._gateway.async_read(
            call,
            purpose=purpose or self.purpose,
            priority=self._priority,
            key=key,
            max_age_s=max_age_s,
        )
