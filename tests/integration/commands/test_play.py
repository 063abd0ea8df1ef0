"""Playing something somewhere: what is meant, where, by which way, and once."""

import asyncio

import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_mock_service,
)

from custom_components.encore.access.policy import async_caller
from custom_components.encore.commands.errors import (
    NoPlayerThere,
    NothingCalledSo,
    NotOnSonos,
    WhichAccount,
    WhichPlayer,
)
from custom_components.encore.dispatch.caller_context import async_query_context
from custom_components.encore.history.model import (
    Item,
    Kind,
    Listener,
    Observation,
    Room,
    RoomSpan,
    Source,
)
from custom_components.encore.history.records.saved_library import (
    LibrarySection,
    SavedItem,
    note_saved,
)
from custom_components.encore.questions.base.errors import UnknownHere
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from custom_components.encore.spotify.errors import (
    RestrictedDevice,
    SpotifyError,
    TransferIgnored,
)
from homeassistant.core import Context, HomeAssistant, ServiceCall
from homeassistant.exceptions import (
    HomeAssistantError,
    ServiceValidationError,
    Unauthorized,
)
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
from simulator.spotify import Fault, FaultKind, SpotifySimulator
from simulator.spotify.music import Track
from simulator.spotify.player import Player
from tests.integration.running import async_command

from .conftest import LISTENER, Act
from .test_devices import LAPTOP, PHONE, named, sound

DAY_MS = 86_400_000
PLAY = "/v1/me/player/play"


def played_once(
    listener: Listener,
    track: Track,
    ended_at: int,
    rooms: tuple[RoomSpan, ...] = (),
    source: Source = Source.EXPORT,
) -> Observation:
    """Return that a listener heard a track in full, until a moment (UTC ms)."""
    item = Item(
        uri=track.uri,
        kind=Kind.TRACK,
        title=track.name,
        artists=track.artist_names,
        album=track.album_name,
        duration_ms=track.duration_ms,
    )
    return Observation(
        source=source,
        listener=listener,
        item=item,
        started_at=ended_at - track.duration_ms,
        ended_at=ended_at,
        ms_played=track.duration_ms,
        rooms=rooms,
    )


async def record_plays(
    hass: HomeAssistant, spotify: SpotifySimulator, listener: Listener, *tracks: Track
) -> None:
    """Let a listener have heard tracks, one a day, the last yesterday."""
    now = spotify.clock.now_ms()
    await hass.data[DATA_HISTORY].async_append(
        [
            played_once(listener, track, now - ago * DAY_MS)
            for ago, track in enumerate(reversed(tracks), start=1)
        ]
    )


@pytest.fixture
async def played(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
) -> Track:
    """Return a track that Alva has heard."""
    await record_plays(hass, spotify, alva.runtime_data.listener, tracks[0])
    return tracks[0]


def stands_in(hass: HomeAssistant, entry: MockConfigEntry, name: str, area: str) -> str:
    """Let Home Assistant have a device of a name in an area; returns the area's id."""
    room = ar.async_get(hass).async_get_or_create(area)
    devices = dr.async_get(hass)
    device = devices.async_get_or_create(
        config_entry_id=entry.entry_id, identifiers={("test", f"{name} {area}")}
    )
    devices.async_update_device(device.id, name_by_user=name, area_id=room.id)
    return room.id


def sonos(hass: HomeAssistant, name: str, area: str, state: str = "idle") -> str:
    """Let Home Assistant have a Sonos speaker in an area; returns its entity id."""
    room = ar.async_get(hass).async_get_or_create(area)
    entities = er.async_get(hass)
    entry = entities.async_get_or_create(
        "media_player", "sonos", f"RINCON_{name}", suggested_object_id=name
    )
    entities.async_update_entity(entry.entity_id, area_id=room.id)
    hass.states.async_set(entry.entity_id, state, {"friendly_name": name})
    return entry.entity_id


@pytest.fixture
def shared(hass: HomeAssistant, alva: MockConfigEntry) -> list[ServiceCall]:
    """Return what Sonos speakers are given, which are none of Encore's."""
    return async_mock_service(hass, "media_player", "play_media")


def plays(player: Player) -> str | None:
    """Return the URI of what a player has on."""
    return player.state.item.uri if player.state and player.state.item else None


def starts(spotify: SpotifySimulator) -> int:
    """Return how often Spotify was told to play."""
    return spotify.requests.count(endpoint=PLAY)


