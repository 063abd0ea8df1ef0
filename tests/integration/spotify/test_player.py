"""A Spotify account as a media player of Home Assistant."""

from datetime import datetime
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.const import DOMAIN
from custom_components.encore.history.model import Item, Kind
from custom_components.encore.spotify.api.playback import ConnectDevice, Playback
from custom_components.encore.spotify.errors import (
    CommandRefused,
    NoActiveDevice,
    NotPremium,
    TokenRejected,
    TransferIgnored,
)
from homeassistant.components.media_player.const import MediaPlayerEntityFeature
from homeassistant.core import HomeAssistant, State
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import device_registry as dr, issue_registry as ir
from simulator.spotify import Fault, FaultKind, SpotifySimulator
from simulator.spotify.music import Track
from tests.integration.auth.conftest import Link
from tests.integration.spotify.conftest import Later, set_up
from tests.integration.spotify.playing import call, seen, shown

F = MediaPlayerEntityFeature
VOLUME = F.VOLUME_SET | F.VOLUME_STEP
TRANSPORT = (
    F.PAUSE | F.NEXT_TRACK | F.PREVIOUS_TRACK | F.SEEK | F.SHUFFLE_SET | F.REPEAT_SET
)
ANYWHERE = (
    F.PLAY
    | F.PLAY_MEDIA
    | F.MEDIA_ENQUEUE
    | F.SELECT_SOURCE
    | F.BROWSE_MEDIA
    | F.SEARCH_MEDIA
)


async def play(hass: HomeAssistant, track: Track, **how: Any) -> None:
    """Have a track played."""
    await call(
        hass,
        "play_media",
        media_content_type="music",
        media_content_id=track.uri,
        **how,
    )


async def test_an_account_is_one_player_on_one_device(
    hass: HomeAssistant, alva: MockConfigEntry, device_registry: dr.DeviceRegistry
) -> None:
    """A service named after the person; idle while nothing is on."""
    assert shown(hass).state == "idle"
    (device,) = dr.async_entries_for_config_entry(device_registry, alva.entry_id)
    assert device.entry_type is dr.DeviceEntryType.SERVICE
    assert device.identifiers == {(DOMAIN, alva.data["account_id"])}
    assert device.name == alva.data["display_name"]


async def test_the_player_shows_what_is_on(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
    later: Later,
) -> None:
    """Title, artist, album, cover, length, position, volume, order, device."""
    player = spotify.world.player("alva")
    player.play(uris=[tracks[0].uri], position_ms=10_000)
    player.repeat("track")
    await seen(alva, later)
    attributes = shown(hass).attributes
    track = tracks[0]
    position = attributes["media_position"]
    assert {name: attributes[name] for name in (
        "media_content_id", "media_content_type", "media_title", "media_artist",
        "media_album_name", "media_duration", "volume_level", "shuffle", "repeat", "source",
    )} == {
        "media_content_id": track.uri,
        "media_content_type": "music",
        "media_title": track.name,
        "media_artist": ", ".join(track.artist_names),
        "media_album_name": track.album_name,
        "media_duration": round(track.duration_ms / 1000),
        "volume_level": 0.7,
        "shuffle": False,
        "repeat": "one",
        "source": "Alva’s Pixel 9",
    }  # fmt: skip
    assert shown(hass).state == "playing"
    assert attributes["entity_picture"]
    assert position in range(10, 17)
    assert attributes["source_list"] == ["Alva’s Pixel 9", "Alva’s laptop"]


async def test_the_position_is_reported_again_only_when_it_is_not_as_expected(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
    later: Later,
) -> None:
    """Home Assistant counts on by itself: a look that finds nothing new writes no state."""
    player = spotify.world.player("alva")
    player.play(uris=[tracks[0].uri])
    alva.runtime_data.coordinator.async_look_soon()
    await later(1)

    def reported() -> tuple[int, datetime]:
        attributes = shown(hass).attributes
        return attributes["media_position"], attributes["media_position_updated_at"]

    first, written = reported(), shown(hass).last_updated
    for _ in range(14):
        await later(5)
    assert reported() == first
    assert shown(hass).last_updated == written
    player.seek(100_000)
    await seen(alva, later)
    assert (sought := reported())[0] in range(100, 132)
    assert sought[1] > first[1]
    player.pause()
    await seen(alva, later)
    assert shown(hass).state == "paused"
    paused, written = reported(), shown(hass).last_updated
    for _ in range(10):
        await later(60)
    assert shown(hass).state == "paused"
    assert reported() == paused
    assert shown(hass).last_updated == written


