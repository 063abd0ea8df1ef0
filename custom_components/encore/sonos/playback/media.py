"""Plays media in a group: now, next, at the end of the queue, or in its place. Raises SonosError.

A command to a member goes to the speaker that leads its group.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Concatenate, Final, final

from homeassistant.components.media_player.const import MediaPlayerEnqueue as Enqueue

from ..calls import ENQUEUE_TIMEOUT_S
from ..errors import SonosRefused, SpotifyNotLinkedInSonos
from ..household_speakers import HouseholdSpeakers
from ..now_playing import spotify_uri_in
from ..soco_speaker import TIMEOUT_S, SpeakerSoCo
from .directory import Listed, Page, describe, list_all, list_page
from .enqueue import (
    add,
    clear,
    load,
    place_on,
    play_from,
    play_from_queue,
    queue_length,
    remove,
)
from .queue_links import add_shared

_QUEUE: Final = "Q:0"

_MOST: Final = 1000
"""How many places of a queue are searched; it may have 40,000."""


_PLAYED_DIRECTLY: Final = (
    "object.item.audioItem.audioBroadcast",
    "object.item.audioItem.audioBook",
    "object.item.audioItem.linein",
)
_NOT_LINKED: Final[Mapping[str, type[SonosRefused]]] = {"800": SpotifyNotLinkedInSonos}
_NOT_THE_LEADER: Final = "800"
"""Among other things: it also says that a music service is not linked."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What a link to share, or a URI of a music service, names."""

    link: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Playable:
    """A URI as the transport knows it, with its DIDL-Lite."""

    uri: str
    metadata: str = ""


@dataclass(frozen=True, slots=True)
class Stream(Playable):
    """What has no end or no place in a queue, such as a station: it plays instead of the queue, which stays."""


type Thing = Shared | Playable


def as_thing(listed: Listed) -> Thing:
    """Return what plays a listed thing."""
    kind = Stream if listed.kind.startswith(_PLAYED_DIRECTLY) else Playable
    return kind(listed.uri, listed.metadata)


