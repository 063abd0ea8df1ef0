"""What people give a room to play: Spotify, what the household keeps, addresses, at once or behind what is on."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.commands.errors import BadPosition, NoSuchQueuePlace
from custom_components.encore.sonos.errors import (
    SonosRefused,
    SonosServiceUnavailable,
    SpeakerGone,
    SpotifyNotLinkedInSonos,
    UnknownSonosMedia,
    UnknownSonosSource,
)
from custom_components.encore.sonos.household import Household
from custom_components.encore.spotify.api.share_links import ShortLink
from custom_components.encore.spotify.auth.scopes import POSITION_READ
from homeassistant.auth.models import User
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError, Unauthorized
from homeassistant.setup import async_setup_component
from simulator.sonos import SonosSimulator, SpeakerPlace
from simulator.sonos.shelf import spotify_favourite
from simulator.sonos.speaker import Speaker
from simulator.spotify import SpotifySimulator
from simulator.spotify.music import Track
from simulator.spotify.people import ResumePoint
from tests.integration.auth.conftest import Link
from tests.integration.persons import add_person
from tests.integration.sonos.conftest import (
    BEDROOM,
    KITCHEN,
    LIVING_ROOM,
    NETWORK,
    call,
    state_of,
    until,
)

from .conftest import on, play, queue

PREPARED = ["Song 1", "Song 2", "Song 3", "Song 4"]
"""What the kitchen has queued from the start."""


@pytest.mark.parametrize(
    ("enqueue", "titles", "plays"),
    [
        ("play", ["Song 1", "Song 2", "NEW", "Song 3", "Song 4"], "NEW"),
        ("next", ["Song 1", "Song 2", "NEW", "Song 3", "Song 4"], "Song 2"),
        ("add", [*PREPARED, "NEW"], "Song 2"),
        ("replace", ["NEW"], "NEW"),
        (None, ["NEW"], "NEW"),
    ],
)
async def test_a_track_of_spotify_is_played_or_queued(
    hass: HomeAssistant,
    household: Household,
    sonos: SonosSimulator,
    kitchen: Speaker,
    tracks: list[Track],
    enqueue: str | None,
    titles: list[str],
    plays: str,
) -> None:
    """As Home Assistant's words say; it shows as Spotify's."""
    sonos.press("Kitchen", "play", queue=2)
    more = {"enqueue": enqueue} if enqueue else {}
    await play(hass, KITCHEN, tracks[0].uri, **more)
    name = tracks[0].name
    assert queue(kitchen.transport) == [name if one == "NEW" else one for one in titles]
    assert on(kitchen.transport) == (name if plays == "NEW" else plays)
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    if plays == "NEW":
        await until(
            lambda: (
                state_of(hass, KITCHEN).attributes["media_content_id"] == tracks[0].uri
            )
        )


async def test_links_of_all_kinds_and_lists_are_taken_in_their_order(
    hass: HomeAssistant,
    household: Household,
    kitchen: Speaker,
    spotify: SpotifySimulator,
    tracks: list[Track],
) -> None:
    """A link to an album with its rest, a podcast, a list behind what is on."""
    album = tracks[0].album
    await play(hass, KITCHEN, f"https://open.spotify.com/intl-de/album/{album.id}?si=1")
    whole = [track.name for track in spotify.world.context_items(album.uri)]
    assert queue(kitchen.transport) == whole
    show = next(iter(spotify.world.catalogue.shows.values()))
    await play(hass, KITCHEN, show.uri, enqueue="add")
    assert len(queue(kitchen.transport)) > len(whole)
    wanted = tracks[1:4]
    uris = ", ".join(track.uri for track in wanted)
    await play(hass, KITCHEN, uris, enqueue="play")
    assert queue(kitchen.transport)[1:4] == [track.name for track in wanted]
    assert on(kitchen.transport) == wanted[0].name


@pytest.mark.parametrize("service_type", [2311, 3079])
async def test_of_an_artist_the_top_tracks_are_played(
    hass: HomeAssistant,
    household: Household,
    sonos: SonosSimulator,
    kitchen: Speaker,
    spotify: SpotifySimulator,
    tracks: list[Track],
    service_type: int,
) -> None:
    """Those that Spotify plays of the artist, in Europe and elsewhere; no account has to be linked in Home Assistant."""
    sonos.household.spotify_service_type = service_type
    artist = tracks[0].artists[0]
    popular = [track.name for track in spotify.world.context_items(artist.uri)]
    await play(hass, KITCHEN, artist.uri)
    assert (queue(kitchen.transport), on(kitchen.transport)) == (popular, popular[0])
    link = f"https://open.spotify.com/artist/{artist.id}?si=1"
    await play(hass, KITCHEN, link, enqueue="add")
    assert queue(kitchen.transport) == popular * 2
    sonos.press("Kitchen", "unlink_spotify")
    with pytest.raises(SpotifyNotLinkedInSonos):
        await play(hass, KITCHEN, artist.uri)
    assert queue(kitchen.transport) == popular * 2


async def test_a_member_lets_its_coordinator_play(
    hass: HomeAssistant,
    household: Household,
    kitchen: Speaker,
    sonos: SonosSimulator,
    tracks: list[Track],
) -> None:
    """Also where the household has not yet seen who leads."""
    await call(hass, "join", KITCHEN, group_members=[BEDROOM])
    await play(hass, BEDROOM, tracks[0].uri)
    assert on(kitchen.transport) == tracks[0].name
    await call(hass, "clear_playlist", BEDROOM)
    assert queue(kitchen.transport) == []
    for speaker in sonos.household.speakers:
        speaker.faults.events_to_lose = 50
    sonos.press("Living Room", "join", to="Kitchen")
    await play(hass, LIVING_ROOM, tracks[1].uri)
    assert on(kitchen.transport) == tracks[1].name


async def test_spotify_that_is_not_linked_is_named_and_the_queue_stays(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator, kitchen: Speaker, tracks: list[Track]
) -> None:  # fmt: skip
    """Error 800 to something of Spotify's; of another service it is that service."""
    sonos.press("Kitchen", "unlink_spotify")
    with pytest.raises(SpotifyNotLinkedInSonos, match="Add Spotify in the Sonos app"):
        await play(hass, KITCHEN, tracks[0].uri)
    sonos.household.shelf.favour(
        spotify_favourite("FV:2/1", "Low Tide", tracks[0].album.uri)
    )
    with pytest.raises(SpotifyNotLinkedInSonos):
        await play(hass, KITCHEN, "FV:2/1")
    sonos.press("Kitchen", "fail", action="AddURIToQueue", code=800, times=9)
    with pytest.raises(SonosServiceUnavailable):
        await play(hass, KITCHEN, "https://tidal.com/browse/album/157273956")
    assert queue(kitchen.transport) == PREPARED


