"""What the media browser shows of an account: Encore's own lists, and what is kept at Spotify."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.const import DOMAIN
from custom_components.encore.history.model import Item, Kind
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from custom_components.encore.spotify.auth.scopes import FAMILIES
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from simulator.spotify import Fault, FaultKind, SpotifySimulator
from simulator.spotify.manners import PlaylistRows
from tests.integration.auth.conftest import Link
from tests.integration.spotify.conftest import ALVA, Later, set_up
from tests.integration.spotify.playing import Open, shown
from tests.unit.history.memory import DAY, live

EVERYTHING = (
    "user-library-read",
    "user-follow-read",
    "user-top-read",
    "playlist-read-private",
    "user-read-playback-position",
)
FOLDERS = [
    "Recently played",
    "Your top tracks this month",
    "Forgotten favorites",
    "On this day",
    "Playlists",
    "Liked Songs",
    "Albums",
    "Artists",
    "Podcasts",
    "Your Episodes",
    "Audiobooks",
    "Top tracks on Spotify",
    "Top artists on Spotify",
]


@pytest.fixture
async def wide(hass: HomeAssistant, link: Link, later: Later) -> MockConfigEntry:
    """Return Alva's account with all that can be granted to read, set up."""
    return await set_up(hass, await link("alva", "control", EVERYTHING))


COVER = "https://i.scdn.co/image/of-the-band"


def song(title: str) -> Item:
    """Return a song of the band."""
    thing_id = title.replace(" ", "").ljust(22, "0")
    return Item(
        f"spotify:track:{thing_id}",
        Kind.TRACK,
        title,
        ("Band",),
        album=title,
        duration_ms=200_000,
        image_url=COVER,
    )


def named(folder: dict[str, Any], title: str) -> dict[str, Any]:
    """Return the child of a folder that is called so."""
    return next(child for child in folder["children"] if child["title"] == title)


async def test_the_root_has_own_lists_first_and_asks_nobody(
    alva: MockConfigEntry, browse: Open, spotify: SpotifySimulator
) -> None:
    """Nothing is fetched before a folder is opened."""
    spotify.requests.clear()
    root = await browse()
    assert [child["title"] for child in root["children"]] == FOLDERS
    assert root["title"] == "Alva Lindqvist"
    assert root["can_search"] is True
    assert all(child["can_expand"] for child in root["children"])
    assert spotify.requests.count(endpoint="/v1/*") == 0


async def test_every_folder_of_spotify_can_be_opened_to_the_bottom(
    wide: MockConfigEntry, browse: Open, spotify: SpotifySimulator
) -> None:
    """Each with names and covers, and one call for one folder."""
    root = await browse()
    for folder in root["children"][4:]:
        spotify.requests.clear()
        opened = await browse(folder)
        assert spotify.requests.count(endpoint="/v1/*") == 1, folder["title"]
        things = [
            child for child in opened["children"] if child["title"] != "Show more"
        ]
        assert 0 < len(things) <= 50, folder["title"]
        assert all(thing["can_play"] and thing["thumbnail"] for thing in things)
        if things[0]["can_expand"]:
            inside = await browse(things[0])
            assert inside["title"] == things[0]["title"].split(" – ")[0]
            assert inside["can_play"]
            assert inside["children"]
            assert all(
                child["thumbnail"] or child["title"] == "Show more"
                for child in inside["children"]
            )


