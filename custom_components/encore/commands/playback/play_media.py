"""The action that plays media, by name or chosen from the listening history; and the commands for answers, habits and forgotten favorites."""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from enum import StrEnum
import json
from typing import TYPE_CHECKING, Annotated, Any, Final, override

from ...access.policy import AccessLevel
from ...dispatch.command import Choice, Command, part_of
from ...dispatch.dispatcher import async_ask
from ...history.model import ThingOf, TopOf
from ...questions.all_questions import QUESTIONS
from ...questions.base.answer import Answer, AnsweredThing
from ...questions.base.errors import BadParameter
from ...questions.base.parameters import Described, Form, read
from ...questions.count import CountAnswer
from ...questions.naming.named_items import Named
from ...questions.plays import PlaysAnswer
from ...questions.top import TopAnswer
from ...questions.when_heard import FirstAndLastPlayAnswer
from ...spotify.api.share_links import read_link
from ..errors import NothingInAnswer
from ..playlists.make_playlist import ASKED, asked_with
from .media_resolution import Wanted, async_named, async_wanted
from .play import (
    TYPE,
    WHAT,
    Play,
    PlayCommand,
    Playing,
    PlayParameters,
    PlayResult,
    PlayType,
    WhereParameters,
    async_put_tracks,
)
from .play_again import HEARD_BY, HEARD_IN, MOMENT, PlayAgain, PlayAgainParameters

if TYPE_CHECKING:

    class AnsweredQuestion(StrEnum):
        """The questions of whose answers something can be played."""

else:
    AnsweredQuestion = StrEnum(
        "AnsweredQuestion",
        {
            each.key.upper(): each.key
            for each in QUESTIONS
            if each.holds_tracks or "thing" in {one.name for one in each.parameters}
        },
    )
from abc import abstractmethod
import random

from ...dispatch.request_context import RequestContext
from ...history.model import By, Kind, Window
from ...history.queries.history_queries import HistoryQueries
from ...history.queries.usual_now import usual
from ...history.time_ranges.local_clock import back
from ...questions.base.answer import AnsweredTrack, tracks_of_top
from ...questions.base.scope import WhoParameters, scope_of
from ...questions.forgotten_favourites import (
    ForgottenFavourites,
    ForgottenFavouritesParameters,
)
from ...questions.naming.listener_choice import asking_about
from ...runtime.store.history_service import DATA_HISTORY
from ..errors import NothingUsual
from .play import AT_ONCE

CHOSEN_FROM: Final = 50
"""Of how many of the most loved some are played: never the same ten."""
LOOKED_BACK: Final = 1
"""How many years count: habits change."""

type Names = str | tuple[str, ...]


class SuggestionParameters(WhereParameters):
    """Whose listening it goes by, and for whom and where to play."""

    heard_by: Annotated[str | tuple[str, ...] | None, HEARD_BY] = None


class _PlaySuggestion(PlayCommand[SuggestionParameters]):
    """Tracks that are chosen by what somebody heard."""

    @override
    def request(
        self, asked: SuggestionParameters, playing: Playing
    ) -> tuple[Hashable, ...]:
        return (_by(asked, playing),)

    @override
    async def async_play(
        self, asked: SuggestionParameters, playing: Playing
    ) -> PlayResult:
        place = playing.place()
        tracks = await self.async_tracks(_by(asked, playing), playing)
        return await async_put_tracks(playing, tracks, place)

    @abstractmethod
    async def async_tracks(self, by: Names, playing: Playing) -> list[AnsweredTrack]:
        """Return what is played. Raises QuestionError and CommandError."""


class PlayForNow(_PlaySuggestion):
    """What fits the hour."""

    description = "Plays what is usually heard at this hour of this weekday, in a room, on a speaker or on a device: by the plays of the last year."

    @override
    async def async_tracks(self, by: Names, playing: Playing) -> list[AnsweredTrack]:
        if tracks := await _async_usual(playing.context, by):
            return list(tracks)
        raise NothingUsual(name=playing.account.listener.name)


class PlayForgotten(_PlaySuggestion):
    """Once more, after a long time."""

    description = "Plays some tracks that were heard much once and have not been heard for half a year, in a room, on a speaker or on a device."

    @override
    async def async_tracks(self, by: Names, playing: Playing) -> list[AnsweredTrack]:
        asked = ForgottenFavouritesParameters(listener=by, limit=CHOSEN_FROM)
        answer = await async_ask(ForgottenFavourites(), asked, playing.context)
        return random.sample(answer.tracks, len(answer.tracks))


def _by(asked: SuggestionParameters, playing: Playing) -> Names:
    return asked.heard_by or playing.account.listener.key


async def _async_usual(context: RequestContext, by: Names) -> tuple[AnsweredTrack, ...]:
    """Return what listeners usually hear now, the most usual first. Raises UnknownListener."""
    asked = WhoParameters(listener=by)

    def read(queries: HistoryQueries) -> tuple[AnsweredTrack, ...]:
        query_context = asking_about(queries, asked, context.query_context)
        clock = query_context.clock
        filters = scope_of(queries, asked, query_context).filters
        filters["kinds"] = (Kind.TRACK,)
        year = Window(back(clock, LOOKED_BACK, "year"), clock.now)
        counts = usual(queries.select(year, **filters), clock.zone, clock.wall)
        # Files of somebody's own cannot be played: there are more to choose from.
        entries = queries.ranked(TopOf.TRACKS, counts, By.PLAYS, 2 * AT_ONCE)
        return tracks_of_top(TopOf.TRACKS, entries)

    memory = context.hass.data[DATA_HISTORY]
    async with memory.async_held():
        return await memory.async_ask(read, hidden=context.query_context.hidden)


