"""The action that creates a playlist: empty, from items, or from an answer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, override

from ...access.policy import AccessLevel
from ...dispatch.command import Choice, Command, part_of
from ...questions.base.errors import BadParameter
from ...questions.base.parameters import Form
from ..parameters import AccountParameters
from .create_playlist import (
    DESCRIPTION,
    NAME,
    PUBLIC,
    CreatePlaylist,
    CreatePlaylistParameters,
)
from .make_playlist import (
    ASKED,
    QUESTION,
    AskedQuestion,
    MakePlaylist,
    MakePlaylistParameters,
)
from .named_playlist import ITEMS


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlaylistParameters(AccountParameters):
    """Whose playlist, what is in it, how it is called and described, and who sees it."""

    name: Annotated[
        str | None,
        replace(
            NAME,
            description="The name of the playlist. Optional for an answer, which has a name of its own.",
        ),
    ] = None
    description: Annotated[str | None, DESCRIPTION] = None
    public: Annotated[bool, PUBLIC] = False
    items: Annotated[tuple[str, ...], ITEMS] = ()
    question: Annotated[
        AskedQuestion | None,
        replace(
            QUESTION,
            form=Form.FILTER,
            description="Fills the playlist with the answer to this question. Called again, the same playlist is updated.",
        ),
    ] = None
    asked: Annotated[Mapping[str, Any] | None, ASKED] = None


class NewPlaylist(Choice[NewPlaylistParameters]):
    """A playlist that is empty, has some items, or follows an answer."""

    action = "create_playlist"
    description = "Creates a Spotify playlist: empty, from items, or from the answer to a question, such as your top 50 of last summer."
    icon = "mdi:playlist-plus"
    access_level = AccessLevel.SUPERVISED
    everyday = True

    @override
    def chosen(self, asked: NewPlaylistParameters) -> tuple[Command[Any, Any], object]:
        if asked.question is not None:
            if asked.items or asked.description:
                raise BadParameter("question")
            return MakePlaylist(), part_of(MakePlaylistParameters, asked)
        if asked.name is None:
            raise BadParameter("name")
        return CreatePlaylist(), part_of(CreatePlaylistParameters, asked)
