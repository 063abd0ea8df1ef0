"""What comes next, and adding to it; and Spotify's own top."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.commands.errors import OnlySinglesAreQueued, TooManyAtOnce
from custom_components.encore.commands.playback.queue_items import QueuedInPart
from custom_components.encore.spotify.errors import (
    MissingScope,
    NoActiveDevice,
    NotFound,
    NotPremium,
    RestrictedDevice,
    Unavailable,
)
from simulator.spotify import Fault, FaultKind, SpotifySimulator
from simulator.spotify.music import Track
from simulator.spotify.player import Player
from simulator.spotify.top import top_artists, top_tracks

from .conftest import LISTENER, Act


@pytest.fixture
def playing(player: Player, tracks: list[Track]) -> Player:
    """Return Alva's player, on which the first of the tracks is on."""
    player.play(uris=[tracks[0].uri])
    return player


async def test_the_queue_is_reported_and_added_to(
    alva: MockConfigEntry, act: Act, playing: Player, tracks: list[Track]
) -> None:
    """What is on, what comes, in order; by URI or link."""
    added = await act(
        "add_to_queue",
        items=[tracks[1].uri, f"https://open.spotify.com/track/{tracks[2].id}?si=1"],
    )
    assert added["items"] == [tracks[1].uri, tracks[2].uri]
    assert added["speech"] == f"Two tracks were added to the queue of {LISTENER}."
    answer = await act("get_queue")
    assert answer["playing"]["uri"] == tracks[0].uri
    assert [each["uri"] for each in answer["queue"]][:2] == added["items"]
    assert answer["queue"][0]["name"] == tracks[1].name
    assert answer["queue"][0]["artist"] == ", ".join(tracks[1].artist_names)
    assert f"Next come “{tracks[1].name}”" in answer["speech"]


async def test_a_queue_where_nothing_plays_is_empty(
    alva: MockConfigEntry, act: Act
) -> None:
    """Which is no error."""
    answer = await act("get_queue")
    assert answer == {
        "listener": LISTENER,
        "playing": None,
        "queue": [],
        "speech": f"Nothing is playing for {LISTENER}.",
    }


async def test_an_episode_is_queued_and_reported(
    alva: MockConfigEntry,
    act: Act,
    playing: Player,
    spotify: SpotifySimulator,
    tracks: list[Track],
) -> None:
    """The queue holds both."""
    episode = next(iter(spotify.world.catalogue.episodes.values()))
    await act("add_to_queue", items=episode.uri)
    answer = await act("get_queue")
    assert (answer["queue"][0]["type"], answer["queue"][0]["name"]) == (
        "episode",
        episode.name,
    )


async def test_an_album_is_queued_track_by_track(
    alva: MockConfigEntry,
    act: Act,
    playing: Player,
    spotify: SpotifySimulator,
    tracks: list[Track],
) -> None:
    """Spotify's queue takes nothing else."""
    album = tracks[1].album
    inside = [track.uri for track in spotify.world.catalogue.tracks_of(album)]
    answer = await act("add_to_queue", items=album.uri)
    assert answer["items"] == inside
    coming = [each["uri"] for each in (await act("get_queue"))["queue"]]
    assert coming[: len(inside)] == inside[: len(coming)]


async def test_what_cannot_be_taken_apart_is_not_queued(
    alva: MockConfigEntry, act: Act, playing: Player, tracks: list[Track]
) -> None:
    """An artist; and nothing that was named beside it."""
    artist = tracks[0].artists[0]
    with pytest.raises(OnlySinglesAreQueued):
        await act("add_to_queue", items=[tracks[1].uri, artist.uri])
    assert tracks[1].uri not in [thing.uri for thing in playing.coming()]


async def test_more_than_fifty_are_not_queued(
    alva: MockConfigEntry, act: Act, playing: Player, tracks: list[Track]
) -> None:
    """Each is a call to Spotify."""
    with pytest.raises(TooManyAtOnce):
        await act("add_to_queue", items=[tracks[1].album.uri, *[tracks[2].uri] * 49])