QUESTION: Final = Described(
    Form.CHOICE, "Which question's answer is to be heard.", "playing_at"
)
RANK: Final = Described(
    Form.COUNT,
    "Which one of a list to play: 1 is the first. Default: all of it.",
    1,
    most=100,
)
_KINDS: Final = {
    TopOf.ARTISTS: ThingOf.ARTIST,
    TopOf.ALBUMS: ThingOf.ALBUM,
    TopOf.SHOWS: ThingOf.SHOW,
}


class PlayItParameters(WhereParameters):
    """Which question, what it is asked with, and for whom and where to play what it tells."""

    question: Annotated[AnsweredQuestion, QUESTION]
    asked: Annotated[Mapping[str, Any] | None, ASKED] = None
    rank: Annotated[int | None, RANK] = None


class PlayIt(PlayCommand[PlayItParameters]):
    """An answer, to be heard."""

    description = "Plays what a question is answered with: the tracks of a list, or the song, artist or album that it is about."

    @override
    def request(
        self, asked: PlayItParameters, playing: Playing
    ) -> tuple[Hashable, ...]:
        values = sorted(asked_with(asked.asked).items())
        return (asked.question, json.dumps(values, default=str), asked.rank)

    @override
    async def async_play(self, asked: PlayItParameters, playing: Playing) -> PlayResult:
        place = playing.place()
        question = QUESTIONS[asked.question]
        parameters = read(question.declares, asked_with(asked.asked))
        answer: Answer = await async_ask(question, parameters, playing.context)
        first = (asked.rank or 1) - 1
        if answer.tracks:
            last = None if asked.rank is None else asked.rank
            return await async_put_tracks(playing, answer.tracks[first:last], place)
        if (thing := _thing(answer, first)) is None:
            raise NothingInAnswer
        return await playing.async_put(await _async_resolved(playing, thing), place)


def _thing(answer: Answer, place: int) -> AnsweredThing | None:
    """Return the one thing that an answer is about, or that has a place in its ranking, from 0 on."""
    match answer:
        case CountAnswer() | FirstAndLastPlayAnswer():
            return answer.named.thing
        case PlaysAnswer(named=Named(thing=thing)):
            return thing
        case TopAnswer(top=ranked, of=of) if of in _KINDS and place < len(ranked):
            one = ranked[place]
            return AnsweredThing(
                type=_KINDS[of], name=one.name, artist=one.artist, uri=one.uri
            )
    return None


async def _async_resolved(playing: Playing, thing: AnsweredThing) -> Wanted:
    """Return what Spotify plays of a thing: by its URI, else by its name."""
    if thing.uri and (link := read_link(thing.uri)):
        return await async_named(playing.context, playing.account, link)
    name = f"{thing.name} {thing.artist}".strip()
    return await async_wanted(playing.context, playing.account, name, thing.type)


class Selection(StrEnum):
    """What to play from the history, where nothing is named."""

    LAST_PLAYED = "last_played"
    FORGOTTEN_FAVORITES = "forgotten_favorites"
    HABITS = "habits"


SELECTION: Final = Described(
    Form.FILTER,
    "Instead of a name: what was played last, forgotten favorites, or what is usually played at this hour.",
    "forgotten_favorites",
    title="From your history",
)


class PlayMediaParameters(WhereParameters):
    """What to play, by name or from the history; for whom, where and when."""

    what: Annotated[str | None, WHAT] = None
    type: Annotated[PlayType | None, TYPE] = None
    selection: Annotated[Selection | None, SELECTION] = None
    moment: Annotated[
        str | None,
        replace(
            MOMENT,
            description="Instead of a name: plays what was playing then, such as 8 pm, yesterday 20:00, 10_minutes_ago, or a date and time.",
        ),
    ] = None
    question: Annotated[
        AnsweredQuestion | None,
        replace(
            QUESTION,
            form=Form.FILTER,
            description="Instead of a name: plays the answer to this question.",
            list_name="question",
        ),
    ] = None
    asked: Annotated[Mapping[str, Any] | None, ASKED] = None
    heard_by: Annotated[str | tuple[str, ...] | None, HEARD_BY] = None
    heard_in: Annotated[str | tuple[str, ...] | None, HEARD_IN] = None


class PlayMedia(Choice[PlayMediaParameters]):
    """What is named, or what the history has."""

    description = "Plays a track, album, artist, playlist or show in a room, on a speaker or on a device: by name, URI or link, or chosen from your history."
    access_level = AccessLevel.SUPERVISED
    everyday = True

    @override
    def chosen(
        self, asked: PlayMediaParameters
    ) -> tuple[Command[Any, Any], WhereParameters]:
        ways = (asked.what, asked.question, asked.selection or asked.moment)
        if sum(way is not None for way in ways) != 1:
            raise BadParameter("item")
        if asked.what is not None:
            return Play(), part_of(PlayParameters, asked)
        if asked.question is not None:
            return PlayIt(), part_of(PlayItParameters, asked, rank=None)
        if asked.selection in {None, Selection.LAST_PLAYED}:
            return PlayAgain(), part_of(PlayAgainParameters, asked)
        if asked.moment is not None:
            raise BadParameter("moment")
        forgotten = asked.selection is Selection.FORGOTTEN_FAVORITES
        command = PlayForgotten() if forgotten else PlayForNow()
        return command, part_of(SuggestionParameters, asked)