async def test_a_file_of_the_listeners_own_shows_what_is_known(
    hass: HomeAssistant, alva: MockConfigEntry
) -> None:
    """It may have a title and nothing else; what is not known is left out, not empty."""
    item = Item("spotify:local:::Demo:0", Kind.TRACK, "Demo", ())
    device = ConnectDevice("d", "Kitchen", "Speaker")
    coordinator = alva.runtime_data.coordinator
    coordinator.async_set_updated_data(
        Playback(1, playing=True, device=device, item=item)
    )
    attributes = shown(hass).attributes
    assert attributes["media_title"] == "Demo"
    assert not {"media_artist", "media_album_name", "media_duration"} & set(attributes)


async def test_an_episode_is_a_podcast(
    hass: HomeAssistant, alva: MockConfigEntry, spotify: SpotifySimulator, later: Later
) -> None:
    """Its show stands for the artist."""
    episode = next(iter(spotify.world.catalogue.episodes.values()))
    spotify.world.player("alva").play(uris=[episode.uri])
    await seen(alva, later)
    attributes = shown(hass).attributes
    assert attributes["media_content_type"] == "podcast"
    assert attributes["media_artist"] == episode.show.name


async def test_what_is_no_play_is_shown_without_a_title(
    hass: HomeAssistant, alva: MockConfigEntry
) -> None:
    """An advertisement: a device plays, nothing is known of it."""
    coordinator = alva.runtime_data.coordinator
    device = ConnectDevice("d", "Kitchen", "Speaker")
    coordinator.async_set_updated_data(Playback(1, playing=True, device=device))
    state = shown(hass)
    assert state.state == "playing"
    assert not {"media_title", "media_position", "volume_level"} & set(state.attributes)
    assert state.attributes["supported_features"] == ANYWHERE | TRANSPORT


async def test_playing_from_home_assistant_takes_a_device_by_itself(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
    later: Later,
) -> None:
    """Nothing is on, so a device that takes commands is chosen; the state follows in a second."""
    await call(hass, "play_media", media_content_type="music", media_content_id=tracks[0].uri)  # fmt: skip
    await later(1.5)
    assert shown(hass).state == "playing"
    assert shown(hass).attributes["media_title"] == tracks[0].name
    assert shown(hass).attributes["source"] == "Alva’s Pixel 9"


async def test_the_device_used_last_is_taken_up_again(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
    later: Later,
) -> None:
    """After it went to rest."""
    player = spotify.world.player("alva")
    laptop = player.devices[1]
    player.play(uris=[tracks[0].uri], device_id=laptop.id)
    await later(30)
    await seen(alva, later)
    await later(3600)
    await later(3600)
    assert shown(hass).state == "idle"
    await call(hass, "media_play")
    await later(1.5)
    assert shown(hass).attributes["source"] == laptop.name


async def test_a_device_that_went_to_rest_since_the_last_look_is_woken(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
    later: Later,
    freezer: FrozenDateTimeFactory,
) -> None:
    """The player still shows it as active, paused; only Spotify knows better."""
    player = spotify.world.player("alva")
    laptop = player.devices[1]
    player.play(uris=[track.uri for track in tracks], device_id=laptop.id)
    await seen(alva, later)
    player.pause()
    await seen(alva, later)
    assert shown(hass).state == "paused"
    freezer.tick(3600)
    spotify.clock.catch_up()
    assert player.active_device is None
    await call(hass, "media_play")
    await later(1.5)
    assert shown(hass).state == "playing"
    assert shown(hass).attributes["source"] == laptop.name


@pytest.mark.parametrize("kind", ["album", "artist", "playlist", "show", "episode"])
async def test_everything_with_a_link_can_be_played(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
    kind: str,
) -> None:
    """By its share link."""
    catalogue = spotify.world.catalogue
    uri = {
        "album": next(iter(catalogue.albums.values())).uri,
        "artist": next(iter(catalogue.artists.values())).uri,
        "playlist": spotify.world.playlists_of("alva")[0].uri,
        "show": next(iter(catalogue.shows.values())).uri,
        "episode": next(iter(catalogue.episodes.values())).uri,
    }[kind]
    link = f"https://open.spotify.com/intl-de/{kind}/{uri.split(':')[-1]}?si=abc"
    await call(hass, "play_media", media_content_type=kind, media_content_id=link)
    await later(1.5)
    state = spotify.world.player("alva").state
    assert state is not None
    assert uri in {state.context_uri, state.item.uri}


@pytest.mark.parametrize("enqueue", ["add", "next"])
async def test_a_track_can_be_queued(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
    later: Later,
    enqueue: str,
) -> None:
    """What plays goes on; where nothing does, it is played."""
    for track in tracks[:2]:
        await call(hass, "play_media", media_content_type="music", media_content_id=track.uri, enqueue=enqueue)  # fmt: skip
        await later(1.5)
    player = spotify.world.player("alva")
    assert player.state is not None
    assert player.state.item.uri == tracks[0].uri
    assert [item.uri for item in player.coming(1)] == [tracks[1].uri]


