"""The command that replays a time range: in its rooms and at its volumes, or elsewhere."""

from collections.abc import Sequence
from dataclasses import field, replace
from functools import partial
from typing import Annotated, Any, Final, Self, override

from msgspec import Struct

from homeassistant.core import HomeAssistant

from ...dispatch.command import Result, SupervisedCommand
from ...dispatch.request_context import RequestContext
from ...questions.base.answer import WindowAnswer
from ...questions.base.parameters import Described, Form
from ...questions.base.response import called
from ...questions.base.scope import WindowParameters
from ...settings.options import replay_volume
from ...sonos.errors import SpeakerUnreachable, SpotifyNotLinkedInSonos
from ...spotify.call_purpose import Priority
from ...spotify.device_rooms import async_area_called
from ...spotify.errors import SpotifyError
from ..accounts import account_of
from ..deduplicate import async_once
from ..errors import (
    AccountNotReady,
    NoAccount,
    NoHousehold,
    NoSonosRoom,
    NothingCanReplay,
    UnknownReplayRoom,
    listed,
)
from ..exposure import require_exposed
from ..parameters import ACCOUNT
from ..sonos.sonos_rooms import SonosRoom, of_one_household, rooms_of
from .past_playback import (
    Missing,
    PastPlays,
    ReplayedPlay,
    ReplayItem,
    RoomThen,
    async_past_plays,
)
from .play import Way
from .playback_targets import Place
from .replay_methods import OnDevice, OnSpeakers, ReplayWay, RoomAgain

ONTO: Final = Described(
    Form.ROOM,
    "Where to play: an area or several Sonos rooms, which are grouped, or a Spotify device. Default: where it played.",
    "living room",
)
WITH_GROUP: Final = Described(
    Form.FLAG,
    "Restores the groups and volumes from the start of the time period, up to the maximum replay volume. Otherwise only the music plays, in one room and its current group.",
    example=True,
    title="Restore groups",
)
RESUME: Final = Described(
    Form.FLAG, "Continues what was interrupted last, from its position.", example=True
)
DRY_RUN: Final = Described(
    Form.FLAG, "Only returns what would play, and where.", example=True
)
THROUGH: Final = replace(
    ACCOUNT,
    title="Account",
    description="The Spotify account that plays where there is no Sonos speaker. Default: your own, or the only one.",
)


class ReplayParameters(WindowParameters):
    """Which past plays to replay, where, and whether only to preview it."""

    onto: Annotated[str | tuple[str, ...] | None, ONTO] = None
    account: Annotated[str | None, THROUGH] = None
    with_group: Annotated[bool, WITH_GROUP] = False
    resume: Annotated[bool, RESUME] = False
    dry_run: Annotated[bool, DRY_RUN] = False


class RoomNow(Struct, frozen=True, kw_only=True):
    """A room that replays, its volume now, and its volume then (percent)."""

    room: str
    volume: int | None
    volume_then: int | None


class ReplayResult(WindowAnswer, Result, kw_only=True):
    """What plays again, or would; where and how, None where it cannot be for the `problem`."""

    dry_run: bool = field(metadata=called("preview"))
    way: Way | None
    onto: tuple[RoomNow, ...] = field(metadata=called("target_room"))
    count: int = field(metadata=called("play_count"))
    plays: tuple[ReplayedPlay, ...]
    not_found: tuple[ReplayedPlay, ...]
    problem: str | None = None
    repeated: bool = False
    """Whether it had been asked for a moment before, and was not carried out again."""

    @classmethod
    def of(
        cls,
        past: PastPlays,
        things: Sequence[ReplayItem],
        way: ReplayWay | None,
        **others: Any,
    ) -> Self:
        """Return what came of things on the way that they were heard again, if there is one."""
        scope = past.scope
        able, missing = (
            tuple(
                ReplayedPlay.of_replay(each, scope)
                for each in things
                if (each.missing is None) is can
            )
            for can in (True, False)
        )
        return cls(
            scope=scope,
            when=past.when,
            way=way.way if way else None,
            onto=tuple(
                RoomNow(room=each.name, volume=each.percent, volume_then=each.then)
                for each in (way.rooms if way else ())
            ),
            count=len(able),
            plays=able,
            not_found=missing,
            **others,
        )

    @property
    def names(self) -> list[str]:
        """Where."""
        return [each.room for each in self.onto]


class Replay(SupervisedCommand[ReplayParameters, ReplayResult]):
    """An evening once more."""

    description = "Plays a past time period again, in order, where it played or in another room. The group and volumes of that time can be restored. A preview plays nothing."
    everyday = True

    @override
    async def async_run(
        self, asked: ReplayParameters, context: RequestContext
    ) -> ReplayResult:
        if asked.dry_run:
            return await _async_replayed(asked, context)
        query_context = context.query_context
        # What one caller may hear of, another may not.
        who = query_context.me, query_context.hidden, query_context.here
        result, repeated = await async_once(
            context.hass,
            (self.key, asked, who),
            partial(_async_replay, asked, context),
        )
        return replace(result, repeated=repeated)