async def test_what_was_queued_before_a_failure_is_reported(
    alva: MockConfigEntry,
    act: Act,
    playing: Player,
    spotify: SpotifySimulator,
    tracks: list[Track],
) -> None:
    """So that the rest can be queued again, and not all of it."""
    with pytest.raises(QueuedInPart) as refused:
        await act(
            "add_to_queue",
            items=[tracks[1].uri, "spotify:track:0000000000000000000000"],
        )
    assert refused.value.translation_placeholders is not None
    assert refused.value.translation_placeholders["queued"] == "1"
    assert refused.value.translation_placeholders["count"] == "2"
    assert [thing.uri for thing in playing.coming()][0] == tracks[1].uri


async def test_what_nothing_is_on_for_plays_on_the_device_of_the_options(
    alva: MockConfigEntry, act: Act, player: Player, tracks: list[Track]
) -> None:
    """Spotify's queue is there only while a player is."""
    player.lose_device()
    answer = await act("add_to_queue", items=[each.uri for each in tracks[:2]])
    assert answer["playing"] is True
    assert (
        answer["speech"] == f"Nothing was playing, so {LISTENER} plays two tracks now."
    )
    assert player.state is not None
    assert player.state.item.uri == tracks[0].uri
    assert [thing.uri for thing in player.coming()][0] == tracks[1].uri


async def test_without_any_device_nothing_is_queued(
    alva: MockConfigEntry, act: Act, player: Player, tracks: list[Track]
) -> None:
    """And the person learns why."""
    for device in player.devices:
        device.is_restricted = True
    with pytest.raises(NoActiveDevice):
        await act("add_to_queue", items=tracks[0].uri)


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        (FaultKind.RESTRICTED_DEVICE, RestrictedDevice),
        (FaultKind.NOT_PREMIUM, NotPremium),
        (FaultKind.DROPPED, Unavailable),
    ],
)
async def test_what_keeps_the_queue_closed_is_named(
    alva: MockConfigEntry,
    act: Act,
    playing: Player,
    spotify: SpotifySimulator,
    tracks: list[Track],
    kind: FaultKind,
    error: type[Exception],
) -> None:
    """Each refusal by its own name."""
    spotify.faults.add(Fault(kind, "/v1/me/player/queue", "POST", times=5))
    with pytest.raises(error):
        await act("add_to_queue", items=tracks[1].uri)


async def test_a_track_that_spotify_does_not_know_is_not_queued(
    alva: MockConfigEntry, act: Act, playing: Player, tracks: list[Track]
) -> None:
    """A well-formed URI of nothing."""
    with pytest.raises(NotFound):
        await act("add_to_queue", items="spotify:track:0000000000000000000000")


@pytest.mark.parametrize("span", ["short_term", "medium_term", "long_term"])
async def test_spotifys_own_top_is_reported(
    granted: MockConfigEntry, act: Act, spotify: SpotifySimulator, span: str
) -> None:
    """Tracks and artists, over each of its spans."""
    catalogue, now = spotify.world.catalogue, spotify.clock.now_ms()
    played = spotify.world.ledger.played("alva")
    answer = await act("get_spotify_top", of="tracks", period=span, limit=5)
    expected = top_tracks(catalogue, played, now, span)[:5]
    assert [each["name"] for each in answer["top"]] == [each.name for each in expected]
    assert [each["rank"] for each in answer["top"]] == [1, 2, 3, 4, 5]
    assert answer["period"] == span
    answer = await act("get_spotify_top", of="artists", period=span)
    artists = [artist.name for artist in top_artists(catalogue, played, now, span)]
    assert [each["name"] for each in answer["top"]] == artists[:20]
    assert answer["speech"].startswith("By Spotify’s count, the top artists of ")
    assert artists[0] in answer["speech"]


async def test_the_top_needs_a_permission_of_its_own(
    alva: MockConfigEntry, act: Act
) -> None:
    """Which is asked for when it is first wanted."""
    with pytest.raises(MissingScope):
        await act("get_spotify_top", of="tracks")
