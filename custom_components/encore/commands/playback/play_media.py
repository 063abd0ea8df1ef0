"""The action that plays media: by name, or chosen from the listening history."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, Any, Final, override

from ...access.policy import AccessLevel
from ...dispatch.command import Choice, Command, part_of
from ...questions.base.errors import BadParameter
from ...questions.base.parameters import Described, Form
from ..playlists.make_playlist import ASKED
from .play import TYPE, WHAT, Play, PlayParameters, PlayType, WhereParameters
from .play_again import HEARD_BY, HEARD_IN, MOMENT, PlayAgain, PlayAgainParameters
from .play_it import QUESTION, AnsweredQuestion, PlayIt, PlayItParameters
from .play_suggestions import PlayForgotten, PlayForNow, SuggestionParameters


class Selection(StrEnum):
    """What to play from the history, where nothing is named."""

    LAST_PLAYED = "last_played"
    FORGOTTEN_FAVORITES = "forgotten_favorites"
    HABITS = "habits"


SELECTION: Final = Described(
    Form.FILTER,
    "From your history",
    "Instead of a name: what was played last, forgotten favorites, or what is usually played at this hour.",
    "forgotten_favorites",
)


@dataclass(frozen=True, slots=True, kw_only=True)
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
    icon = "mdi:play-circle"
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
