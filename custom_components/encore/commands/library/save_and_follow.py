"""The commands that save, remove, follow, unfollow, and check what is saved."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Annotated, ClassVar, Final, override

from homeassistant.core import HomeAssistant

from ...access.policy import AccessLevel
from ...history.errors import HistoryError
from ...history.queries.history_queries import HistoryQueries
from ...history.records.saved_library import LibrarySection, SectionState, note_removed
from ...runtime.store.history_service import DATA_HISTORY
from ...runtime.supervision import async_attempt
from ...spotify.account import SpotifyAccount
from ...spotify.api.items import SpotifyThing
from ...spotify.api.save_items import Saving
from ...spotify.api.share_links import Link
from ...spotify.errors import RateLimited, SpotifyError, Unavailable
from ...spotify.library.library_refresh import Library
from ...spotify.library.saved_items import stored_uris
from ...spotify.library.sections import SECTION_OF
from ..accounts import account_of, own_account_of
from ..cache_age import CacheAge
from ..command_context import CommandContext
from ..parameters import AccountParameters
from ..registry import Command, Result
from ..stored_library import async_query, async_store
from ..things import ITEMS, ITEMS_OR_PLAYING, async_playing, links_of, thing_data

SAVED: Final = ("track", "album", "show", "episode", "audiobook")
"""What can be saved."""
FOLLOWED: Final = ("artist", "playlist")
"""What can be followed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedParameters(AccountParameters):
    """Whose library, and what in it."""

    items: Annotated[tuple[str, ...] | None, ITEMS_OR_PLAYING] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedParameters(AccountParameters):
    """Who follows, and whom or what."""

    items: Annotated[tuple[str, ...], ITEMS]


@dataclass(frozen=True, slots=True)
class _Meant:
    """What a command is about; `playing` is known in full where it plays now."""

    account: SpotifyAccount
    uris: tuple[str, ...]
    kinds: tuple[str, ...]
    playing: SpotifyThing | None = None


@dataclass(frozen=True, slots=True)
class ChangedResult(Result):
    """What was saved, removed, followed or unfollowed."""

    listener: str
    uris: tuple[str, ...]
    kinds: tuple[str, ...]
    playing: SpotifyThing | None

    @property
    def counts(self) -> Mapping[str, int]:
        """How many things of each kind."""
        return {kind: self.kinds.count(kind) for kind in dict.fromkeys(self.kinds)}

    @override
    def as_data(self) -> dict[str, object]:
        return {
            "listener": self.listener,
            "items": list(self.uris),
            "playing": thing_data(self.playing) if self.playing else None,
        }


@dataclass(frozen=True, slots=True)
class IsSavedResult(Result):
    """Whether things are saved, or followed."""

    listener: str
    saved: Mapping[str, bool]
    playing: SpotifyThing | None
    known: CacheAge
    """Since when that is known."""

    @property
    def count(self) -> int:
        """How many are."""
        return sum(self.saved.values())

    @override
    def as_data(self) -> dict[str, object]:
        return {
            "listener": self.listener,
            "all_saved": all(self.saved.values()),
            "items": [
                {"uri": uri, "saved": saved} for uri, saved in self.saved.items()
            ],
            "playing": thing_data(self.playing) if self.playing else None,
            **self.known.as_data(),
        }


class _Change[P: SavedParameters | FollowedParameters](Command[P, ChangedResult]):
    """A change of what is saved or followed."""

    kinds: ClassVar[tuple[str, ...]]

    @override
    async def async_run(
        self, asked: P, command_context: CommandContext
    ) -> ChangedResult:
        # What cannot be is said before Spotify is asked, and before an account is missed.
        links = links_of(asked.items or (), self.kinds)
        account = await self.async_account(command_context, asked.listener)
        meant = await _async_meant(account, links, self.kinds)
        await self.async_change(command_context, meant)
        return ChangedResult(
            account.listener.name, meant.uris, meant.kinds, meant.playing
        )

    @abstractmethod
    async def async_account(
        self, command_context: CommandContext, listener: str | None
    ) -> SpotifyAccount:
        """Return the account that is meant. Raises Unauthorized, and as `account_of`."""

    @abstractmethod
    async def async_change(
        self, command_context: CommandContext, meant: _Meant
    ) -> None:
        """Make the change at Spotify, and in the library that is kept beside the history."""


class _Addition[P: SavedParameters | FollowedParameters](_Change[P]):
    """More is saved or followed: for oneself that is no more than a new playlist, see ADR 0014."""

    access_level = AccessLevel.SUPERVISED
    adds = True
    repeatable = True

    @override
    async def async_account(
        self, command_context: CommandContext, listener: str | None
    ) -> SpotifyAccount:
        return own_account_of(command_context, listener)

    @override
    async def async_change(
        self, command_context: CommandContext, meant: _Meant
    ) -> None:
        await Saving(meant.account.gateway).async_save(meant.uris)
        # The stored library has names, which come with its sections alone.
        sections = dict.fromkeys(SECTION_OF[kind] for kind in meant.kinds)
        hass = command_context.hass
        work = partial(_async_read, hass, meant.account.library, tuple(sections))
        what = "read what was saved"
        meant.account.coordinator.config_entry.async_create_background_task(
            hass, async_attempt(hass, what, work), what
        )


