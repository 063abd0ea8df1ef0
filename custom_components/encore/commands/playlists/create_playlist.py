"""The command that creates a playlist from items, and the action that creates one: empty, from items, or from an answer."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Final, override

from ...access.policy import AccessLevel
from ...dispatch.command import Choice, Command, SupervisedCommand, part_of
from ...dispatch.request_context import RequestContext
from ...history.records.saved_library import LibrarySection, SavedItem, note_saved
from ...questions.base.errors import BadParameter
from ...questions.base.operation import PART
from ...questions.base.parameters import Described, Form
from ...runtime.store.history_service import DATA_HISTORY
from ...spotify.api.playlists import Playlists
from ..accounts import account_of
from ..parameters import AccountParameters
from .make_playlist import (
    ASKED,
    QUESTION,
    AskedQuestion,
    MakePlaylist,
    MakePlaylistParameters,
)
from .named_playlist import ITEMS, PlaylistResult, items_of

NAME: Final = Described(
    Form.TEXT, "What the playlist is called.", "Sunday morning", longest=100
)
DESCRIPTION: Final = Described(
    Form.TEXT, "The description of the playlist.", "For late breakfasts", longest=300
)
PUBLIC: Final = Described(
    Form.FLAG, "Shows the playlist on your Spotify profile.", example=False
)


class CreatePlaylistParameters(AccountParameters):
    """Whose playlist, how it is called and described, who sees it, and what is in it."""

    name: Annotated[str, NAME]
    description: Annotated[str | None, DESCRIPTION] = None
    public: Annotated[bool, PUBLIC] = False
    items: Annotated[tuple[str, ...], ITEMS] = ()


class CreatePlaylist(SupervisedCommand[CreatePlaylistParameters, PlaylistResult]):
    """A new playlist."""

    description = (
        "Makes a playlist of a person's own at Spotify, empty or with some items in it."
    )
    interfaces = PART
    adds = True

    @override
    async def async_run(
        self, asked: CreatePlaylistParameters, context: RequestContext
    ) -> PlaylistResult:
        account = account_of(context, asked.listener)
        uris = items_of(asked.items)
        playlists = Playlists(account.gateway)
        made = await playlists.async_create(
            asked.name, description=asked.description or "", public=asked.public
        )
        item = SavedItem(made.uri, made.name, made.owner or "", parts=len(uris))
        await context.hass.data[DATA_HISTORY].async_store(
            note_saved,
            account.listener,
            LibrarySection.PLAYLISTS,
            item,
        )
        snapshot = await playlists.async_add(made.id, uris) or made.snapshot_id
        return PlaylistResult(
            account.listener.name, made.name, made.uri, snapshot, len(uris)
        )


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
