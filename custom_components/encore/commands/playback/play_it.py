"""The command that plays the result of an answer."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from enum import StrEnum
import json
from typing import TYPE_CHECKING, Annotated, Any, Final, override

from ...dispatch.dispatcher import async_ask
from ...history.model import ThingOf, TopOf
from ...questions.all_questions import QUESTIONS
from ...questions.base.answer import Answer, AnsweredThing
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
from .play import PlayCommand, Playing, PlayResult, WhereParameters
from .play_answer import async_put_tracks

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

QUESTION: Final = Described(
    Form.CHOICE, "Question", "Which question's answer is to be heard.", "playing_at"
)
RANK: Final = Described(
    Form.COUNT,
    "Rank",
    "Which one of a list to play: 1 is the first. Default: all of it.",
    1,
    most=100,
)
_KINDS: Final = {
    TopOf.ARTISTS: ThingOf.ARTIST,
    TopOf.ALBUMS: ThingOf.ALBUM,
    TopOf.SHOWS: ThingOf.SHOW,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayItParameters(WhereParameters):
    """Which question, what it is asked with, and for whom and where to play what it tells."""

    question: Annotated[AnsweredQuestion, QUESTION]
    asked: Annotated[Mapping[str, Any] | None, ASKED] = None
    rank: Annotated[int | None, RANK] = None


class PlayIt(PlayCommand[PlayItParameters]):
    """An answer, to be heard."""

    title = "Play an answer"
    description = "Plays what a question is answered with: the tracks of a list, or the song, artist or album that it is about."
    icon = "mdi:play-box-outline"

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
