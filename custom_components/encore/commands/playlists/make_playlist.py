"""The command that creates a playlist from an answer, and updates it later."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
import json
from typing import TYPE_CHECKING, Annotated, Any, Final, override
from weakref import WeakValueDictionary

from homeassistant.util.hass_dict import HassKey

from ...const import DOMAIN
from ...dispatch.command import Result, SupervisedCommand
from ...dispatch.dispatcher import async_ask
from ...dispatch.request_context import RequestContext
from ...history.records.made_playlists import save_made_playlist
from ...history.records.saved_library import (
    LibrarySection,
    SavedItem,
    note_renamed,
    note_saved,
)
from ...language.speech import say, say_done
from ...questions.all_questions import QUESTIONS
from ...questions.base.answer import Answer, AnsweredTrack, WindowAnswer
from ...questions.base.operation import SPOKEN
from ...questions.base.parameters import Described, Form, read
from ...questions.base.response import called
from ...runtime.store.history_service import DATA_HISTORY
from ...spotify.account import SpotifyAccount
from ...spotify.api.playlists import Playlists
from ...spotify.api.share_links import read_link
from ..accounts import account_of
from ..errors import NoTracks
from ..parameters import AccountParameters

if TYPE_CHECKING:

    class AskedQuestion(StrEnum):
        """The questions whose answers hold tracks."""

else:
    AskedQuestion = StrEnum(
        "AskedQuestion",
        {each.key.upper(): each.key for each in QUESTIONS if each.holds_tracks},
    )

QUESTION: Final = Described(
    Form.CHOICE,
    "Which question the playlist is the answer to.",
    "top",
    list_name="make_playlist_question",
)
ASKED: Final = Described(
    Form.ASKED,
    "The fields of the question, as in its own action. Default: this listener, tracks, and its usual number.",
    {"window": "last_summer", "limit": 50},
    title="Question fields",
)
NAME: Final = Described(
    Form.TEXT,
    "What the playlist is called. Left out, it is called after the question and its window.",
    "Last summer",
    longest=100,
)
PUBLIC: Final = Described(
    Form.FLAG,
    "Shows the playlist on your Spotify profile, if it is new.",
    example=False,
)
DATA_MAKING: Final[HassKey[WeakValueDictionary[tuple[str, str], asyncio.Lock]]] = (
    HassKey(f"{DOMAIN}_making_playlists")
)
"""What is held while a playlist is made, by listener and answer."""
LONGEST_DESCRIPTION: Final = 300
"""Characters that Spotify takes."""
_OF_TRACKS: Final = "tracks"


class MakePlaylistParameters(AccountParameters):
    """For whom, which question, what it is asked with, and how the playlist is called."""

    question: Annotated[AskedQuestion, QUESTION]
    asked: Annotated[Mapping[str, Any] | None, ASKED] = None
    name: Annotated[str | None, NAME] = None
    public: Annotated[bool, PUBLIC] = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What Spotify does not know, such as a local file."""

    title: str
    artist: str


class MakePlaylistResult(Result):
    """The playlist that holds the answer now."""

    listener: str
    question: str
    playlist: str
    uri: str
    new: bool
    """Whether it was made just now; else the one of before was brought up to date."""
    tracks: int
    left_out: tuple[LeftOut, ...] = field(metadata=called("skipped"))
    snapshot_id: str | None


@dataclass(frozen=True, slots=True)
class _Titled:
    """What a playlist is called after: a question, and the window of its answer, if it has one."""

    question: str
    window: str | None


class MakePlaylist(SupervisedCommand[MakePlaylistParameters, MakePlaylistResult]):
    """An answer that can be listened to."""

    description = "Makes a playlist from the answer to a question, such as a listener's top 50 of last summer. The same question asked again brings the same playlist up to date."
    interfaces = SPOKEN
    repeatable = True

    @override
    async def async_run(
        self, asked: MakePlaylistParameters, context: RequestContext
    ) -> MakePlaylistResult:
        account = account_of(context, asked.listener)
        values = _values(asked, account)
        question = QUESTIONS[asked.question]
        parameters = read(question.declares, values)
        answer: Answer = await async_ask(question, parameters, context)
        found = {each.uri or each: each for each in answer.tracks}.values()
        uris = [each.uri for each in found if _is_known(each)]
        left_out = tuple(
            LeftOut(each.title, each.by) for each in found if not _is_known(each)
        )
        if not uris:
            raise NoTracks(question=str(asked.question))
        identity = _identity(asked, values)
        making = _Making(context, account, asked, identity)
        locks = context.hass.data.setdefault(DATA_MAKING, WeakValueDictionary())
        lock = locks.setdefault((account.listener.key, identity), asyncio.Lock())
        # Asked for twice at once, the second finds the playlist of the first.
        async with lock:
            made, new, snapshot = await making.async_put(answer, [u for u in uris if u])
        return MakePlaylistResult(
            account.listener.name,
            str(asked.question),
            made.name,
            made.uri,
            new,
            len(uris),
            left_out,
            snapshot,
        )


