"""The commands that save and remove, follow and unfollow, and check what is saved and followed.

For Spotify it is one library, whose artists and playlists are followed.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Annotated, Final, Self, override

from homeassistant.core import HomeAssistant

from ...access.policy import AccessLevel
from ...dispatch.command import Command, ReadCommand, Result
from ...dispatch.request_context import RequestContext
from ...history.errors import HistoryError
from ...history.queries.history_queries import HistoryQueries
from ...history.records.saved_library import LibrarySection, SectionState, note_removed
from ...questions.base.response import MERGED, NOT_DATA
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
from ..parameters import AccountParameters
from ..stored_library import async_query
from ..things import ITEMS_OR_PLAYING, SpotifyItem, async_playing, links_of

FOLLOWED: Final = ("artist", "playlist")
"""What is followed rather than saved."""
KINDS: Final = ("track", "album", "show", "episode", "audiobook", *FOLLOWED)
"""What a library can have."""


class SavedParameters(AccountParameters):
    """Whose library, and what in it."""

    items: Annotated[tuple[str, ...] | None, ITEMS_OR_PLAYING] = None


@dataclass(frozen=True, slots=True)
class _Meant:
    """What a command is about; `playing` is known in full where it plays now."""

    account: SpotifyAccount
    uris: tuple[str, ...]
    kinds: tuple[str, ...]
    playing: SpotifyThing | None = None

    @property
    def shown(self) -> SpotifyItem | None:
        """What plays now, if it is about that."""
        return SpotifyItem.of(self.playing) if self.playing else None


class ChangedResult(Result):
    """What was saved, removed, followed or unfollowed."""

    listener: str
    items: tuple[str, ...]
    """URIs."""
    kinds: tuple[str, ...] = field(metadata=NOT_DATA)
    playing: SpotifyItem | None
    """What it was about, where it was what plays."""

    @property
    def counts(self) -> Mapping[str, int]:
        """How many things of each kind."""
        return {kind: self.kinds.count(kind) for kind in dict.fromkeys(self.kinds)}

    @property
    def is_followed(self) -> bool:
        """Whether all of it is followed rather than saved."""
        return set(self.kinds) <= set(FOLLOWED)


@dataclass(frozen=True, slots=True)
class SavedState:
    """Whether a thing is saved, or followed."""

    uri: str
    saved: bool


class IsSavedResult(Result):
    """Whether things are saved, or followed."""

    listener: str
    all_saved: bool
    items: tuple[SavedState, ...]
    playing: SpotifyItem | None
    known: CacheAge = field(metadata=MERGED)
    """Since when that is known."""

    @classmethod
    def of(
        cls,
        listener: str,
        saved: Mapping[str, bool],
        playing: SpotifyItem | None,
        known: CacheAge,
    ) -> Self:
        """Return whether things are saved, by their URIs."""
        items = tuple(SavedState(*each) for each in saved.items())
        return cls(listener, all(saved.values()), items, playing, known)

    @property
    def count(self) -> int:
        """How many are."""
        return sum(each.saved for each in self.items)


class _Change(Command[SavedParameters, ChangedResult]):
    """A change of what is saved or followed, at Spotify and in the library that is stored beside the history."""

    repeatable = True

    @override
    async def async_run(
        self, asked: SavedParameters, context: RequestContext
    ) -> ChangedResult:
        # What cannot be is said before Spotify is asked, and before an account is missed.
        links = links_of(asked.items or (), KINDS)
        # To add for oneself is no more than a new playlist, see ADR 0014.
        find_account = own_account_of if self.adds else account_of
        account = find_account(context, asked.listener)
        meant = await _async_meant(account, links)
        await (_async_add if self.adds else _async_remove)(context, meant)
        return ChangedResult(
            account.listener.name, meant.uris, meant.kinds, meant.shown
        )


class Save(_Change):
    """What is put into the library."""

    action = "save_to_library"
    description = "Saves tracks, albums, podcasts, episodes or audiobooks in a Spotify library, and follows artists or playlists. Default: what is playing now."
    access_level = AccessLevel.SUPERVISED
    adds = True


class Unsave(_Change):
    """What is taken out of the library."""

    action = "remove_from_library"
    description = "Removes tracks, albums, podcasts, episodes or audiobooks from a Spotify library, and unfollows artists or playlists. Default: what is playing now. Unfollowing your own playlist deletes it."
    access_level = AccessLevel.AUTONOMOUS


class IsSaved(ReadCommand[SavedParameters, IsSavedResult]):
    """What the library has."""

    action = "check_library"
    description = "Checks if tracks, albums, podcasts, episodes or audiobooks are saved in a Spotify library, or if artists or playlists are followed. Default: what is playing now."

    @override
    async def async_run(
        self, asked: SavedParameters, context: RequestContext
    ) -> IsSavedResult:
        links = links_of(asked.items or (), KINDS)
        account = account_of(context, asked.listener)
        meant = await _async_meant(account, links)
        try:
            answered = await Saving(meant.account.gateway).async_saved(meant.uris)
            saved, known = answered.value, CacheAge.answered(context, answered)
        except Unavailable, RateLimited:
            if (saved_before := await _async_saved(context, meant)) is None:
                raise
            saved, known = saved_before
        return IsSavedResult.of(account.listener.name, saved, meant.shown, known)


async def _async_add(context: RequestContext, meant: _Meant) -> None:
    """Save or follow at Spotify, and have the stored library read: only its sections have names. Raises SpotifyError."""
    await Saving(meant.account.gateway).async_save(meant.uris)
    sections = dict.fromkeys(SECTION_OF[kind] for kind in meant.kinds)
    hass = context.hass
    work = partial(_async_read, hass, meant.account.library, tuple(sections))
    what = "read what was saved"
    meant.account.coordinator.config_entry.async_create_background_task(
        hass, async_attempt(hass, what, work), what
    )


async def _async_remove(context: RequestContext, meant: _Meant) -> None:
    """Remove or unfollow at Spotify, and in the stored library. Raises SpotifyError."""
    await Saving(meant.account.gateway).async_remove(meant.uris)
    listener = meant.account.listener
    uris = [each for uri in meant.uris for each in stored_uris(uri)]
    # It is done at Spotify, and that is what was asked for.
    with suppress(HistoryError):
        await context.hass.data[DATA_HISTORY].async_store(note_removed, listener, *uris)


async def _async_meant(account: SpotifyAccount, links: Sequence[Link]) -> _Meant:
    """Return what is named, or else what plays."""
    if links:
        return _Meant(
            account,
            tuple(link.uri for link in links),
            tuple(link.kind for link in links),
        )
    playing = await async_playing(account, KINDS)
    return _Meant(account, (playing.uri,), (playing.kind,), playing)


async def _async_saved(
    context: RequestContext, meant: _Meant
) -> tuple[dict[str, bool], CacheAge] | None:
    """Return what the stored library says of things; None where it does not have all of their sections."""
    key = meant.account.listener.key

    def known(
        queries: HistoryQueries,
    ) -> tuple[set[str], dict[LibrarySection, SectionState]]:
        library = queries.library
        uris = [each for uri in meant.uris for each in stored_uris(uri)]
        return library.saved(key, uris), library.states(key)

    saved, states = await async_query(context, known)
    needed = [states.get(SECTION_OF[kind]) for kind in meant.kinds]
    complete = [state for state in needed if state is not None and state.complete]
    if len(complete) < len(needed):
        return None
    since = min(state.checked_at for state in complete)
    found = {uri: not saved.isdisjoint(stored_uris(uri)) for uri in meant.uris}
    return found, CacheAge.since(context, since)


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