async def test_what_is_no_link_is_refused(
    hass: HomeAssistant, alva: MockConfigEntry
) -> None:
    """With a sentence, before Spotify is asked."""
    with pytest.raises(ServiceValidationError, match="Song 2 isn’t a Spotify URI"):
        await call(hass, "play_media", media_content_type="music", media_content_id="Song 2")  # fmt: skip


async def test_the_player_is_controlled(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
    later: Later,
) -> None:
    """Pause, play, next, previous, seek, volume, shuffle, repeat, source."""
    player = spotify.world.player("alva")
    player.play(uris=[track.uri for track in tracks[:3]])
    await seen(alva, later)
    player.play(uris=[track.uri for track in tracks[:3]])
    await later(30)

    async def after(action: str, **data: Any) -> State:
        await call(hass, action, **data)
        await later(1.5)
        return shown(hass)

    assert (await after("media_pause")).state == "paused"
    assert (await after("media_play")).state == "playing"
    assert (await after("media_next_track")).attributes["media_title"] == tracks[1].name
    assert (await after("media_previous_track")).attributes["media_title"] == tracks[0].name  # fmt: skip
    seek = await after("media_seek", seek_position=60)
    assert seek.attributes["media_position"] in {61, 62}
    assert (await after("volume_set", volume_level=0.25)).attributes["volume_level"] == 0.25  # fmt: skip
    assert (await after("shuffle_set", shuffle=True)).attributes["shuffle"] is True
    for repeat in ("all", "one", "off"):
        state = await after("repeat_set", repeat=repeat)
        assert state.attributes["repeat"] == repeat
    moved = await after("select_source", source="Alva’s laptop")
    assert moved.attributes["source"] == "Alva’s laptop"
    assert moved.state == "playing"


async def test_commands_in_a_row_share_their_looks(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
    later: Later,
) -> None:
    """Turning a knob is no storm of calls."""
    spotify.world.player("alva").play(uris=[tracks[0].uri])
    await seen(alva, later)
    spotify.requests.clear()
    for percent in range(20):
        await call(hass, "volume_set", volume_level=percent / 100)
    await later(2)
    await later(5)
    assert spotify.requests.count(method="GET", endpoint="/v1/me/player") == 2


async def test_a_source_that_came_lately_is_found(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
    later: Later,
) -> None:
    """The list may be a quarter of an hour old; the choice is not bound to it."""
    spotify.world.player("alva").play(uris=[tracks[0].uri])
    await seen(alva, later)
    coordinator = alva.runtime_data.coordinator
    coordinator.devices = ()
    await call(hass, "select_source", source="Alva’s laptop")
    await later(1.5)
    assert shown(hass).attributes["source"] == "Alva’s laptop"


async def test_a_source_that_was_just_chosen_is_where_it_plays(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
) -> None:
    """Though the next look has not shown yet that it is on."""
    await call(hass, "select_source", source="Alva’s laptop")
    await play(hass, tracks[0])
    state = spotify.world.player("alva").state
    assert state is not None
    assert state.device.name == "Alva’s laptop"
    assert state.item.uri == tracks[0].uri


async def test_what_is_added_right_after_a_play_waits_for_its_end(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
) -> None:
    """Though the next look has not shown yet that something is on."""
    await play(hass, tracks[0])
    await play(hass, tracks[1], enqueue="add")
    player = spotify.world.player("alva")
    assert player.state is not None
    assert player.state.item.uri == tracks[0].uri
    assert [each.uri for each in player.coming()][:1] == [tracks[1].uri]


async def test_an_unknown_source_is_refused_with_those_there_are(
    hass: HomeAssistant, alva: MockConfigEntry
) -> None:
    """The restricted television is not among them."""
    with pytest.raises(ServiceValidationError, match="Alva’s Pixel 9, Alva’s laptop"):
        await call(hass, "select_source", source="Moon")


async def test_a_restricted_device_offers_another_source_only(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
    later: Later,
) -> None:
    """It can’t be controlled from here."""
    player = spotify.world.player("alva")
    player.play(uris=[tracks[0].uri], device_id=player.devices[2].id)
    await seen(alva, later)
    attributes = shown(hass).attributes
    assert attributes["source"] == "Living room TV"
    assert attributes["supported_features"] == F.SELECT_SOURCE