@final
class RoomMedia:
    """What is sent to one zone."""

    def __init__(self, household: HouseholdSpeakers, uid: str) -> None:
        """Take the household, and the uid of the zone."""
        self._household = household
        self._uid = uid

    async def async_put(
        self,
        things: Sequence[Thing],
        enqueue: Enqueue,
        position_ms: int | None = None,
    ) -> None:
        """Play or queue things in their order; what plays at once begins at `position_ms`, where the speaker goes there.

        `play` puts them behind what is on and goes there, `next` only puts them there, `add` puts them at the end,
        `replace` empties the queue first. What is no queue's plays at once in any case. With many, the first one plays
        while the others are still being queued.
        """
        streams = [each for each in things if isinstance(each, Stream)]
        if streams:
            await self._async_at_leader(
                streams[0], _play_directly, streams[0], position_ms
            )
            return
        first, *rest = things
        if enqueue is Enqueue.REPLACE:
            await self._async_at_leader(first, _replace, first, position_ms)
        elif enqueue is Enqueue.ADD:
            await self._async_at_leader(first, _enqueue, first)
        else:
            starts = enqueue is Enqueue.PLAY
            await self._async_behind(things, position_ms, starts=starts)
            return
        for each in rest:
            await self._async_at_leader(each, _enqueue, each)

    async def _async_behind(
        self, things: Sequence[Thing], position_ms: int | None, *, starts: bool
    ) -> None:
        first, *rest = things
        place, length = await self._async_at_leader(first, _enqueue_next, first)
        if starts:
            await self._async_at_leader(first, _play_place, place, position_ms)
        # From the last on, each directly behind the first: whatever comes of one, its length need not be known.
        for each in reversed(rest):
            await self._async_at_leader(
                each, _enqueue, each, place + length, as_next=True
            )

    async def async_play_place(self, place: int) -> None:
        """Play the queue from a place, counted from 1."""
        await self._async_at_leader(None, play_from_queue, place)

    async def async_go_on(self, uri: str, ms: int, within: str | None = None) -> bool:
        """Go on with a track of Spotify at a position (ms), where it stands in the queue, else `within` what a link names.

        Return whether it stands in either; otherwise the queue is as it was.
        """
        if await self._async_at_leader(Shared(uri), go_on_in_queue, uri, ms):
            return True
        if within is None:
            return False
        return await self._async_at_leader(
            Shared(within), go_on_in_list, uri, ms, within
        )

    async def async_clear(self) -> None:
        """Empty the queue."""
        await self._async_at_leader(None, clear)

    async def async_list(self, object_id: str, start: int, count: int) -> Page:
        """Return a part of a list: favourites, playlists, library; a queue is that of the group."""
        return await self._async_at_leader(None, list_page, object_id, start, count)

    async def async_described(self, object_id: str) -> Listed | None:
        """Return one thing of a list. Raises SonosNotNow for none (701)."""
        return await self._async_at_leader(None, describe, object_id)

    async def _async_at_leader[**P, T](
        self,
        thing: Thing | None,
        call: Callable[Concatenate[SpeakerSoCo, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Call the leader of the group; another one, where the speaker says that it no longer leads."""
        household = self._household
        refusals = _NOT_LINKED if thing is not None and _is_spotify(thing) else None
        timeout_s = TIMEOUT_S if thing is None else ENQUEUE_TIMEOUT_S

        def send(soco: SpeakerSoCo) -> T:
            return call(soco, *args, **kwargs)

        await household.async_settled()
        leader = household.topology.coordinator_of(self._uid)
        try:
            answer = await household.async_call(leader, send, timeout_s, refusals)
        except SonosRefused as err:
            if err.code != _NOT_THE_LEADER:
                raise
            await household.async_refresh_topology()
            now = household.topology.coordinator_of(self._uid)
            if now == leader:
                raise
            leader = now
            answer = await household.async_call(leader, send, timeout_s, refusals)
        if thing is not None:
            await household.async_refresh(leader)
        return answer


def _is_spotify(thing: Thing) -> bool:
    return "spotify" in (thing.link if isinstance(thing, Shared) else thing.uri)


def _play_directly(soco: SpeakerSoCo, stream: Stream, position_ms: int | None) -> None:
    load(soco, stream.uri, stream.metadata)
    play_from(soco, position_ms)


def _play_place(soco: SpeakerSoCo, place: int, position_ms: int | None) -> None:
    play_from_queue(soco, place, start=False)
    play_from(soco, position_ms)


def _replace(soco: SpeakerSoCo, thing: Thing, position_ms: int | None) -> None:
    """Queue a thing alone and play it; what cannot be queued leaves the queue as it was."""
    place = _enqueue(soco, thing)
    remove(soco, 1, place - 1)
    _play_place(soco, 1, position_ms)


def _enqueue(
    soco: SpeakerSoCo, thing: Thing, place: int = 0, *, as_next: bool = False
) -> int:
    if isinstance(thing, Shared):
        return add_shared(soco, thing.link, thing.title, place, as_next=as_next)
    return add(soco, thing.uri, thing.metadata, place, as_next=as_next)


def _enqueue_next(soco: SpeakerSoCo, thing: Thing) -> tuple[int, int]:
    """Queue a thing behind the one that is on, first where the queue does not play; return its place and its length."""
    before = queue_length(soco)
    place = _enqueue(soco, thing, place_on(soco) + 1, as_next=True)
    return place, queue_length(soco) - before


def go_on_in_queue(soco: SpeakerSoCo, uri: str, ms: int) -> bool:
    """Play a track from its place in the queue, at a position in ms; return whether it stands there."""
    if not (place := _place_of(soco, uri)):
        return False
    play_from_queue(soco, place, start=False)
    play_from(soco, ms)
    return True


def go_on_in_list(soco: SpeakerSoCo, uri: str, ms: int, link: str) -> bool:
    """Queue what a link to share names, in place of all else, and go on with a track of it; return whether it has the track.

    Otherwise the queue is as it was. Raises as `add_shared`.
    """
    first = add_shared(soco, link)
    if _place_of(soco, uri, first):
        remove(soco, 1, first - 1)
        return go_on_in_queue(soco, uri, ms)
    remove(soco, first, queue_length(soco) - first + 1)
    return False


def _place_of(soco: SpeakerSoCo, uri: str, first: int = 1) -> int:
    """Return at which place of the queue a track stands, from one on and counted from 1; 0 where it does not."""
    for place, listed in enumerate(list_all(soco, _QUEUE, _MOST), 1):
        if place >= first and spotify_uri_in(listed.uri) == uri:
            return place
    return 0