@dataclass(frozen=True, slots=True)
class _Making:
    """One answer on its way into a playlist."""

    context: RequestContext
    account: SpotifyAccount
    asked: MakePlaylistParameters
    identity: str

    async def async_put(
        self, answer: Answer, uris: list[str]
    ) -> tuple[SavedItem, bool, str | None]:
        """Put items into the playlist of this answer; returns it, whether it is new, and its snapshot id."""
        playlists = Playlists(self.account.gateway)
        name, description = await self._async_words(answer)
        playlist_id = await self._async_before(playlists)
        if new := playlist_id is None:
            playlist = await playlists.async_create(
                name, description=description, public=self.asked.public
            )
            playlist_id = playlist.id
            # Known before it is filled: what fails half-way is mended by asking again.
            await self._async_store(playlist_id)
        snapshot = await playlists.async_replace(playlist_id, uris)
        if not new:
            await playlists.async_change(
                playlist_id, name=name, description=description
            )
        item = SavedItem(
            f"spotify:playlist:{playlist_id}", name, self.account.listener.name, parts=len(uris)
        )  # fmt: skip
        listener = self.account.listener
        if new:
            section = LibrarySection.PLAYLISTS
            await self.context.hass.data[DATA_HISTORY].async_store(
                note_saved, listener, section, item
            )
        else:
            await self.context.hass.data[DATA_HISTORY].async_store(
                note_renamed, listener, item.uri, name
            )
        return item, new, snapshot

    async def _async_before(self, playlists: Playlists) -> str | None:
        """Return the playlist that was made of this answer before, if the person still has it."""
        key, identity = self.account.listener.key, self.identity
        playlist_id = await self.context.hass.data[DATA_HISTORY].async_look_up(
            lambda queries: queries.made_from(key, identity)
        )
        if playlist_id is None or not await playlists.async_has(playlist_id):
            return None
        return playlist_id

    async def _async_words(self, answer: Answer) -> tuple[str, str]:
        """Return what the playlist is called, and how it is described. The first words of a language are read from the disk."""
        question, query_context = str(self.asked.question), self.context.query_context
        window = answer.when.name if isinstance(answer, WindowAnswer) else None
        titled = _Titled(question, window or None)

        def words() -> tuple[str, str]:
            name = self.asked.name or say_done(
                "made_playlist_name", titled, query_context
            )
            return name, say(question, answer, query_context)[:LONGEST_DESCRIPTION]

        return await self.context.hass.async_add_executor_job(words)

    async def _async_store(self, playlist_id: str) -> None:
        await self.context.hass.data[DATA_HISTORY].async_store(
            save_made_playlist,
            self.account.listener,
            answer_key=self.identity,
            playlist=playlist_id,
            now=self.context.query_context.clock.now,
        )


def asked_with(parameters: Mapping[str, Any] | None) -> dict[str, object]:
    """Return what a question is asked with, of an object of its parameters: what can be compared."""
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in (parameters or {}).items()
    }


def _values(
    asked: MakePlaylistParameters, account: SpotifyAccount
) -> dict[str, object]:
    """Return what a question is asked with: about this listener, of tracks, and all it tells unless it was said."""
    values = asked_with(asked.asked)
    for parameter in QUESTIONS[asked.question].parameters:
        if parameter.name in values:
            continue
        if parameter.described.form is Form.LISTENER:
            values[parameter.name] = account.listener.key
        elif parameter.name == "of" and _OF_TRACKS in parameter.choices:
            values[parameter.name] = _OF_TRACKS
        elif parameter.name == "limit":
            values[parameter.name] = parameter.described.most
    return values


def _identity(asked: MakePlaylistParameters, values: Mapping[str, object]) -> str:
    """Return what makes an answer the same one when it is asked for again."""
    return json.dumps(
        [str(asked.question), sorted(values.items())], ensure_ascii=False, default=str
    )


def _is_known(track: AnsweredTrack) -> bool:
    """Whether Spotify knows a track or episode, so that it can stand in a playlist."""
    link = read_link(track.uri) if track.uri else None
    return link is not None and link.is_single