async def _async_replayed(
    asked: ReplayParameters, context: RequestContext
) -> ReplayResult:
    """Return what would play, and what cannot be found; nothing is touched."""
    past = await async_past_plays(context, asked, interrupted=asked.resume)
    try:
        way = await _async_way(asked, context, past)
    except (NoAccount, AccountNotReady, SpotifyError) as err:
        away = tuple(
            replace(each, missing=each.missing or Missing.ACCOUNT_AWAY)
            for each in past.things
        )
        return ReplayResult.of(past, away, None, dry_run=True, problem=str(err))
    return ReplayResult.of(past, way.preview(past.things), way, dry_run=True)


async def _async_replay(
    asked: ReplayParameters, context: RequestContext
) -> ReplayResult:
    past = await async_past_plays(context, asked, interrupted=asked.resume)
    way = await _async_way(asked, context, past)
    if all(each.missing is not None for each in way.preview(past.things)):
        reasons = {str(each.missing) for each in past.things}
        raise NothingCanReplay(count=str(len(past.things)), reasons=listed(reasons))
    try:
        things = await way.async_play(past.things)
    except SpotifyNotLinkedInSonos:
        # The account may reach the speaker all the same.
        named = Place.of(context, way.rooms[0].name)
        way = await _async_on_device(asked, context, named, way.rooms[0])
        things = await way.async_play(past.things)
    return ReplayResult.of(past, things, way, dry_run=False)


async def _async_way(
    asked: ReplayParameters, context: RequestContext, past: PastPlays
) -> ReplayWay:
    """Return how and where it is heard again.

    Raises CommandError, UnknownHere, SonosError where a room that was named is away, and SpotifyError.
    """
    then = past.rooms_then
    if asked.onto is None:
        return await _async_where_it_was(asked, context, past, then)
    names = (asked.onto,) if isinstance(asked.onto, str) else asked.onto
    try:
        speakers = rooms_of(context, names)
    except NoHousehold, NoSonosRoom:
        if len(names) > 1:
            # Only Sonos rooms play together.
            raise
        place = Place.of(context, names[0])
        percent = then[0].percent if then else None
        again = _again(context.hass, place.named, percent, loud=asked.with_group)
        return await _async_on_device(asked, context, place, again)
    for speaker in speakers:
        if not speaker.zone.available:
            raise SpeakerUnreachable(speaker=speaker.name)
    return _on_speakers(asked, context, speakers, then)


async def _async_where_it_was(
    asked: ReplayParameters,
    context: RequestContext,
    past: PastPlays,
    then: Sequence[RoomThen],
) -> ReplayWay:
    """Return how it is heard again where it was heard. Raises UnknownReplayRoom where nobody knows where that was."""
    wanted = then if asked.with_group else then[:1]
    speakers: dict[str, SonosRoom] = {}
    for each in wanted:
        found = _speakers_in(context, each)
        speakers |= {one.zone.uid: one for one in found if one.zone.available}
    if speakers:
        return _on_speakers(asked, context, [*speakers.values()], then)
    if then:
        room, percent = then[0].room, then[0].percent
        known = async_area_called(context.hass, room.key) is not None
        named = room.key if known else room.name
    elif past.first.device is not None:
        named, percent = past.first.device.name, None
    else:
        raise UnknownReplayRoom
    place = Place.of(context, named)
    again = _again(context.hass, place.named, percent, loud=asked.with_group)
    return await _async_on_device(asked, context, place, again)


def _on_speakers(
    asked: ReplayParameters,
    context: RequestContext,
    speakers: Sequence[SonosRoom],
    then: Sequence[RoomThen],
) -> OnSpeakers:
    """Return Sonos rooms as a way; one that has no volume of that time gets that of the first room of then."""
    of_one_household(speakers)
    known = {
        one.zone.uid: each.percent
        for each in then
        for one in _speakers_in(context, each)
    }
    first = then[0].percent if then else None
    rooms = tuple(
        _again(
            context.hass,
            one.name,
            known.get(one.zone.uid, first),
            loud=asked.with_group,
        )
        for one in speakers
    )
    if asked.onto is None and not asked.with_group:
        # Of an area with several speakers one is enough: the others play with it, or did not.
        speakers, rooms = speakers[:1], rooms[:1]
    return OnSpeakers(tuple(speakers), rooms, together=asked.with_group)


def _speakers_in(context: RequestContext, then: RoomThen) -> list[SonosRoom]:
    """Return the Sonos rooms that stand for a room of then; none where there is none now."""
    try:
        return rooms_of(context, [then.room.key])
    except NoHousehold, NoSonosRoom:
        return []


def _again(
    hass: HomeAssistant, name: str, then: int | None, *, loud: bool
) -> RoomAgain:
    """Return a room with its volume, no louder than the options allow; `loud` is whether it is set at all."""
    if then is None or not loud:
        return RoomAgain(name, None, then)
    return RoomAgain(name, min(then, replay_volume(hass)), then)


async def _async_on_device(
    asked: ReplayParameters,
    context: RequestContext,
    place: Place,
    room: RoomAgain,
) -> OnDevice:
    """Return a device of a place as a way. Raises CommandError and SpotifyError."""
    account = account_of(context, asked.account)
    require_exposed(context, account)
    devices = await account.gateway.async_devices(Priority.PERSON)
    device = place.device(devices)
    if device is None:
        raise place.missing(devices)
    return OnDevice(account, device, (room,))
