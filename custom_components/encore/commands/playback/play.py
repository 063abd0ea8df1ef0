"""The command that plays media by name somewhere, and what all commands that play share, such as the tracks of an answer."""

from abc import abstractmethod
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from typing import Annotated, Final, override

from homeassistant.components.media_player.const import (
    ATTR_MEDIA_CONTENT_ID,
    ATTR_MEDIA_CONTENT_TYPE,
    ATTR_MEDIA_ENQUEUE,
    ATTR_MEDIA_EXTRA,
    DOMAIN as MEDIA_PLAYER,
    SERVICE_PLAY_MEDIA,
    MediaType,
)
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.exceptions import HomeAssistantError

from ...dispatch.command import Result, SupervisedCommand
from ...dispatch.request_context import RequestContext
from ...questions.base.answer import AnsweredTrack
from ...questions.base.operation import SPOKEN
from ...questions.base.parameters import Described, Form
from ...questions.base.response import MERGED, NOT_DATA
from ...questions.base.scope import HERE
from ...spotify.account import SpotifyAccount
from ...spotify.api.items import SpotifyThing
from ...spotify.api.share_links import Link, NotALink, link_of, read_link
from ...spotify.call_purpose import Priority
from ...spotify.device_rooms import async_area_called, async_room_of_device
from ...spotify.library.search_ranking import FoundIn
from ...spotify.playback_transfer import async_start, async_transfer
from ..accounts import account_of
from ..deduplicate import async_once
from ..errors import NothingInAnswer, NothingToPlay, NotOnSonos
from ..exposure import require_exposed
from ..parameters import AccountParameters
from ..things import SpotifyItem
from .media_resolution import Wanted, async_named, async_wanted
from .playback_request import (
    EXTRA_POSITION,
    ToPlay,
    async_left_at,
    async_queue,
    async_to_play,
)
from .playback_targets import Place, Speaker
from .queue_items import as_played


class PlayType(StrEnum):
    """What can be looked for by name."""

    TRACK = "track"
    ARTIST = "artist"
    ALBUM = "album"
    PLAYLIST = "playlist"
    SHOW = "show"
    EPISODE = "episode"


class Enqueue(StrEnum):
    """What becomes of what is on, in Home Assistant's words."""

    PLAY = "play"
    NEXT = "next"
    ADD = "add"
    REPLACE = "replace"

    @property
    def waits(self) -> bool:
        """Whether what is on goes on first."""
        return self in {Enqueue.NEXT, Enqueue.ADD}


class Way(StrEnum):
    """How something came to where it sounds."""

    SONOS = "sonos"
    """A share link was given to a Sonos speaker."""
    CONNECT = "connect"
    """Spotify Connect was told to play there."""


WHAT: Final = Described(
    Form.THING,
    "What to play: a name, with the artist's if you like, a Spotify URI or a share link. A name is looked up first in what the listener played or saved, then on Spotify.",
    "river aurora",
)
TYPE: Final = Described(
    Form.FILTER,
    "Only a track, an artist, an album, a playlist, a show or an episode with that name.",
    "album",
    list_name="play_type",
    title="Item type",
)
ROOM: Final = Described(
    Form.DEVICE,
    "The room to play in: an area, a speaker, a Spotify device, or here for the room of the voice assistant. Default: that room, the active device, or the device from the account's options.",
    "kitchen",
)
ENQUEUE: Final = Described(
    Form.FILTER,
    "Play now (play, or replace, which clears a Sonos queue first), or later (next, add). Default: replace.",
    "add",
)


class WhereParameters(AccountParameters):
    """Whose account, where, and when."""

    room: Annotated[str | None, ROOM] = None
    enqueue: Annotated[Enqueue, ENQUEUE] = Enqueue.REPLACE


class PlayParameters(WhereParameters):
    """What to play, for whom, where, and when."""

    what: Annotated[str, WHAT]
    type: Annotated[PlayType | None, TYPE] = None


@dataclass(frozen=True, slots=True)
class Sounding:
    """Where something was given to: the player's name, and how."""

    device: str
    way: Way
    room: str | None
    queued: bool