async def test_outside_of_europe_spotify_is_another_service(
    hass: HomeAssistant,
    household: Household,
    sonos: SonosSimulator,
    kitchen: Speaker,
    tracks: list[Track],
) -> None:
    """It is found; and what Spotify does not have is not taken for a missing link."""
    sonos.household.spotify_service_type = 3079
    await play(hass, KITCHEN, tracks[0].uri)
    assert on(kitchen.transport) == tracks[0].name
    with pytest.raises(SonosRefused) as refused:
        await play(hass, KITCHEN, "spotify:album:6albZZZZZZZZZZZZZZZZ01")
    assert not isinstance(refused.value, SpotifyNotLinkedInSonos)
    assert on(kitchen.transport) == tracks[0].name


async def test_what_the_household_keeps_is_played_by_id_and_by_title(
    hass: HomeAssistant,
    household: Household,
    sonos: SonosSimulator,
    kitchen: Speaker,
    tracks: list[Track],
) -> None:
    """A Sonos playlist, an album and a folder of the library, a track, a station, a favourite, a place of the queue."""
    transport = kitchen.transport
    await play(hass, KITCHEN, "Sunday", media_content_type="playlist")
    assert (queue(transport), on(transport)) == (["Song 3", "Song 1"], "Song 3")
    await play(hass, KITCHEN, "SQ:0", enqueue="add")
    assert queue(transport) == ["Song 3", "Song 1"] * 2
    await play(hass, KITCHEN, "A:ALBUM/Album%200", media_content_type="album")
    assert queue(transport) == ["Song 3", "Song 6", "Song 9", "Song 12"]
    await play(hass, KITCHEN, "S://nas/music/Song%205.flac", enqueue="next")
    assert queue(transport)[1] == "Song 5"
    await play(hass, KITCHEN, "Q:0/3")
    assert on(transport) == "Song 6"
    await play(hass, KITCHEN, "FV:2/2", media_content_type="favorite_item_id")
    assert transport.radio is not None
    assert transport.radio.station.title == "Harbour FM"
    await play(hass, KITCHEN, "R:0/0/1")
    await until(
        lambda: state_of(hass, KITCHEN).attributes.get("media_channel") == "Night Waves"
    )
    assert len(queue(transport)) == 5
    for nothing in ("SQ:77", "A:ALBUM/Nowhere", "Nothing of this name"):
        with pytest.raises(UnknownSonosMedia):
            await play(hass, KITCHEN, nothing)