async def test_a_long_folder_comes_part_by_part(
    wide: MockConfigEntry, browse: Open, spotify: SpotifySimulator
) -> None:
    """All liked songs, in their order, fifty at a time."""
    liked = list(spotify.world.library("alva").tracks)
    assert len(liked) > 100
    opened = await browse(named(await browse(), "Liked Songs"))
    found: list[str] = []
    parts = 1
    while True:
        *things, last = opened["children"]
        if last["title"] != "Show more":
            things.append(last)
        found += [thing["media_content_id"] for thing in things]
        if last["title"] != "Show more":
            break
        parts += 1
        opened = await browse(last)
    assert found == [f"spotify:track:{track_id}" for track_id in liked]
    assert parts == -(-len(liked) // 50)


@pytest.mark.parametrize("rows", PlaylistRows)
async def test_a_long_playlist_and_an_artist_come_part_by_part_too(
    wide: MockConfigEntry, browse: Open, spotify: SpotifySimulator, rows: PlaylistRows
) -> None:
    """What is in a thing is not asked for at once either; a playlist's rows have had two words."""
    spotify.manners.playlist_rows = rows
    world = spotify.world
    playlist = world.playlists_of("alva")[0]
    tracks = [track.uri for track in list(world.catalogue.tracks.values())[:70]]
    world.playlists.replace(
        playlist.id, world.people["alva"].id, tracks, now_ms=spotify.clock.now_ms()
    )
    opened = await browse({"media_content_type": "playlist", "media_content_id": playlist.uri})  # fmt: skip
    *first, more = opened["children"]
    *_, rest = (await browse(more))["children"]
    assert [child["media_content_id"] for child in first] == tracks[:50]
    assert rest["media_content_id"] == tracks[-1]
    artist = max(
        world.catalogue.artists.values(), key=lambda one: len(world.catalogue.albums_of(one))
    )  # fmt: skip
    opened = await browse({"media_content_type": "artist", "media_content_id": artist.uri})  # fmt: skip
    assert opened["title"] == artist.name
    albums = [album.uri for album in world.catalogue.albums_of(artist)]
    shown_albums = [child["media_content_id"] for child in opened["children"]]
    assert shown_albums[:10] == albums[:10]


async def test_a_folder_that_needs_more_permission_says_so_and_asks_the_person(
    hass: HomeAssistant, alva: MockConfigEntry, browse: Open, refused: Open
) -> None:
    """Only once it is opened; Encore's own lists need none."""
    root = await browse()
    assert not hass.config_entries.flow.async_progress()
    await browse(named(root, "Recently played"))
    assert not hass.config_entries.flow.async_progress()
    error = await refused(named(root, "Liked Songs"))
    assert "to grant it" in error["message"]
    (flow,) = hass.config_entries.flow.async_progress()
    assert (flow["handler"], flow["context"]["source"]) == (DOMAIN, "reauth")
    assert flow["step_id"] == "widen"
    page = await hass.config_entries.flow.async_configure(flow["flow_id"])
    placeholders = page["description_placeholders"]
    assert placeholders is not None
    asked = placeholders["permissions"].splitlines()
    assert len(asked) == len(FAMILIES), "the next folder would ask again"


async def test_a_folder_during_a_429_says_when_it_will_work(
    wide: MockConfigEntry, browse: Open, refused: Open, spotify: SpotifySimulator
) -> None:
    """And what the history has is shown all the same."""
    root = await browse()
    spotify.faults.add(Fault(FaultKind.RATE_LIMITED, retry_after=7200))
    error = await refused(named(root, "Playlists"))
    assert "rate limit is reached until" in error["message"]
    await browse(named(root, "Recently played"))


async def test_a_folder_that_was_opened_before_is_shown_as_it_was_then(
    hass: HomeAssistant,
    wide: MockConfigEntry,
    browse: Open,
    spotify: SpotifySimulator,
    later: Later,
) -> None:
    """Soon after without a call; and while Spotify is out of reach with the time of the answer."""
    folder = named(await browse(), "Playlists")
    first = await browse(folder)
    await hass.config.async_set_time_zone("UTC")
    then = dt_util.utcnow()
    spotify.requests.clear()
    assert await browse(folder) == first
    assert spotify.requests.count(endpoint="/v1/me/playlists") == 0
    await later(1200)
    spotify.faults.add(Fault(FaultKind.RATE_LIMITED, retry_after=7200))
    stale = await browse(folder)
    assert stale["title"] == f"Playlists (as of {then:%Y-%m-%d %H:%M})"
    assert stale["children"] == first["children"]


async def test_what_is_nowhere_is_said_so(alva: MockConfigEntry, refused: Open) -> None:
    """A folder of nobody's, a track, a word, a part that no list has."""
    for nowhere in (
        "encore:nowhere",
        "encore:on_this_day/1815",
        "spotify:track:11dFghVXANMlKmJXsNCbNl",
        "Song 2",
    ):
        error = await refused({"media_content_type": "x", "media_content_id": nowhere})
        assert error["message"] == f"There is nothing to browse at {nowhere}"


async def test_a_link_to_liked_songs_opens_their_folder(
    wide: MockConfigEntry, browse: Open
) -> None:
    """Which is no playlist."""
    folder = await browse(named(await browse(), "Liked Songs"))
    opened = await browse({"media_content_type": "x", "media_content_id": "spotify:collection"})  # fmt: skip
    assert opened == folder


async def test_a_playlist_of_somebody_else_opens_empty(
    wide: MockConfigEntry, browse: Open, spotify: SpotifySimulator
) -> None:
    """Spotify tells of its items only to who owns it; it can still be played."""
    other = next(
        playlist
        for playlist in spotify.world.playlists_of("alva")
        if not spotify.world.playlists.may_read_items(
            playlist, spotify.world.people["alva"].id
        )
    )
    opened = await browse({"media_content_type": "playlist", "media_content_id": other.uri})  # fmt: skip
    assert (opened["title"], opened["can_play"]) == (other.name, True)
    assert opened["children"] == []


async def test_own_lists_are_answered_from_the_history_alone(
    hass: HomeAssistant, alva: MockConfigEntry, browse: Open, spotify: SpotifySimulator
) -> None:
    """Each once, the listener's own, with covers, and without a call."""
    now = round(dt_util.utcnow().timestamp() * 1000)
    mine = alva.runtime_data.listener
    often, once, loved, theirs = map(song, ("Often", "Once", "Loved", "Theirs"))
    await hass.data[DATA_HISTORY].async_append(
        [
            *(live(now - n * 400_000, item=often, listener=mine) for n in range(1, 31)),
            live(now - 31 * 400_000, item=once, listener=mine),
            *(
                live(now - 700 * DAY - n * 400_000, item=loved, listener=mine)
                for n in range(12)
            ),
            live(now - 500_000, item=theirs),
        ]
    )
    spotify.requests.clear()
    root = await browse()

    async def titles(name: str) -> list[str]:
        opened = await browse(named(root, name))
        assert len(opened["children"]) <= 50
        assert all(child["can_play"] for child in opened["children"])
        covered = {child["title"]: child["thumbnail"] for child in opened["children"]}
        assert len(covered) == len(opened["children"])
        return [
            title.removesuffix(" – Band")
            for title, cover in covered.items()
            if cover == COVER
        ]

    assert await titles("Recently played") == ["Often", "Once"]
    assert await titles("Your top tracks this month") == ["Often"]
    assert await titles("Forgotten favorites") == ["Loved"]
    assert spotify.requests.count(endpoint="/v1/*") == 0


async def test_this_day_of_other_years_has_a_folder_for_each(
    hass: HomeAssistant, alva: MockConfigEntry, browse: Open
) -> None:
    """The latest first, each to open and to play."""
    now = dt_util.now()
    mine = alva.runtime_data.listener
    years = [now.replace(year=now.year - back, hour=12) for back in (1, 3)]
    await hass.data[DATA_HISTORY].async_append(
        [
            live(
                round(then.timestamp() * 1000),
                item=song(f"Then {then.year}"),
                listener=mine,
            )
            for then in years
        ]
    )
    folder = await browse(named(await browse(), "On this day"))
    assert [child["title"] for child in folder["children"]] == [
        str(then.year) for then in years
    ]
    opened = await browse(folder["children"][1])
    assert opened["title"] == f"On this day · {years[1].year}"
    assert opened["can_play"]
    assert [child["title"].split(" – ")[0] for child in opened["children"]] == [
        f"Then {years[1].year}"
    ]


async def test_browsing_works_as_an_action_too(
    hass: HomeAssistant, alva: MockConfigEntry
) -> None:
    """For automations, with the same answer."""
    answer = await hass.services.async_call(
        "media_player",
        "browse_media",
        {"entity_id": ALVA},
        blocking=True,
        return_response=True,
    )
    assert answer is not None
    root: Any = answer[ALVA]
    assert [child.title for child in root.children] == FOLDERS


async def test_the_folders_have_names_in_the_language_of_the_home(
    hass: HomeAssistant, alva: MockConfigEntry, browse: Open
) -> None:
    """English where there are none."""
    hass.config.language = "pl"
    root = await browse()
    assert [child["title"] for child in root["children"]] == FOLDERS
    hass.config.language = "de"
    root = await browse()
    titles = [child["title"] for child in root["children"]]
    assert len(titles) == len(FOLDERS)
    assert titles[0] == "Zuletzt gehört"
    assert set(titles) & set(FOLDERS) <= {"Playlists", "Podcasts"}


async def test_an_account_without_control_is_not_browsed(
    hass: HomeAssistant, link: Link, later: Later
) -> None:
    """Nothing of it could be played."""
    await set_up(hass, await link("alva", "history"))
    assert shown(hass).attributes["supported_features"] == 0
