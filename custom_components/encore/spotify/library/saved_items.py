"""What a listener has saved and follows, from the stored library."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from homeassistant.core import HomeAssistant

from ...history.model import Listener
from ...history.queries.history_queries import HistoryQueries
from ...history.queries.visible_plays import Hidden
from ...history.records.podcast_progress import KnownEpisode, KnownShow
from ...history.records.saved_library import LibrarySection, SavedItem, ShelfState
from ...runtime.store.history_service import DATA_HISTORY
from ..api.items import AUDIOBOOK, SpotifyThing
from ..api.pages import A_PAGE
from ..api.share_links import Link
from .library_sections import Shown

SHELVES: Final = {
    "track": LibrarySection.TRACKS,
    "album": LibrarySection.ALBUMS,
    "show": LibrarySection.SHOWS,
    "episode": LibrarySection.EPISODES,
    AUDIOBOOK: LibrarySection.AUDIOBOOKS,
    "artist": LibrarySection.ARTISTS,
    "playlist": LibrarySection.PLAYLISTS,
}
"""On which shelf a thing of each kind is kept."""
KINDS_ON: Final = {shelf: kind for kind, shelf in SHELVES.items()}
"""The kind of what is on each shelf."""


_MOST_ARTISTS: Final = 10_000


@dataclass(frozen=True, slots=True)
class SavedPart:
    """A part of a shelf."""

    things: tuple[SpotifyThing, ...]
    checked_at: int
    """When the shelf was last seen to be so (UTC ms)."""
    more: bool
    """Whether other things follow, kept or not."""


@dataclass(frozen=True, slots=True)
class SavedFound:
    """What is saved that a text may mean, and since when the shelves are known that were looked through."""

    things: tuple[SpotifyThing, ...]
    checked_at: int | None
    """When the shelf that waited longest was read (UTC ms); None where none ever was."""
    complete: bool
    """Whether all of these shelves are kept in full."""


def kept_as(uri: str) -> tuple[str, ...]:
    """Return the URIs under which a thing may be kept: Spotify tells of a book by one of a show."""
    _, kind, thing_id = uri.split(":")
    return (uri, f"spotify:show:{thing_id}") if kind == AUDIOBOOK else (uri,)


def saved_thing(shelf: LibrarySection, item: SavedItem) -> SpotifyThing:
    """Return what is on a shelf as lists show it."""
    kind = KINDS_ON[shelf]
    thing_id = item.uri.rpartition(":")[2]
    return SpotifyThing(
        kind, f"spotify:{kind}:{thing_id}", item.name, item.by, item.image_url
    )


async def async_saved_part(
    hass: HomeAssistant,
    listener: Listener,
    shelf: LibrarySection,
    after: int = 0,
    limit: int = A_PAGE,
    *,
    hidden: Hidden,
) -> SavedPart | None:
    """Return what follows the first `after` things of a shelf; None where it was never read, or the listener is hidden. Raises HistoryError."""
    key = listener.key

    def known(queries: HistoryQueries) -> tuple[list[SavedItem], ShelfState | None]:
        library = queries.library
        return (
            library.shelf(key, shelf, limit + 1, after),
            library.states(key).get(shelf),
        )

    items, state = await hass.data[DATA_HISTORY].async_ask(known, hidden=hidden)
    if state is None:
        return None
    things = tuple(saved_thing(shelf, item) for item in items[:limit])
    more = len(items) > limit or state.total > after + len(things)
    return SavedPart(things, state.checked_at, more)


async def async_find_saved(
    hass: HomeAssistant,
    listeners: Sequence[Listener],
    text: str,
    kinds: Collection[str],
    limit: int,
    *,
    hidden: Hidden,
) -> SavedFound:
    """Return what those of some listeners who are not hidden saved that has all words of a text, each once. Raises HistoryError."""
    shelves = [SHELVES[kind] for kind in kinds if kind in SHELVES]
    keys = [listener.key for listener in listeners]

    def known(queries: HistoryQueries) -> SavedFound:
        library = queries.library
        things: dict[str, SpotifyThing] = {}
        states: list[ShelfState | None] = []
        for key in keys:
            known_states = library.states(key)
            states += [known_states.get(shelf) for shelf in shelves]
            for shelf, item in library.find(key, text, shelves, limit):
                things.setdefault(item.uri, saved_thing(shelf, item))
        read = [state for state in states if state is not None]
        return SavedFound(
            tuple(things.values())[:limit],
            min((state.checked_at for state in read), default=None),
            complete=bool(states)
            and all(state is not None and state.complete for state in states),
        )

    return await hass.data[DATA_HISTORY].async_ask(known, hidden=hidden)


async def async_saved_shown(
    hass: HomeAssistant,
    listener: Listener,
    shelf: LibrarySection,
    more: str | None,
    *,
    hidden: Hidden,
) -> Shown | None:
    """Return a part of a shelf as it is shown, where Spotify does not tell; None where that was never read, or the listener is hidden.

    `more` is where the part begins, in Spotify's own terms: a place, of artists the id of the one before it. Raises
    HistoryError.
    """
    after = 0
    if shelf is LibrarySection.ARTISTS:
        part = await async_saved_part(
            hass, listener, shelf, limit=_MOST_ARTISTS, hidden=hidden
        )
        ids = [thing.id for thing in part.things] if part else []
        if more is not None:
            if more not in ids:
                return None
            after = ids.index(more) + 1
    elif more is not None:
        if not more.isdecimal():
            return None
        after = int(more)
    part = await async_saved_part(hass, listener, shelf, after, hidden=hidden)
    if part is None or (after and not part.things):
        return None
    following: str | None = None
    if part.more and part.things:
        last = part.things[-1].id
        following = (
            last if shelf is LibrarySection.ARTISTS else str(after + len(part.things))
        )
    return Shown(part.things, following, stale_from=part.checked_at)


async def async_episodes_shown(
    hass: HomeAssistant,
    listener: Listener,
    link: Link,
    more: str | None,
    *,
    hidden: Hidden,
) -> Shown | None:
    """Return episodes of a show, or chapters of a book, as they are kept; None where none are, or the listener is hidden. Raises HistoryError."""
    key, kind = listener.key, "chapter" if link.kind == AUDIOBOOK else "episode"
    after = int(more) if more is not None and more.isdecimal() else 0

    def known(queries: HistoryQueries) -> tuple[KnownShow | None, list[KnownEpisode]]:
        podcasts = queries.podcasts
        uris = kept_as(link.uri)
        show = next((each for each in podcasts.shows(key) if each.show.uri in uris), None)  # fmt: skip
        if show is None:
            return None, []
        return show, podcasts.episodes(key, show.show.uri, after + A_PAGE + 1)

    show, kept = await hass.data[DATA_HISTORY].async_ask(known, hidden=hidden)
    if show is None:
        return None
    episodes = [each.episode for each in kept[after:]]
    things = tuple(
        SpotifyThing(kind, each.uri, each.title, show.show.name, each.image_url)
        for each in episodes[:A_PAGE]
    )
    whole = SpotifyThing(
        link.kind, link.uri, show.show.name, image_url=show.show.image_url
    )
    following = str(after + A_PAGE) if len(episodes) > A_PAGE else None
    return Shown(things, following, whole, show.checked_at)