async def test_volume_is_offered_where_there_is_one(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
    later: Later,
) -> None:
    """Some devices have none."""
    player = spotify.world.player("alva")
    player.play(uris=[tracks[0].uri])
    await seen(alva, later)
    assert shown(hass).attributes["supported_features"] == ANYWHERE | TRANSPORT | VOLUME
    player.devices[0].supports_volume = False
    await seen(alva, later)
    assert shown(hass).attributes["supported_features"] == ANYWHERE | TRANSPORT


async def test_an_account_linked_for_its_history_is_only_shown(
    hass: HomeAssistant, link: Link, later: Later, spotify: SpotifySimulator
) -> None:
    """No control is offered, and no device asked for."""
    await set_up(hass, await link("alva", "history"))
    assert shown(hass).attributes["supported_features"] == 0
    assert spotify.requests.count(endpoint="/v1/me/player/devices") == 0


async def test_without_any_device_the_person_gets_an_error(
    hass: HomeAssistant, alva: MockConfigEntry, spotify: SpotifySimulator
) -> None:
    """And nothing is sent."""
    for device in spotify.world.player("alva").devices:
        device.is_restricted = True
    with pytest.raises(NoActiveDevice, match="Open Spotify on a device"):
        await call(hass, "media_play")


async def test_a_free_account_is_reported_once_and_then_only_shown(
    hass: HomeAssistant,
    link: Link,
    later: Later,
    issue_registry: ir.IssueRegistry,
    spotify: SpotifySimulator,
) -> None:
    """The command fails with a sentence, an issue offers the fix, the controls go."""
    entry = await set_up(hass, await link("cleo"))
    cleo = hass.states.async_entity_ids("media_player")[0]
    with pytest.raises(NotPremium):
        await call(hass, "media_play", cleo)
    assert issue_registry.async_get_issue(DOMAIN, f"not_premium_{entry.entry_id}")
    assert shown(hass, cleo).attributes["supported_features"] == 0
    assert shown(hass, cleo).state == "idle"


async def test_a_free_account_is_known_as_one_after_a_restart(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
    later: Later,
    issue_registry: ir.IssueRegistry,
) -> None:
    """Its controls are not offered again, and the notice stands; once a command works, both are taken back."""
    spotify.world.player("alva").play(uris=[tracks[0].uri])
    await seen(alva, later)
    issue = f"not_premium_{alva.entry_id}"
    spotify.faults.add(Fault(FaultKind.NOT_PREMIUM, "/v1/me/player/pause", "PUT"))
    with pytest.raises(NotPremium):
        await call(hass, "media_pause")
    issue_registry.async_delete(DOMAIN, issue)
    await hass.config_entries.async_reload(alva.entry_id)
    await hass.async_block_till_done()
    assert shown(hass).attributes["supported_features"] == 0
    assert issue_registry.async_get_issue(DOMAIN, issue)
    coordinator = alva.runtime_data.coordinator
    await coordinator.async_command(coordinator.gateway.async_pause())
    await seen(alva, later)
    assert shown(hass).state == "paused"
    assert shown(hass).attributes["supported_features"]
    assert not issue_registry.async_get_issue(DOMAIN, issue)


async def test_a_command_with_a_revoked_login_asks_for_a_new_one(
    hass: HomeAssistant, alva: MockConfigEntry, spotify: SpotifySimulator
) -> None:
    """The person is told, and the flow is begun."""
    spotify.accounts.revoke("alva")
    with pytest.raises(TokenRejected):
        await call(hass, "media_play")
    assert [
        flow["context"]["source"]
        for flow in hass.config_entries.flow.async_progress()
        if flow["handler"] == DOMAIN
    ] == ["reauth"]


async def test_a_command_the_player_is_in_no_state_for_is_refused_in_words(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
    later: Later,
) -> None:
    """Somebody was quicker: Spotify's own explanation is passed on."""
    player = spotify.world.player("alva")
    player.play(uris=[tracks[0].uri])
    await seen(alva, later)
    if player.state is not None and player.state.is_playing:
        player.pause()
    with pytest.raises(CommandRefused, match="Restriction violated"):
        await call(hass, "media_pause")


async def test_a_transfer_that_spotify_ignores_is_reported(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
    later: Later,
) -> None:
    """204, and then nothing happens: the person learns it, and the player shows where the music is."""
    spotify.world.player("alva").play(uris=[tracks[0].uri])
    await seen(alva, later)
    spotify.faults.add(Fault(FaultKind.IGNORED_TRANSFER))
    with pytest.raises(TransferIgnored, match="Alva’s laptop didn’t respond"):
        await call(hass, "select_source", source="Alva’s laptop")
    await later(1.5)
    assert shown(hass).attributes["source"] == "Alva’s Pixel 9"