class PlayResult(Result):
    """What plays now, or was queued, where and how."""

    listener: str
    item: SpotifyItem
    found_in: FoundIn
    at: Sounding = field(metadata=MERGED)
    more: int = 0
    """How many other things play after it."""
    repeated: bool = False
    """Whether it had been asked for a moment before, and was not carried out again."""
    instead: bool = field(default=False, metadata=NOT_DATA)
    """Whether nothing was on at the moment that was asked for, and this is what was on before."""


async def async_read(
    context: RequestContext,
    account: SpotifyAccount,
    text: str,
    kind: PlayType | None,
) -> Wanted:
    """Return what a URI, a share link or a name stands for. Raises ShortLink, and as `async_wanted`."""
    try:
        link = link_of(text)
    except NotALink:
        return await async_wanted(context, account, text, kind)
    return await async_named(context, account, link)


@dataclass(frozen=True, slots=True)
class Playing:
    """Who has something played, where, and whether at once."""

    context: RequestContext
    account: SpotifyAccount
    room: str | None
    enqueue: Enqueue

    @property
    def request(self) -> tuple[str | None, ...]:
        """What makes it the same request, beside what is played.

        Where the asker is counts only where they leave the room open: two microphones may hear one sentence.
        """
        here = self.context.query_context.here
        where = here.key if here else None
        if self.room is not None and self.room.casefold() != HERE:
            area = async_area_called(self.context.hass, self.room)
            where = area.key if area else self.room.casefold()
        named = str(self.room is not None)
        return (self.account.listener.key, named, where, self.enqueue)

    def place(self) -> Place | None:
        """Return the place that was named, else where the asker is. Raises as `Place.of`."""
        if self.room is not None:
            return Place.of(self.context, self.room)
        here = self.context.query_context.here
        return Place.of(self.context, here.key) if here else None

    async def async_put(
        self, wanted: Wanted, place: Place | None, more: Sequence[Wanted] = ()
    ) -> PlayResult:
        """Play or queue a thing, and more after it, in a place: by a Sonos speaker if one is there and can, else by Connect.

        Raises CommandError for where nothing can play it, SpotifyError, and the speaker's own error.
        """
        at: Sounding | None = None
        refused: HomeAssistantError | None = None
        if place is not None and (speaker := place.speaker) is not None:
            if speaker.takes(as_played(wanted.link).kind):
                try:
                    at = await self._async_share(speaker, wanted)
                    for each in more:
                        await self._async_share(speaker, each, after=True)
                except HomeAssistantError as err:
                    refused = err
            else:
                refused = NotOnSonos(name=speaker.name, kind=wanted.thing.kind)
        if at is None:
            links = [each.link for each in (wanted, *more)]
            at = await self._async_connect(links, wanted, place, refused)
        return PlayResult(
            self.account.listener.name,
            SpotifyItem.of(wanted.thing),
            wanted.found_in,
            at,
            len(more),
            instead=wanted.instead,
        )

    async def _async_share(
        self, speaker: Speaker, wanted: Wanted, *, after: bool = False
    ) -> Sounding:
        """Give a speaker a share link; behind nothing it plays at once, `after` others at the end. Raises HomeAssistantError."""
        link = as_played(wanted.link)
        queued = self.enqueue.waits and speaker.is_on
        enqueue = Enqueue.PLAY if self.enqueue.waits and not queued else self.enqueue
        if after:
            queued, enqueue = True, Enqueue.ADD
        more: dict[str, object] = {}
        if link.kind == "episode" and speaker.is_ours and not queued:
            left_at = await async_left_at(self.account, link)
            more[ATTR_MEDIA_EXTRA] = {EXTRA_POSITION: (left_at or 0) / 1000}
        await self.context.hass.services.async_call(
            MEDIA_PLAYER,
            SERVICE_PLAY_MEDIA,
            {
                ATTR_ENTITY_ID: speaker.entity_id,
                ATTR_MEDIA_CONTENT_ID: f"https://open.spotify.com/{link.kind}/{link.id}",
                ATTR_MEDIA_CONTENT_TYPE: MediaType.MUSIC,
                ATTR_MEDIA_ENQUEUE: str(enqueue),
                **more,
            },
            blocking=True,
            context=self.context.context,
        )
        room = speaker.room.name if speaker.room else None
        return Sounding(speaker.name, Way.SONOS, room, queued)

    async def _async_connect(
        self,
        links: Sequence[Link],
        wanted: Wanted,
        place: Place | None,
        refused: HomeAssistantError | None,
    ) -> Sounding:
        """Let Spotify Connect play or queue a thing; `refused` is why a speaker there does not."""
        require_exposed(self.context, self.account)
        await self.account.coordinator.async_require_control()
        devices = await self.account.gateway.async_devices(Priority.PERSON)
        device = place.device(devices) if place else None
        if device is None and refused is not None:
            raise refused
        if device is None and place is not None and self.room is not None:
            raise place.missing(devices)
        if device is None:
            device = await self.account.coordinator.async_device_to_play_on()
        active = next((each for each in devices if each.active), None)
        queued = self.enqueue.waits and active is not None
        to_play = await async_to_play(self.account, links, queued=queued)
        if to_play == ToPlay():
            raise NothingToPlay(media_id=wanted.thing.name or wanted.thing.uri)
        gateway = self.account.gateway

        async def begin(what: ToPlay) -> None:
            """Play at once, an episode from where it was left."""
            await async_start(
                gateway,
                device,
                uris=what.uris,
                context_uri=what.context_uri,
                position_ms=await async_left_at(self.account, what.first),
            )

        async def add() -> None:
            """Queue behind what is on, which comes along to the device where it is elsewhere."""
            if active != device:
                await async_transfer(gateway, device)
            await async_queue(gateway, to_play, begin)

        command = add() if queued else begin(to_play)
        await self.account.coordinator.async_command(command)
        room = async_room_of_device(self.context.hass, device.name)
        return Sounding(device.name, Way.CONNECT, room.name if room else None, queued)


