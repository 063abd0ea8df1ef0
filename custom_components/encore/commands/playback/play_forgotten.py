"""The command that plays forgotten favorites."""

from dataclasses import dataclass, replace
from functools import partial
import random
from typing import Annotated, Final, override

from ...access.policy import AccessLevel
from ...dispatch.ask_question import async_answer
from ...questions.forgotten_favourites import ForgottenFavourites
from ..accounts import account_of
from ..command_context import CommandContext
from ..deduplicate import async_once
from ..registry import Command
from .play import Playing, PlayResult, WhereParameters
from .play_again import HEARD_BY
from .play_answer import async_put_tracks

CHOSEN_FROM: Final = 50
"""Of how many of the most loved some are played: never the same ten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayForgottenParameters(WhereParameters):
    """Whose favourites, and for whom and where to play some."""

    heard_by: Annotated[str | tuple[str, ...] | None, HEARD_BY] = None


class PlayForgotten(Command[PlayForgottenParameters, PlayResult]):
    """Once more, after a long time."""

    key = "play_forgotten"
    title = "Play forgotten favourites"
    description = "Plays some tracks that were heard much once and have not been heard for half a year, in a room, on a speaker or on a device."
    icon = "mdi:heart-circle-outline"
    declares = PlayForgottenParameters
    access_level = AccessLevel.SUPERVISED

    @override
    async def async_run(
        self, asked: PlayForgottenParameters, command_context: CommandContext
    ) -> PlayResult:
        account = account_of(command_context, asked.listener)
        playing = Playing(command_context, account, asked.room, asked.enqueue)
        by = asked.heard_by or account.listener.key
        result, repeated = await async_once(
            command_context.hass,
            (self.key, by, *playing.request),
            partial(_async_play, playing, by),
        )
        return replace(result, repeated=repeated)


async def _async_play(playing: Playing, by: str | tuple[str, ...]) -> PlayResult:
    place, command_context = playing.place(), playing.command_context
    question = ForgottenFavourites.key
    answered = await async_answer(
        command_context.hass,
        question,
        {"listener": by, "limit": CHOSEN_FROM},
        command_context.query_context,
        command_context.caller,
    )
    mixed = random.sample(answered.tracks, len(answered.tracks))
    return await async_put_tracks(playing, mixed, question, place)
