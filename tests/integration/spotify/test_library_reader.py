"""A library and its podcasts as the gateway reads them, against the simulated Spotify."""

import pytest

from custom_components.encore.history.model import Kind
from custom_components.encore.history.records.podcast_progress import Episode, Show
from custom_components.encore.history.records.saved_library import (
    LibrarySection,
    SavedItem,
)
from custom_components.encore.spotify.api.shows import (
    Podcasts,
    read_episode,
    read_episodes,
)
from custom_components.encore.spotify.auth.scopes import (
    FOLLOW_READ,
    LIBRARY_READ,
    PLAYLISTS_READ,
    POSITION_READ,
)
from custom_components.encore.spotify.call_purpose import Priority
from custom_components.encore.spotify.errors import MissingScope
from custom_components.encore.spotify.library.library_reader import LibraryReader
from custom_components.encore.spotify.library.sections import SavedRow, read_section
from simulator.spotify import SpotifySimulator
from simulator.spotify.people import ResumePoint

from .conftest import OpenGateway

READS = (FOLLOW_READ, LIBRARY_READ, PLAYLISTS_READ, POSITION_READ)


async def every(reader: LibraryReader, section: LibrarySection) -> list[SavedRow]:
    """Return all that is on a section."""
    rows: list[SavedRow] = []
    while True:
        after = rows[-1].item.uri if rows else None
        page = await reader.async_page(section, len(rows), after)
        rows += page.things
        if page.ends(len(rows)):
            return rows


@pytest.mark.parametrize("section", LibrarySection)
async def test_a_shelf_is_read_in_spotifys_order(
    open_gateway: OpenGateway, spotify: SpotifySimulator, section: LibrarySection
) -> None:
    """To its end, whether it is counted by places or goes on after a thing."""
    rows = await every(
        LibraryReader(open_gateway(more=READS), Priority.ENRICHMENT), section
    )
    stored: dict[str, int] = getattr(spotify.world.library("alva"), section)
    assert [row.item.uri.rpartition(":")[2] for row in rows] == list(stored)
    assert all(row.item.name for row in rows)
    if section not in {LibrarySection.ARTISTS, LibrarySection.PLAYLISTS}:
        assert [row.item.added_at for row in rows] == list(stored.values())
    if section is not LibrarySection.ARTISTS and section is not LibrarySection.SHOWS:
        assert all(row.item.by for row in rows)


async def test_saved_episodes_come_with_show_and_resume_point(
    open_gateway: OpenGateway, spotify: SpotifySimulator
) -> None:
    """As far as the person was."""
    library = spotify.world.library("alva")
    episode_id = next(iter(library.episodes))
    library.resume_points[episode_id] = ResumePoint(61_000, fully_played=False)
    reader = LibraryReader(open_gateway(more=READS), Priority.ENRICHMENT)
    first, *_ = await every(reader, LibrarySection.EPISODES)
    there = spotify.world.catalogue.episodes[episode_id]
    assert first.episode is not None
    show, episode = first.episode
    assert (show.uri, show.name) == (there.show.uri, there.show.name)
    assert (episode.position_ms, episode.finished) == (61_000, False)
    assert (episode.title, episode.duration_ms) == (there.name, there.duration_ms)
    assert episode.released == there.release_date


async def test_episodes_and_chapters_are_read_page_by_page(
    open_gateway: OpenGateway, spotify: SpotifySimulator
) -> None:
    """The newest episode, and the first chapter, comes first."""
    podcasts = Podcasts(open_gateway(more=READS), Priority.PERSON)
    there = next(iter(spotify.world.catalogue.shows.values()))
    show, first = await podcasts.async_show(there.id)
    assert show == Show(
        there.uri, there.name, Kind.EPISODE, show.image_url, len(there.episode_ids)
    )
    again = (await podcasts.async_episodes(show)).value
    assert again.things == first.things
    rest = (await podcasts.async_episodes(show, len(first.things))).value
    ids = [episode.uri.rpartition(":")[2] for episode in (*first.things, *rest.things)]
    assert ids == list(there.episode_ids)[: len(ids)]
    book = next(iter(spotify.world.catalogue.audiobooks.values()))
    written = Show(book.uri, book.name, Kind.CHAPTER)
    chapters = (await podcasts.async_episodes(written)).value
    assert [each.uri.rpartition(":")[2] for each in chapters.things] == list(
        book.chapter_ids
    )[:50]


async def test_without_the_scope_a_shelf_is_refused_by_name(
    open_gateway: OpenGateway,
) -> None:
    """Linked for playback alone; shows and episodes of the catalogue are anybody's, without resume points."""
    with pytest.raises(MissingScope):
        await LibraryReader(open_gateway(), Priority.ENRICHMENT).async_page(
            LibrarySection.TRACKS
        )


async def test_without_the_scope_for_it_no_resume_point_is_reported(
    open_gateway: OpenGateway, spotify: SpotifySimulator
) -> None:
    """Unknown is not the beginning."""
    there = next(iter(spotify.world.catalogue.shows.values()))
    _, page = await Podcasts(open_gateway(), Priority.PERSON).async_show(there.id)
    assert {(each.position_ms, each.finished) for each in page.things} == {(None, None)}


def test_what_cannot_be_read_of_a_shelf_is_left_out() -> None:
    """Null and missing fields, rows that are null, and audiobooks without what wraps them."""
    track = {"uri": "spotify:track:a", "name": "A", "artists": [None, {"name": "B"}]}
    rows = [None, {"track": None}, {"track": {"uri": "spotify:track:x"}}, {"track": track}]  # fmt: skip
    page = read_section(LibrarySection.TRACKS, {"items": rows, "total": 4})
    assert page.things == (SavedRow(SavedItem("spotify:track:a", "A", "B")),)
    assert (page.rows, page.total) == (4, 4)
    assert read_section(LibrarySection.ARTISTS, {"artists": None}).things == ()
    bare = {"uri": "spotify:show:b", "name": "Book", "authors": [{"name": "C"}]}
    [book] = read_section(LibrarySection.AUDIOBOOKS, {"items": [bare]}).things
    assert (book.item.name, book.item.by, book.item.parts) == ("Book", "C", 0)
    [orphan] = read_section(
        LibrarySection.EPISODES,
        {
            "items": [
                {"episode": {"uri": "spotify:episode:e", "name": "E", "show": None}}
            ]
        },
    ).things
    assert orphan.episode is None


def test_an_episode_without_a_readable_resume_point_has_none() -> None:
    """Whatever stands in its place."""
    fields = {"uri": "spotify:episode:e", "name": "E"}
    points: list[object] = [
        None,
        {},
        [],
        {"resume_position_ms": "1", "fully_played": 1},
    ]
    for point in points:
        assert read_episode({**fields, "resume_point": point}) == Episode(
            "spotify:episode:e", "E"
        )
    assert read_episodes({"items": [None, fields, {"name": "no uri"}]}).rows == 3