async def test_a_link_plays_on_a_device_by_its_name(
    played: Track, act: Act, player: Player
) -> None:
    """With the name that the history knows for it."""
    answer = await act("play_media", item=f"https://open.spotify.com/track/{played.id}?si=1", room=LAPTOP)  # fmt: skip
    assert (plays(player), sound(player)) == (played.uri, (LAPTOP, True))
    assert answer["item"]["name"] == played.name
    assert {key: answer[key] for key in answer if key not in {"item", "speech"}} == {
        "found_in": "link",
        "room": None,
        "device": LAPTOP,
        "way": "connect",
        "queued": False,
        "more": 0,
        "listener": LISTENER,
        "repeated": False,
    }
    assert answer["speech"] == f"“{played.name}” by {', '.join(played.artist_names)} plays on {LAPTOP}."  # fmt: skip


async def test_a_room_is_where_home_assistant_has_the_device(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    played: Track,
    act: Act,
    player: Player,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By the area's name or id; what was heard needs no search at Spotify."""
    monkeypatch.setattr("custom_components.encore.commands.deduplicate.WITHIN_S", 0)
    area = stands_in(hass, alva, LAPTOP, "Study room")
    for room in ("study ROOM", area):
        player.lose_device()
        answer = await act("play_media", item=played.name, type="track", room=room)
        assert (answer["room"], answer["device"]) == ("Study room", LAPTOP)
        assert answer["found_in"] == "history"
    assert sound(player) == (LAPTOP, True)
    assert answer["speech"].endswith(f"plays in Study room on {LAPTOP}. {LISTENER} has played it before.")  # fmt: skip


async def test_asked_twice_within_two_seconds_it_plays_once(
    alva: MockConfigEntry,
    played: Track,
    act: Act,
    player: Player,
    spotify: SpotifySimulator,
) -> None:
    """Also while the first is under way; the second is told what came of it."""
    both = await asyncio.gather(
        act("play_media", item=played.name, room=LAPTOP),
        act("play_media", item=played.name.upper(), room=LAPTOP.upper()),
    )
    third = await act("play_media", item=played.name, room=LAPTOP)
    assert [each["repeated"] for each in (*both, third)] == [False, True, True]
    assert starts(spotify) == 1
    assert third["item"] == both[0]["item"]
    assert third["speech"].startswith("Already requested: ")
    await act("play_media", item=played.name, room=PHONE)
    assert starts(spotify) == 2


async def test_two_microphones_that_picked_up_one_sentence_play_it_once(
    hass: HomeAssistant, alva: MockConfigEntry, played: Track, spotify: SpotifySimulator
) -> None:
    """Whatever the room is called by, and wherever they stand; without a room each means its own."""
    study = stands_in(hass, alva, LAPTOP, "Study")
    stands_in(hass, alva, PHONE, "Hall")
    ar.async_get(hass).async_update(study, aliases={"den"})
    caller = await async_caller(hass, Context())

    async def said(where: str | None, room: str | None) -> bool:
        here = None if where is None else Room(where.lower(), where)
        query_context = async_query_context(hass, caller, here=here)
        values = {"what": played.uri} | ({"room": room} if room else {})
        done = await async_command(hass, "play", values, query_context, caller)
        return bool(done.data["repeated"])

    asked = [("Hall", "study"), ("Study", "Den"), (None, study), ("Study", "here")]
    repeated = await asyncio.gather(*(said(*each) for each in asked))
    assert repeated == [False, True, True, True]
    assert starts(spotify) == 1
    assert [await said(each, None) for each in ("Hall", "Study")] == [False, False]
    assert starts(spotify) == 3


async def test_after_two_seconds_it_is_another_wish(
    played: Track, act: Act, spotify: SpotifySimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody wants to hear it from the beginning."""
    monkeypatch.setattr("custom_components.encore.commands.deduplicate.WITHIN_S", 0)
    for _ in range(2):
        answer = await act("play_media", item=played.uri, room=LAPTOP)
        assert answer["repeated"] is False
    assert starts(spotify) == 2


async def test_what_failed_is_tried_again_at_once(
    played: Track, act: Act, spotify: SpotifySimulator
) -> None:
    """A failure is no result to be handed on later."""
    spotify.faults.add(Fault(FaultKind.SERVER_ERROR, PLAY, "PUT"))
    with pytest.raises(SpotifyError):
        await act("play_media", item=played.uri, room=LAPTOP)
    assert (await act("play_media", item=played.uri, room=LAPTOP))["repeated"] is False


async def test_what_was_played_plays_while_spotifys_search_is_out_of_reach(
    played: Track, act: Act, player: Player, spotify: SpotifySimulator
) -> None:
    """Even spelt almost so; what nobody heard is refused with the reason."""
    spotify.faults.add(Fault(FaultKind.SERVER_ERROR, "/v1/search", times=None))
    answer = await act("play_media", item=played.name, type="track", room=LAPTOP)
    assert (answer["found_in"], plays(player)) == ("history", played.uri)
    with pytest.raises(SpotifyError):
        await act("play_media", item="qzxvw kjhgf", room=LAPTOP)


async def test_a_played_artist_plays_by_the_uri_that_spotify_has(
    played: Track, act: Act, player: Player, spotify: SpotifySimulator
) -> None:
    """The history has artists by name alone."""
    artist = played.artists[0]
    answer = await act("play_media", item=artist.name, type="artist", room=LAPTOP)
    assert (answer["item"]["uri"], answer["found_in"]) == (artist.uri, "history")
    assert player.state is not None
    assert player.state.context_uri == artist.uri


async def test_the_very_name_at_spotify_beats_what_lacks_a_word_of_it(
    hass: HomeAssistant, alva: MockConfigEntry, act: Act, spotify: SpotifySimulator
) -> None:
    """Short words are forgiven, but "MC Harrow" is nobody else of that family whom Alva has heard."""
    catalogue = spotify.world.catalogue
    meant = next(
        each for each in catalogue.artists.values() if each.name == "MC Harrow"
    )
    played = next(
        track
        for track in catalogue.tracks.values()
        if "Harrow" in track.artist_names[0] and "MC" not in track.artist_names[0]
    )
    await record_plays(hass, spotify, alva.runtime_data.listener, played)
    answer = await act("play_media", item="MC Harrow", type="artist", room=LAPTOP)
    assert (answer["item"]["uri"], answer["found_in"]) == (meant.uri, "spotify")
    spotify.faults.add(Fault(FaultKind.SERVER_ERROR, "/v1/search", times=None))
    answer = await act(
        "play_media", item=f"zz {played.name}", type="track", room=LAPTOP
    )
    assert (answer["item"]["uri"], answer["found_in"]) == (played.uri, "history")


async def test_a_played_album_of_a_namesake_is_not_taken_from_the_library(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    played: Track,
    act: Act,
    spotify: SpotifySimulator,
) -> None:
    """The history knows whose it is; Spotify tells its URI."""
    other = next(
        each
        for each in spotify.world.catalogue.albums.values()
        if each.uri != played.album.uri
    )
    listener = alva.runtime_data.listener
    item = SavedItem(other.uri, played.album_name, "Somebody Else")
    await hass.data[DATA_HISTORY].async_write(
        lambda connection, ingest: note_saved(
            connection, ingest.registers, listener, LibrarySection.ALBUMS, item
        )
    )
    answer = await act("play_media", item=played.album_name, type="album", room=LAPTOP)
    assert (answer["item"]["uri"], answer["found_in"]) == (played.album.uri, "history")


async def test_what_is_in_the_library_comes_before_what_spotify_finds(
    hass: HomeAssistant, alva: MockConfigEntry, act: Act, spotify: SpotifySimulator
) -> None:
    """A playlist of one's own, by the words of its name."""
    album = next(iter(spotify.world.catalogue.albums.values()))
    listener = alva.runtime_data.listener
    item = SavedItem(album.uri, "Süße Küche", "Alva")
    await hass.data[DATA_HISTORY].async_write(
        lambda connection, ingest: note_saved(
            connection, ingest.registers, listener, LibrarySection.ALBUMS, item
        )
    )
    answer = await act("play_media", item="susse kuche", room=LAPTOP)
    assert (answer["item"]["uri"], answer["found_in"]) == (album.uri, "library")
    assert not spotify.requests.count(endpoint="/v1/search")


async def test_what_was_never_played_is_found_at_spotify(
    alva: MockConfigEntry, act: Act, player: Player, tracks: list[Track]
) -> None:
    """And it says so."""
    track = tracks[1]
    answer = await act(
        "play_media",
        item=f"{track.name} {track.artist_names[0]}",
        type="track",
        room=LAPTOP,
    )
    assert answer["found_in"] == "spotify"
    assert answer["item"]["uri"] == plays(player)
    assert answer["speech"].endswith("found it on Spotify.")


async def test_what_nothing_is_called_is_said(
    alva: MockConfigEntry, act: Act, player: Player
) -> None:
    """By whom it was not heard, too."""
    with pytest.raises(NothingCalledSo) as refused:
        await act("play_media", item="qzxvw kjhgf", room=LAPTOP)
    assert refused.value.translation_placeholders == {"text": "qzxvw kjhgf", "name": LISTENER}  # fmt: skip
    assert sound(player) is None


async def test_where_there_is_nothing_the_rooms_and_players_are_named(
    hass: HomeAssistant, alva: MockConfigEntry, played: Track, act: Act
) -> None:
    """For a room without a player as for a name that nothing has."""
    stands_in(hass, alva, LAPTOP, "Study")
    sonos(hass, "Beam", "Living room")
    ar.async_get(hass).async_create("Garage")
    for room in ("Garage", "Attic"):
        with pytest.raises(NoPlayerThere) as refused:
            await act("play_media", item=played.uri, room=room)
        assert refused.value.translation_placeholders == {
            "name": room,
            "rooms": "Living room, Study",
            "devices": f"{LAPTOP}, {PHONE}, Beam",
        }


async def test_several_players_in_a_room_have_to_be_distinguished(
    hass: HomeAssistant, alva: MockConfigEntry, played: Track, act: Act, player: Player
) -> None:
    """Unless one of them is on."""
    for device in (LAPTOP, PHONE):
        stands_in(hass, alva, device, "Study")
    with pytest.raises(WhichPlayer) as refused:
        await act("play_media", item=played.uri, room="Study")
    assert refused.value.translation_placeholders == {
        "name": "Study",
        "players": f"{LAPTOP}, {PHONE}",
    }
    player.play(uris=[played.uri], device_id=named(player, PHONE))
    assert (await act("play_media", item=played.uri, room="Study"))["device"] == PHONE


async def test_a_name_in_two_areas_is_no_room(
    hass: HomeAssistant, alva: MockConfigEntry, played: Track, act: Act
) -> None:
    """It is still the device's own name."""
    for area in ("Study", "Attic"):
        stands_in(hass, alva, LAPTOP, area)
    answer = await act("play_media", item=played.uri, room=LAPTOP)
    assert (answer["room"], answer["device"]) == (None, LAPTOP)


async def test_a_start_that_spotify_only_says_to_have_done_is_an_error(
    played: Track, act: Act, player: Player, spotify: SpotifySimulator
) -> None:
    """204, and it is silent there."""
    spotify.faults.add(Fault(FaultKind.IGNORED_TRANSFER, PLAY))
    with pytest.raises(TransferIgnored) as refused:
        await act("play_media", item=played.uri, room=LAPTOP)
    assert refused.value.translation_placeholders == {"device": LAPTOP}
    assert sound(player) is None


async def test_what_spotify_accepted_is_no_failure_where_nobody_can_look(
    played: Track, act: Act, player: Player, spotify: SpotifySimulator
) -> None:
    """Told to fail, somebody would ask again, and hear it from its start once more."""
    spotify.faults.add(
        Fault(FaultKind.RATE_LIMITED, "/v1/me/player", "GET", retry_after=60)
    )
    answer = await act("play_media", item=played.uri, room=LAPTOP)
    assert (answer["device"], plays(player)) == (LAPTOP, played.uri)


async def test_liked_songs_play_in_a_room(
    hass: HomeAssistant,
    granted: MockConfigEntry,
    act: Act,
    player: Player,
    spotify: SpotifySimulator,
) -> None:
    """By the link that the app shares, which names nobody."""
    liked = [f"spotify:track:{each}" for each in spotify.world.library("alva").tracks]
    link = "https://open.spotify.com/intl-de/collection/tracks?si=1"
    answer = await act("play_media", item=link, room=LAPTOP)
    assert (sound(player), plays(player)) == ((LAPTOP, True), liked[0])
    assert answer["speech"] == f"The list of liked songs plays on {LAPTOP}."
    answer = await act("add_to_queue", items="spotify:user:alva:collection")
    assert answer["items"] == liked[:50]


async def test_a_restricted_device_is_refused(
    alva: MockConfigEntry, played: Track, act: Act, player: Player
) -> None:
    """Before Spotify is asked to play anything."""
    television = next(device for device in player.devices if device.is_restricted)
    with pytest.raises(RestrictedDevice):
        await act("play_media", item=played.uri, room=television.name)


async def test_without_a_room_it_plays_where_music_is_on(
    played: Track, act: Act, player: Player, tracks: list[Track]
) -> None:
    """Else where the account's options say."""
    player.play(uris=[tracks[1].uri], device_id=named(player, LAPTOP))
    assert (await act("play_media", item=played.uri))["device"] == LAPTOP
    assert (plays(player), sound(player)) == (played.uri, (LAPTOP, True))
    player.lose_device()
    assert (await act("play_media", item=tracks[1].uri))["device"] in {LAPTOP, PHONE}


async def test_what_is_added_waits_for_what_is_on(
    played: Track, act: Act, player: Player, tracks: list[Track]
) -> None:
    """Which comes along when it is on elsewhere; where nothing is on, it plays."""
    player.play(uris=[tracks[1].uri], device_id=named(player, PHONE))
    answer = await act("play_media", item=played.uri, room=LAPTOP, enqueue="add")
    assert answer["queued"] is True
    assert "comes next on" in answer["speech"]
    assert (plays(player), sound(player)) == (tracks[1].uri, (LAPTOP, True))
    assert [each.uri for each in player.coming(1)] == [played.uri]
    player.lose_device()
    answer = await act("play_media", item=tracks[2].uri, room=LAPTOP, enqueue="next")
    assert answer["queued"] is False
    assert (plays(player), sound(player)) == (tracks[2].uri, (LAPTOP, True))


@pytest.mark.parametrize("room", ["kitchen", "Cooking corner", "media_player.one"])
async def test_a_sonos_speaker_is_given_a_share_link(
    hass: HomeAssistant,
    shared: list[ServiceCall],
    played: Track,
    act: Act,
    spotify: SpotifySimulator,
    room: str,
) -> None:
    """By its room, its name or its entity id, and Spotify is not asked to play."""
    speaker = sonos(hass, "One", "Kitchen")
    hass.states.async_set(speaker, "playing", {"friendly_name": "Cooking corner"})
    answer = await act(
        "play_media", item=played.name, type="track", room=room, enqueue="add"
    )
    (call,) = shared
    assert call.data == {
        "entity_id": speaker,
        "media_content_id": f"https://open.spotify.com/track/{played.id}",
        "media_content_type": "music",
        "enqueue": "add",
    }
    assert (answer["way"], answer["device"], answer["room"], answer["queued"]) == (
        "sonos",
        "Cooking corner",
        "Kitchen",
        True,
    )
    assert not starts(spotify)


async def test_behind_nothing_a_speaker_plays_at_once(
    hass: HomeAssistant, shared: list[ServiceCall], played: Track, act: Act
) -> None:
    """What is only added to the queue of a speaker at rest would not be heard."""
    sonos(hass, "One", "Kitchen")
    answer = await act("play_media", item=played.uri, room="Kitchen", enqueue="add")
    assert shared[0].data["enqueue"] == "play"
    assert answer["queued"] is False


async def test_of_several_speakers_in_a_room_the_one_that_is_meant_plays(
    hass: HomeAssistant, shared: list[ServiceCall], played: Track, act: Act
) -> None:
    """The one that is on, any of those that play together; else it has to be said."""
    one, two = sonos(hass, "One", "Kitchen"), sonos(hass, "Two", "Kitchen")
    with pytest.raises(WhichPlayer) as refused:
        await act("play_media", item=played.uri, room="Kitchen")
    assert refused.value.translation_placeholders == {
        "name": "Kitchen",
        "players": "One, Two",
    }
    hass.states.async_set(two, "playing", {"friendly_name": "Two"})
    await act("play_media", item=played.uri, room="Kitchen")
    for speaker in (one, two):
        hass.states.async_set(speaker, "playing", {"group_members": [one, two]})
    await act("play_media", item=played.artists[0].uri.replace("artist", "album"), room="Kitchen")  # fmt: skip
    assert [call.data["entity_id"] for call in shared] == [two, one]


async def test_what_sonos_does_not_take_goes_by_connect(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    shared: list[ServiceCall],
    played: Track,
    act: Act,
    player: Player,
) -> None:
    """An artist has no share link that Home Assistant's own Sonos can play; without a device there, that is said."""
    sonos(hass, "One", "Kitchen")
    artist = played.artists[0].uri
    with pytest.raises(NotOnSonos):
        await act("play_media", item=artist, room="Kitchen")
    stands_in(hass, alva, LAPTOP, "Kitchen")
    answer = await act("play_media", item=artist, room="Kitchen")
    assert (answer["way"], answer["device"]) == ("connect", LAPTOP)
    assert not shared


async def test_a_speaker_that_refuses_leaves_it_to_connect(
    hass: HomeAssistant, alva: MockConfigEntry, played: Track, act: Act, player: Player
) -> None:
    """Whichever can; and where no other can, its own words are told."""

    async def refuse(call: ServiceCall) -> None:
        raise HomeAssistantError("Spotify is not added in the Sonos app")

    hass.services.async_register("media_player", "play_media", refuse)
    sonos(hass, "One", "Kitchen")
    with pytest.raises(HomeAssistantError, match="not added in the Sonos app"):
        await act("play_media", item=played.uri, room="Kitchen")
    stands_in(hass, alva, LAPTOP, "Kitchen")
    answer = await act("play_media", item=played.uri, room="Kitchen")
    assert (answer["way"], sound(player)) == ("connect", (LAPTOP, True))


async def test_a_speaker_out_of_reach_is_none(
    hass: HomeAssistant, shared: list[ServiceCall], played: Track, act: Act
) -> None:
    """It is not there to be played on."""
    sonos(hass, "One", "Kitchen", "unavailable")
    with pytest.raises(NoPlayerThere):
        await act("play_media", item=played.uri, room="Kitchen")
    assert not shared


async def test_here_needs_a_place(played: Track, act: Act) -> None:
    """An automation stands nowhere."""
    with pytest.raises(ServiceValidationError) as refused:
        await act("play_media", item=played.uri, room="here")
    assert refused.value.translation_key == UnknownHere.key


async def test_who_asks_in_a_room_hears_it_there_if_there_is_a_player(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    played: Track,
    tracks: list[Track],
    player: Player,
) -> None:
    """As by a voice satellite; else on what is on, wherever that is."""
    study = stands_in(hass, alva, LAPTOP, "Study")
    garage = ar.async_get(hass).async_create("Garage")
    caller = await async_caller(hass, Context())
    for room, uri in ((Room(study, "Study"), played.uri), (Room(garage.id, "Garage"), tracks[1].uri)):  # fmt: skip
        query_context = async_query_context(hass, caller, here=room)
        done = await async_command(hass, "play", {"what": uri}, query_context, caller)
        assert done.data["device"] == LAPTOP
        assert (plays(player), sound(player)) == (uri, (LAPTOP, True))
    query_context = async_query_context(hass, caller, here=Room(garage.id, "Garage"))
    with pytest.raises(NoPlayerThere):
        await async_command(
            hass, "play", {"what": uri, "room": "here"}, query_context, caller
        )


async def test_whose_account_plays_can_be_said_and_has_to_be_where_two_could(
    ben: MockConfigEntry, act: Act, tracks: list[Track], spotify: SpotifySimulator
) -> None:
    """As with every command."""
    with pytest.raises(WhichAccount):
        await act("play_media", item=tracks[0].uri, room=LAPTOP)
    bens = spotify.world.player("ben")
    device = next(each for each in bens.devices if not each.is_restricted)
    answer = await act(
        "play_media", item=tracks[0].uri, room=device.name, listener="ben"
    )
    assert (plays(bens), sound(bens)) == (tracks[0].uri, (device.name, True))
    assert answer["listener"] == ben.runtime_data.listener.name


async def test_a_short_link_is_refused_with_what_to_do(
    alva: MockConfigEntry, act: Act
) -> None:
    """It is no name to look for."""
    with pytest.raises(ServiceValidationError) as refused:
        await act("play_media", item="https://spotify.link/abc", room=LAPTOP)
    assert refused.value.translation_key == "short_link"


async def test_who_may_not_control_playback_may_not_play(
    hass: HomeAssistant, played: Track, act: Act, player: Player
) -> None:
    """A user who is gone is nobody."""
    with pytest.raises(Unauthorized):
        await act("play_media", Context(user_id="gone"), item=played.uri, room=LAPTOP)
    assert sound(player) is None