class _Removal[P: SavedParameters | FollowedParameters](_Change[P]):
    """Less is saved or followed."""

    access_level = AccessLevel.AUTONOMOUS
    repeatable = True

    @override
    async def async_account(
        self, command_context: CommandContext, listener: str | None
    ) -> SpotifyAccount:
        return account_of(command_context, listener)

    @override
    async def async_change(
        self, command_context: CommandContext, meant: _Meant
    ) -> None:
        await Saving(meant.account.gateway).async_remove(meant.uris)
        listener = meant.account.listener

        uris = [each for uri in meant.uris for each in stored_uris(uri)]
        # It is done at Spotify, and that is what was asked for.
        with suppress(HistoryError):
            await async_store(command_context, note_removed, listener, *uris)


class Save(_Addition[SavedParameters]):
    """Things that are kept in the library."""

    key = "save"
    title = "Save"
    description = "Saves tracks, albums, shows, episodes or audiobooks in an account's library at Spotify: what is named, or what plays now."
    icon = "mdi:heart-plus"
    declares = SavedParameters
    kinds = SAVED


class Unsave(_Removal[SavedParameters]):
    """Things that are taken out of the library."""

    key = "unsave"
    title = "Remove from library"
    description = "Removes tracks, albums, shows, episodes or audiobooks from an account's library at Spotify: what is named, or what plays now."
    icon = "mdi:heart-minus"
    declares = SavedParameters
    kinds = SAVED


class Follow(_Addition[FollowedParameters]):
    """Artists and playlists that are followed."""

    key = "follow"
    title = "Follow"
    description = "Lets an account follow artists or playlists at Spotify."
    icon = "mdi:account-heart"
    declares = FollowedParameters
    kinds = FOLLOWED


class Unfollow(_Removal[FollowedParameters]):
    """Artists and playlists that are followed no more."""

    key = "unfollow"
    title = "Unfollow"
    description = "Lets an account follow artists or playlists at Spotify no more. A playlist of one's own leaves the library with that."
    icon = "mdi:account-minus"
    declares = FollowedParameters
    kinds = FOLLOWED


class IsSaved(Command[SavedParameters, IsSavedResult]):
    """What the library has."""

    key = "is_saved"
    title = "Is it saved"
    description = "Tells whether tracks, albums, shows, episodes or audiobooks are saved in an account's library, and whether artists or playlists are followed: what is named, or what plays now."
    icon = "mdi:heart-box"
    declares = SavedParameters
    access_level = AccessLevel.INTERN
    reads = True

    @override
    async def async_run(
        self, asked: SavedParameters, command_context: CommandContext
    ) -> IsSavedResult:
        kinds = (*SAVED, *FOLLOWED)
        links = links_of(asked.items or (), kinds)
        account = account_of(command_context, asked.listener)
        meant = await _async_meant(account, links, kinds)
        try:
            answered = await Saving(meant.account.gateway).async_saved(meant.uris)
            saved, known = answered.value, CacheAge.answered(command_context, answered)
        except Unavailable, RateLimited:
            if (kept := await _async_kept(command_context, meant)) is None:
                raise
            saved, known = kept
        return IsSavedResult(meant.account.listener.name, saved, meant.playing, known)


async def _async_meant(
    account: SpotifyAccount, links: Sequence[Link], kinds: tuple[str, ...]
) -> _Meant:
    """Return what is named, or else what plays."""
    if links:
        return _Meant(
            account,
            tuple(link.uri for link in links),
            tuple(link.kind for link in links),
        )
    playing = await async_playing(account, kinds)
    return _Meant(account, (playing.uri,), (playing.kind,), playing)


async def _async_kept(
    command_context: CommandContext, meant: _Meant
) -> tuple[dict[str, bool], CacheAge] | None:
    """Return what the stored library says of things; None where it does not have all of their sections."""
    key = meant.account.listener.key

    def known(
        queries: HistoryQueries,
    ) -> tuple[set[str], dict[LibrarySection, SectionState]]:
        library = queries.library
        uris = [each for uri in meant.uris for each in stored_uris(uri)]
        return library.saved(key, uris), library.states(key)

    saved, states = await async_query(command_context, known)
    needed = [states.get(SECTION_OF[kind]) for kind in meant.kinds]
    complete = [state for state in needed if state is not None and state.complete]
    if len(complete) < len(needed):
        return None
    since = min(state.checked_at for state in complete)
    found = {uri: not saved.isdisjoint(stored_uris(uri)) for uri in meant.uris}
    return found, CacheAge.since(command_context, since)


async def _async_read(
    hass: HomeAssistant, library: Library, sections: Sequence[LibrarySection]
) -> None:
    """Read sections again, those that the person granted access to; what fails is read within hours anyway."""
    with suppress(SpotifyError, HistoryError):
        # The account may be unloaded meanwhile, and its hold on the store with it.
        async with hass.data[DATA_HISTORY].async_held():
            await library.async_read(
                *(one for one in sections if one in library.sections)
            )
