"""The command that plays the last item again, or that of a moment."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated, Any, Final, override

from ...access.policy import AccessLevel
from ...dispatch.ask_question import async_answer
from ...questions.naming.listener_choice import EVERYONE
from ...questions.parameters import Described, Form
from ...questions.playing_at import PlayingAt
from ...questions.plays import Plays
from ...spotify.api.items import SpotifyThing
from ...spotify.api.share_links import read_link
from ...spotify.library.search_ranking import FoundIn
from ..accounts import account_of
from ..command_context import CommandContext
from ..deduplicate import async_once
from ..errors import NothingPlayedThen
from ..registry import Command
from .media_resolution import Wanted
from .play import Playing, PlayResult, WhereParameters

LOOKED_THROUGH: Final = 20
"""How many plays are looked through for one that Spotify can play: a file of one's own is none."""

MOMENT: Final = Described(
    Form.MOMENT,
    "Moment",
    "When it was heard: an hour such as 8 pm, a window and an hour such as yesterday 20:00, 10_minutes_ago, or a date with a time. Left out, it is what was heard last.",
    "yesterday 20:00",
)
HEARD_IN: Final = Described(
    Form.ROOM,
    "Heard in",
    "Only what sounded in this room, or one of several: an area or its name, or here for where the asker is.",
    "kitchen",
)
HEARD_BY: Final = Described(
    Form.LISTENER,
    "Heard by",
    "Who heard it: a name, several, me or everyone. Left out, it is the listener of the account, and with a room everyone.",
    "Ben",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayAgainParameters(WhereParameters):
    """What was heard when, where and by whom, and for whom and where to play it now."""

    moment: Annotated[str | None, MOMENT] = None
    heard_in: Annotated[str | tuple[str, ...] | None, HEARD_IN] = None
    heard_by: Annotated[str | tuple[str, ...] | None, HEARD_BY] = None


class PlayAgain(Command[PlayAgainParameters, PlayResult]):
    """Once more."""

    key = "play_again"
    title = "Play again"
    description = "Plays once more what was heard last, or at a moment, in a room, on a speaker or on a device."
    icon = "mdi:replay"
    declares = PlayAgainParameters
    access_level = AccessLevel.SUPERVISED
    everyday = True

    @override
    async def async_run(
        self, asked: PlayAgainParameters, command_context: CommandContext
    ) -> PlayResult:
        account = account_of(command_context, asked.listener)
        playing = Playing(command_context, account, asked.room, asked.enqueue)
        heard = (asked.moment, asked.heard_in, asked.heard_by)
        result, repeated = await async_once(
            command_context.hass,
            (self.key, *heard, *playing.request),
            partial(_async_play_again, playing, asked),
        )
        return replace(result, repeated=repeated)


async def _async_play_again(playing: Playing, asked: PlayAgainParameters) -> PlayResult:
    place = playing.place()
    return await playing.async_put(await _async_heard(playing, asked), place)


async def _async_heard(playing: Playing, asked: PlayAgainParameters) -> Wanted:
    """Return what was heard then and there. Raises NothingPlayedThen, and as questions do."""
    command_context, listener = playing.command_context, playing.account.listener
    by = asked.heard_by or (EVERYONE if asked.heard_in else listener.key)
    values: dict[str, object] = {"listener": by}
    if asked.heard_in:
        values["room"] = asked.heard_in
    if asked.moment:
        question, values["moment"] = PlayingAt.key, asked.moment
    else:
        question = Plays.key
        values |= {"window": "all_time", "limit": LOOKED_THROUGH}
    answered = await async_answer(
        command_context.hass,
        question,
        values,
        command_context.query_context,
        command_context.caller,
    )
    for row in _rows(answered.data):
        if (link := read_link(row["uri"] or "")) is not None:
            by = tuple(row["artists"])
            thing = SpotifyThing(
                link.kind, link.uri, row["title"], ", ".join(by), makers=by
            )
            return Wanted(thing, FoundIn.HISTORY)
    raise NothingPlayedThen(name=listener.name)


def _rows(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the plays of an answer; of a silent moment what was heard before it."""
    before = data.get("before")
    return data["plays"] or ([before] if before else [])
