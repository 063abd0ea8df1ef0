"""What a listener has saved and follows, from the stored library."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from homeassistant.core import HomeAssistant

from ...history.model import Listener
from ...history.queries.history_queries import HistoryQueries
from ...history.queries.visible_plays import Hidden
from ...history.records.podcast_progress import KnownEpisode, KnownShow
from ...history.records.saved_library import (
    LibraryQueries,
    LibrarySection,
    SavedItem,
    SectionState,
)
from ...runtime.store.history_service import DATA_HISTORY
from ..api.items import AUDIOBOOK, SpotifyThing
from ..api.pages import A_PAGE
from ..api.share_links import Link
from .library_reader import ListPart
from .sections import SECTION_OF, SECTIONS


@dataclass(frozen=True, slots=True)
class SavedFound:
    """What is saved that a text may mean, and when the sections were read that were looked through."""

    things: tuple[SpotifyThing, ...]
    checked_at: int | None
    """When the section that waited longest was read (UTC ms); None where none ever was."""
    complete: bool
    """Whether all of these sections are stored in full."""


def stored_uris(uri: str) -> tuple[str, ...]:
    """Return the URIs under which a thing may be stored: Spotify names a book by one of a show."""
    _, kind, thing_id = uri.split(":")
    return (uri, f"spotify:show:{thing_id}") if kind == AUDIOBOOK else (uri,)


def saved_thing(section: LibrarySection, item: SavedItem) -> SpotifyThing:
    """Return an item of a section as lists show it."""
    kind = SECTIONS[section].kind
    thing_id = item.uri.rpartition(":")[2]
    return SpotifyThing(
        kind, f"spotify:{kind}:{thing_id}", item.name, item.by, item.image_url
    )


async def async_saved_part(
    hass: HomeAssistant,
    listener: Listener,
    section: LibrarySection,
    more: str | None = None,
    limit: int = A_PAGE,
    *,
    hidden: Hidden,
) -> ListPart | None:
    """Return a part of a section as it was stored; None where that was never read, or the listener is hidden.

    `more` is where the part begins, in Spotify's own terms: a place, of artists the id of the one before it. Raises
    HistoryError.
    """
    key = listener.key

    def stored(queries: HistoryQueries) -> ListPart | None:
        library = queries.library
        state = library.states(key).get(section)
        after = _place(library, key, section, more)
        if state is None or after is None:
            return None
        items = library.items(key, section, limit + 1, after)
        things = tuple(saved_thing(section, item) for item in items[:limit])
        if after and not things:
            return None
        following: str | None = None
        reached = after + len(things)
        if things and (len(items) > limit or state.total > reached):
            is_artist = section is LibrarySection.ARTISTS
            following = things[-1].id if is_artist else str(reached)
        return ListPart(things, following, stale_from=state.checked_at)

    return await hass.data[DATA_HISTORY].async_ask(stored, hidden=hidden)


def _place(
    library: LibraryQueries, listener: str, section: LibrarySection, more: str | None
) -> int | None:
    """Return how many things stand before a part; None where there is no such part."""
    if more is None:
        return 0
    if section is not LibrarySection.ARTISTS:
        return int(more) if more.isdecimal() else None
    items = library.items(listener, section)
    ids = [item.uri.rpartition(":")[2] for item in items]
    return ids.index(more) + 1 if more in ids else None


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
    sections = [SECTION_OF[kind] for kind in kinds if kind in SECTION_OF]
    keys = [listener.key for listener in listeners]

    def find(queries: HistoryQueries) -> SavedFound:
        library = queries.library
        things: dict[str, SpotifyThing] = {}
        states: list[SectionState | None] = []
        for key in keys:
            by_section = library.states(key)
            states += [by_section.get(section) for section in sections]
            for section, item in library.find(key, text, sections, limit):
                things.setdefault(item.uri, saved_thing(section, item))
        read = [state for state in states if state is not None]
        return SavedFound(
            tuple(things.values())[:limit],
            min((state.checked_at for state in read), default=None),
            complete=bool(states)
            and all(state is not None and state.complete for state in states),
        )

    return await hass.data[DATA_HISTORY].async_ask(find, hidden=hidden)


async def async_stored_episodes(
    hass: HomeAssistant,
    listener: Listener,
    link: Link,
    more: str | None,
    *,
    hidden: Hidden,
) -> ListPart | None:
    """Return stored episodes of a show, or chapters of a book; None where none are, or the listener is hidden. Raises HistoryError."""
    key, kind = listener.key, "chapter" if link.kind == AUDIOBOOK else "episode"
    after = int(more) if more is not None and more.isdecimal() else 0

    def read(queries: HistoryQueries) -> tuple[KnownShow | None, list[KnownEpisode]]:
        podcasts = queries.podcasts
        uris = stored_uris(link.uri)
        show = next((each for each in podcasts.shows(key) if each.show.uri in uris), None)  # fmt: skip
        if show is None:
            return None, []
        return show, podcasts.episodes(key, show.show.uri, after + A_PAGE + 1)

    show, stored = await hass.data[DATA_HISTORY].async_ask(read, hidden=hidden)
    if show is None:
        return None
    episodes = [each.episode for each in stored[after:]]
    things = tuple(
        SpotifyThing(kind, each.uri, each.title, show.show.name, each.image_url)
        for each in episodes[:A_PAGE]
    )
    whole = SpotifyThing(
        link.kind, link.uri, show.show.name, image_url=show.show.image_url
    )
    following = str(after + A_PAGE) if len(episodes) > A_PAGE else None
    return ListPart(things, following, whole, show.checked_at)
