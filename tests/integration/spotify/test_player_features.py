"""What the player offers and to whom: what Spotify disallows is not offered, and who is gone commands nothing."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.encore.history.model import Item, Kind
from custom_components.encore.spotify.api.playback import ConnectDevice, Playback
from custom_components.encore.spotify.errors import VolumeFixed
from homeassistant.components.media_player.const import MediaPlayerEntityFeature
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceNotSupported, Unauthorized
from simulator.spotify import SpotifySimulator
from simulator.spotify.music import Track
from tests.integration.spotify.conftest import Later
from tests.integration.spotify.playing import call, seen, shown

F = MediaPlayerEntityFeature
SPEAKER = ConnectDevice("d", "Kitchen", "Speaker", supports_volume=True)
SONG = Item("spotify:track:x", Kind.TRACK, "Song", ("Band",), duration_ms=200_000)


def look(
    hass: HomeAssistant, entry: MockConfigEntry, *disallowed: str, playing: bool = True
) -> F:
    """Let the player be seen with something disallowed, and return what is offered then."""
    entry.runtime_data.coordinator.async_set_updated_data(
        Playback(
            1,
            playing=playing,
            item=SONG,
            progress_ms=1000,
            device=SPEAKER,
            disallowed=frozenset(disallowed),
        )
    )
    return F(shown(hass).attributes["supported_features"])


@pytest.mark.parametrize(
    ("disallowed", "removed"),
    [
        (["seeking"], F.SEEK),
        (["skipping_next"], F.NEXT_TRACK),
        (["skipping_prev"], F.PREVIOUS_TRACK),
        (["toggling_shuffle"], F.SHUFFLE_SET),
        (["toggling_repeat_track"], F(0)),
        (["toggling_repeat_track", "toggling_repeat_context"], F.REPEAT_SET),
        (["transferring_playback"], F.SELECT_SOURCE),
        (["interrupting_playback"], F.PLAY_MEDIA | F.MEDIA_ENQUEUE),
        (["pausing"], F.PAUSE),
        (["resuming"], F(0)),
        (["something_new"], F(0)),
    ],
)
async def test_what_spotify_disallows_is_not_offered(
    hass: HomeAssistant, alva: MockConfigEntry, disallowed: list[str], removed: F
) -> None:
    """That a playing player cannot be resumed is no news."""
    everything = look(hass, alva)
    assert everything & ~look(hass, alva, *disallowed) == removed


async def test_a_paused_player_that_may_not_go_on_offers_no_play(
    hass: HomeAssistant, alva: MockConfigEntry
) -> None:
    """And one that is paused need not be told that it cannot be paused."""
    assert F.PAUSE | F.PLAY in look(hass, alva, "pausing", playing=False)
    features = look(hass, alva, "resuming", playing=False)
    assert F.PLAY not in features
    assert F.PAUSE in features


async def test_what_is_not_offered_is_refused_before_spotify_is_asked(
    hass: HomeAssistant, alva: MockConfigEntry, spotify: SpotifySimulator
) -> None:
    """By Home Assistant itself."""
    look(hass, alva, "seeking")
    spotify.requests.clear()
    with pytest.raises(ServiceNotSupported):
        await call(hass, "media_seek", seek_position=10)
    assert spotify.requests.count(method="PUT") == 0


async def test_an_episode_has_its_show_for_series(
    hass: HomeAssistant, alva: MockConfigEntry
) -> None:
    """As a chapter has its book; a track has none."""
    look(hass, alva)
    assert "media_series_title" not in shown(hass).attributes
    for kind in (Kind.EPISODE, Kind.CHAPTER):
        item = Item("spotify:episode:x", kind, "Part 1", ("The Whole",), "The Whole")
        alva.runtime_data.coordinator.async_set_updated_data(
            Playback(1, playing=True, device=SPEAKER, item=item)
        )
        attributes = shown(hass).attributes
        assert attributes["media_series_title"] == "The Whole"
        assert attributes["media_content_type"] == "podcast"


async def test_who_was_switched_off_commands_nothing(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
    later: Later,
    hass_admin_user: MockUser,
) -> None:
    """An automation that still runs in the name of a user who left the home; others go on."""
    spotify.world.player("alva").play(uris=[track.uri for track in tracks])
    await seen(alva, later)
    as_user = Context(user_id=hass_admin_user.id)
    hass_admin_user.is_active = False
    spotify.requests.clear()
    for action in ("media_pause", "media_next_track"):
        with pytest.raises(Unauthorized):
            await call(hass, action, context=as_user)
    assert spotify.requests.count(endpoint="/v1/*") == 0
    hass_admin_user.is_active = True
    await call(hass, "media_pause", context=as_user)
    await later(1.5)
    assert shown(hass).state == "paused"


async def test_a_volume_that_turns_out_to_be_fixed_is_said_so(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
    later: Later,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Spotify said that there is one, and then refused to set it."""
    spotify.world.player("alva").play(uris=[track.uri for track in tracks])
    await seen(alva, later)

    async def refused(_percent: int) -> None:
        raise VolumeFixed

    monkeypatch.setattr(alva.runtime_data.gateway, "async_set_volume", refused)
    with pytest.raises(VolumeFixed, match="only on the device itself"):
        await call(hass, "volume_set", volume_level=0.5)
