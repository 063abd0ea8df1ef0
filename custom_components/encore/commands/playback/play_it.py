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
from ...questions.when_heard import WhenHeardAnswer
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


class PlayIt(PlayCommand[PlayItParameters]):
    """An answer, to be heard."""

    key = "play_it"
    title = "Play an answer"
    description = "Plays what a question is answered with: the tracks of a list, or the song, artist or album that it is about."
    icon = "mdi:play-box-outline"
    declares = PlayItParameters

    @override
    def request(
        self, asked: PlayItParameters, playing: Playing
    ) -> tuple[Hashable, ...]:
        values = sorted(asked_with(asked.asked).items())
        return (asked.question, json.dumps(values, default=str))

    @override
    async def async_play(self, asked: PlayItParameters, playing: Playing) -> PlayResult:
        place = playing.place()
        question = QUESTIONS[asked.question]
        parameters = read(question.declares, asked_with(asked.asked))
        answer: Answer = await async_ask(question, parameters, playing.context)
        if answer.tracks:
            return await async_put_tracks(playing, answer.tracks, place)
        if (thing := _thing(answer)) is None:
            raise NothingInAnswer
        return await playing.async_put(await _async_resolved(playing, thing), place)


def _thing(answer: Answer) -> AnsweredThing | None:
    """Return the one thing that an answer is about, or that it ranks first."""
    match answer:
        case CountAnswer() | WhenHeardAnswer():
            return answer.named.thing
        case PlaysAnswer(named=Named(thing=thing)):
            return thing
        case TopAnswer(top=(first, *_), of=of) if of in _KINDS:
            return AnsweredThing(
                type=_KINDS[of], name=first.name, artist=first.artist, uri=first.uri
            )
    return None


async def _async_resolved(playing: Playing, thing: AnsweredThing) -> Wanted:
    """Return what Spotify plays of a thing: by its URI, else by its name."""
    if thing.uri and (link := read_link(thing.uri)):
        return await async_named(playing.context, playing.account, link)
    name = f"{thing.name} {thing.artist}".strip()
    return await async_wanted(playing.context, playing.account, name, thing.type)