async def test_what_plays_at_once_begins_at_the_position_asked_for(
    hass: HomeAssistant, household: Household, kitchen: Speaker, tracks: list[Track]
) -> None:
    """In seconds, as on an account's player; from the queue, behind what is on, and beside it."""
    transport = kitchen.transport
    await play(hass, KITCHEN, tracks[0].uri, extra={"position": 75})
    assert abs(transport.position_s - 75) <= 5
    await play(hass, KITCHEN, tracks[1].uri, enqueue="play", extra={"position": 30})
    assert on(transport) == tracks[1].name
    assert abs(transport.position_s - 30) <= 5
    await play(hass, KITCHEN, tracks[2].uri, enqueue="next", extra={"position": 90})
    assert on(transport) == tracks[1].name
    assert transport.position_s <= 40
    for nowhere in (-1, "half", True):
        with pytest.raises(BadPosition):
            await play(hass, KITCHEN, tracks[0].uri, extra={"position": nowhere})


async def test_an_episode_goes_on_where_its_caller_left_it(
    hass: HomeAssistant,
    household: Household,
    link: Link,
    kitchen: Speaker,
    spotify: SpotifySimulator,
    hass_admin_user: User,
) -> None:
    """A person; an automation, which is nobody, begins at the start."""
    alva = await link("alva", more=(POSITION_READ,))
    await add_person(hass, "alva", hass_admin_user)
    hass.config_entries.async_update_entry(alva, options={"person": "person.alva"})
    await hass.config_entries.async_setup(alva.entry_id)
    await hass.async_block_till_done()
    episode = next(iter(spotify.world.catalogue.episodes.values()))
    points = spotify.world.library("alva").resume_points
    points[episode.id] = ResumePoint(90_000, fully_played=False)
    await play(hass, KITCHEN, episode.uri)
    assert kitchen.transport.position_s <= 5
    await hass.services.async_call(
        "media_player",
        "play_media",
        {
            "entity_id": KITCHEN,
            "media_content_id": episode.uri,
            "media_content_type": "podcast",
        },
        blocking=True,
        context=Context(user_id=hass_admin_user.id),
    )
    assert on(kitchen.transport) == episode.name
    assert abs(kitchen.transport.position_s - 90) <= 5
    await hass.config_entries.async_unload(alva.entry_id)


@pytest.mark.parametrize("place", ["Q:0/5", "Q:0/0"])
async def test_a_place_that_the_queue_does_not_have_is_reported_and_the_radio_plays_on(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator, kitchen: Speaker, place: str
) -> None:  # fmt: skip
    """With the last one that it has."""
    sonos.press("Kitchen", "radio")
    await until(lambda: kitchen.transport.state == "PLAYING")
    with pytest.raises(NoSuchQueuePlace) as caught:
        await play(hass, KITCHEN, place)
    words = caught.value.translation_placeholders
    assert words == {"room": "Kitchen", "last": "4"}
    assert kitchen.transport.radio is not None
    assert kitchen.transport.state == "PLAYING"


async def test_a_file_on_the_web_plays_beside_the_queue_or_in_it(
    hass: HomeAssistant, household: Household, kitchen: Speaker
) -> None:
    """A station is told to speakers as one; what they do not know is refused in words."""
    transport = kitchen.transport
    url = "http://127.0.0.1/door bell.mp3"
    await play(hass, KITCHEN, url, extra={"title": "Ding & dong"})
    assert (transport.uri, queue(transport)) == (url, PREPARED)
    await until(
        lambda: state_of(hass, KITCHEN).attributes.get("media_title") == "Ding & dong"
    )
    await play(hass, KITCHEN, url, enqueue="add")
    assert queue(transport) == [*PREPARED, "door bell.mp3"]
    stream = "https://numbers.example/stream.mp3"
    await play(hass, KITCHEN, stream, extra={"radio": True, "title": "Numbers"})
    assert transport.uri == "x-rincon-mp3radio://numbers.example/stream.mp3"
    await until(
        lambda: state_of(hass, KITCHEN).attributes.get("media_channel") == "Numbers"
    )
    with pytest.raises(UnknownSonosMedia):
        await play(hass, KITCHEN, "gopher:hole")