class PlayCommand[P: WhereParameters](SupervisedCommand[P, PlayResult]):
    """A command that has something played somewhere; carried out once where it arrives twice."""

    interfaces = SPOKEN

    @override
    async def async_run(self, asked: P, context: RequestContext) -> PlayResult:
        account = account_of(context, asked.listener)
        playing = Playing(context, account, asked.room, asked.enqueue)
        result, repeated = await async_once(
            context.hass,
            (self.key, *self.request(asked, playing), *playing.request),
            partial(self.async_play, asked, playing),
        )
        return replace(result, repeated=repeated)

    @abstractmethod
    def request(self, asked: P, playing: Playing) -> tuple[Hashable, ...]:
        """Return what makes it the same request, beside where it is played."""

    @abstractmethod
    async def async_play(self, asked: P, playing: Playing) -> PlayResult:
        """Find out what is played, and have it played. Raises CommandError, QuestionError and SpotifyError."""


class Play(PlayCommand[PlayParameters]):
    """Music where it is wanted."""

    description = "Plays something in a room, on a speaker or on a device: what a name, a URI or a link stands for. It makes sure that it plays, and says what it took, where it found it, and where it sounds."

    @override
    def request(self, asked: PlayParameters, playing: Playing) -> tuple[Hashable, ...]:
        return (asked.what.strip().casefold(), asked.type)

    @override
    async def async_play(self, asked: PlayParameters, playing: Playing) -> PlayResult:
        place = playing.place()
        wanted = await async_read(
            playing.context, playing.account, asked.what.strip(), asked.type
        )
        return await playing.async_put(wanted, place)


AT_ONCE: Final = 10
"""How many are played, one after the other: about as long as somebody asks for "something"."""


async def async_put_tracks(
    playing: Playing, tracks: Iterable[AnsweredTrack], place: Place | None
) -> PlayResult:
    """Play the first tracks that Spotify knows, in their order. Raises NothingInAnswer, and as `Playing.async_put`."""
    first, *more = _wanted(tracks)[:AT_ONCE] or (None,)
    if first is None:
        raise NothingInAnswer
    return await playing.async_put(first, place, [each for each in more if each])


def _wanted(tracks: Iterable[AnsweredTrack]) -> list[Wanted]:
    """Return what Spotify knows of them, each once."""
    found: dict[str, Wanted] = {}
    for track in tracks:
        link = read_link(track.uri) if track.uri else None
        if link is not None and link.is_single:
            makers = (track.by,) if track.by else ()
            thing = SpotifyThing(
                link.kind, link.uri, track.title, track.by, makers=makers
            )
            found.setdefault(link.uri, Wanted(thing, FoundIn.HISTORY))
    return list(found.values())
