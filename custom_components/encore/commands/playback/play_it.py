"""The command that plays the result of an answer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
import json
from typing import TYPE_CHECKING, Annotated, Any, Final, override

from ...access.policy import AccessLevel
from ...dispatch.ask_question import async_answer
from ...questions.all_questions import QUESTIONS
from ...questions.parameters import Described, Form
from ...spotify.api.share_links import read_link
from ..accounts import account_of
from ..command_context import CommandContext
from ..deduplicate import async_once
from ..errors import NothingInAnswer
from ..playlists.make_playlist import ASKED
from ..registry import Command
from .media_resolution import Wanted, async_named, async_wanted
from .play import Playing, PlayResult, WhereParameters
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
_KINDS: Final = {"artists": "artist", "albums": "album", "shows": "show"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayItParameters(WhereParameters):
    """Which question, what it is asked with, and for whom and where to play what it tells."""

    question: Annotated[AnsweredQuestion, QUESTION]
    asked: Annotated[Mapping[str, Any] | None, ASKED] = None


class PlayIt(Command[PlayItParameters, PlayResult]):
    """An answer, to be heard."""

    key = "play_it"
    title = "Play an answer"
    description = "Plays what a question is answered with: the tracks of a list, or the song, artist or album that it is about."
    icon = "mdi:play-box-outline"
    declares = PlayItParameters
    access_level = AccessLevel.SUPERVISED

    @override
    async def async_run(
        self, asked: PlayItParameters, command_context: CommandContext
    ) -> PlayResult:
        account = account_of(command_context, asked.listener)
        playing = Playing(command_context, account, asked.room, asked.enqueue)
        values = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in (asked.asked or {}).items()
        }
        told = json.dumps(sorted(values.items()), default=str)
        result, repeated = await async_once(
            command_context.hass,
            (self.key, asked.question, told, *playing.request),
            partial(_async_play_it, playing, str(asked.question), values),
        )
        return replace(result, repeated=repeated)


async def _async_play_it(
    playing: Playing, question: str, values: Mapping[str, object]
) -> PlayResult:
    place, command_context = playing.place(), playing.command_context
    answered = await async_answer(
        command_context.hass,
        question,
        values,
        command_context.query_context,
        command_context.caller,
    )
    if answered.tracks:
        return await async_put_tracks(playing, answered.tracks, question, place)
    wanted = await _async_about(playing, answered.data)
    if wanted is None:
        raise NothingInAnswer
    return await playing.async_put(wanted, place)


async def _async_about(playing: Playing, data: Mapping[str, Any]) -> Wanted | None:
    """Return the one thing that an answer is about, or that it ranks first."""
    thing = data.get("thing")
    kind = thing["type"] if thing else _KINDS.get(str(data.get("of")))
    thing = thing or next(iter(data.get("top") or ()), None)
    if thing is None or kind is None:
        return None
    if thing["uri"] and (link := read_link(thing["uri"])):
        return await async_named(playing.command_context, playing.account, link)
    name = f"{thing['name']} {thing['artist'] or ''}".strip()
    return await async_wanted(playing.command_context, playing.account, name, kind)