async def test_a_media_source_is_resolved(
    hass: HomeAssistant, household: Household, kitchen: Speaker
) -> None:
    """Home Assistant signs its own files for the speaker."""
    hass.config.internal_url = "http://127.0.0.1:8123"
    assert await async_setup_component(hass, "media_source", {})
    await hass.async_block_till_done()
    await play(hass, KITCHEN, "media-source://media_source/local/bell.mp3")
    assert kitchen.transport.uri.startswith(
        "http://127.0.0.1:8123/media/local/bell.mp3?authSig="
    )
    with pytest.raises(HomeAssistantError):
        await play(hass, KITCHEN, "media-source://nowhere/bell.mp3")


async def test_what_a_room_cannot_play_is_said(
    hass: HomeAssistant,
    household: Household,
    sonos: SonosSimulator,
    kitchen: Speaker,
    tracks: list[Track],
) -> None:
    """An artist whom nobody knows, a link that hides what it leads to, a speaker that is gone; nothing is lost by it."""
    with pytest.raises(SonosRefused, match="Kitchen"):
        await play(hass, KITCHEN, "spotify:artist:6artZZZZZZZZZZZZZZZZ01")
    with pytest.raises(ShortLink):
        await play(hass, KITCHEN, "https://spotify.link/abcdefgh")
    assert queue(kitchen.transport) == PREPARED
    sonos.press("Kitchen", "vanish")
    await until(lambda: state_of(hass, KITCHEN).state == "unavailable")
    entity = hass.data["entity_components"]["media_player"].get_entity(KITCHEN)
    with pytest.raises(SpeakerGone):
        await entity.async_play_media("music", tracks[0].uri)


async def test_who_may_not_command_plays_nothing(
    hass: HomeAssistant, household: Household, kitchen: Speaker, tracks: list[Track]
) -> None:
    """A user who is gone."""
    with pytest.raises(Unauthorized):
        await hass.services.async_call(
            "media_player",
            "play_media",
            {
                "entity_id": KITCHEN,
                "media_content_id": tracks[0].uri,
                "media_content_type": "music",
            },
            blocking=True,
            context=Context(user_id="gone"),
        )
    assert queue(kitchen.transport) == PREPARED


async def test_liked_songs_and_folders_of_an_account_are_queued_song_by_song(
    hass: HomeAssistant,
    household: Household,
    alva: MockConfigEntry,
    kitchen: Speaker,
    spotify: SpotifySimulator,
) -> None:
    """As far as the account may be read; otherwise it is said what is missing."""
    with pytest.raises(HomeAssistantError):
        await play(hass, KITCHEN, "encore:liked_songs")
    assert queue(kitchen.transport) == PREPARED


async def test_inputs_of_the_home_and_connect_are_sources(
    hass: HomeAssistant,
    household: Household,
    sonos: SonosSimulator,
    kitchen: Speaker,
    tracks: list[Track],
) -> None:
    """The line-in of another room by its name; a favourite by what it plays; Connect while it is on."""
    await sonos.plug_in(SpeakerPlace("Bath", f"{NETWORK}.41", "S15", "Sonos Port"))
    line_in = "Line-in: Bath"
    await until(lambda: hass.states.get("media_player.bath"))
    await until(
        lambda: "Line-in" in state_of(hass, "media_player.bath").attributes["source_list"]
    )  # fmt: skip
    await until(lambda: line_in in state_of(hass, KITCHEN).attributes["source_list"])
    await call(hass, "select_source", KITCHEN, source=line_in)
    assert kitchen.transport.uri == f"x-rincon-stream:{sonos.speaker('Bath').uid}"
    await until(lambda: state_of(hass, KITCHEN).attributes.get("source") == line_in)
    sonos.household.shelf.favour(
        spotify_favourite("FV:2/1", "Evening", tracks[0].album.uri)
    )
    await until(lambda: "Evening" in state_of(hass, KITCHEN).attributes["source_list"])
    await call(hass, "select_source", KITCHEN, source="Evening")
    await until(lambda: state_of(hass, KITCHEN).attributes.get("source") == "Evening")
    with pytest.raises(UnknownSonosSource, match="Evening"):
        await call(hass, "select_source", KITCHEN, source="Nothing")
