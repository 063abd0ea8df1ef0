"""The simulated Sonos household by its own clock: what people press there, and what comes of it."""

from datetime import UTC, datetime

import pytest

from simulator.clock import SimulatedClock
from simulator.sonos import BIG_HOME, SonosSimulator
from simulator.sonos.soap import UPnPFault
from simulator.spotify.music import Album
from simulator.spotify.world import SpotifyWorld

MINUTE = 60_000
SUNDAY_NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def clock() -> SimulatedClock:
    """Return a clock that stands still on a Sunday."""
    return SimulatedClock(0, round(SUNDAY_NOON.timestamp() * 1000))


@pytest.fixture
def sonos(clock: SimulatedClock) -> SonosSimulator:
    """Return a household that listens nowhere."""
    return SonosSimulator(clock, places=BIG_HOME, alarms_ring=True)


def content(sonos: SonosSimulator, room: str) -> str:
    """Return what the station tells that is on in a room."""
    radio = sonos.speaker(room).transport.radio
    assert radio is not None
    return radio.content


def test_a_station_reports_each_of_its_songs(
    sonos: SonosSimulator, clock: SimulatedClock
) -> None:
    """It connects, then tells a song after the other, and anything else that somebody makes it say."""
    sonos.press("Bath", "radio")
    assert content(sonos, "Bath") == "ZPSTR_CONNECTING"
    clock.advance(1_000)
    assert content(sonos, "Bath") == "The Quiet Harbour - Paper Lanterns"
    clock.advance(201_000)
    assert content(sonos, "Bath") == "Mira Okonkwo - Glass & Gravel"
    sonos.press("Bath", "stream_title", content="The news at noon")
    assert content(sonos, "Bath") == "The news at noon"
    clock.advance(187_000)
    assert content(sonos, "Bath") == "Övre Gården - Söndag <live>"
    sonos.press("Bath", "pause")
    assert sonos.speaker("Bath").transport.state == "STOPPED"


def test_a_station_goes_on_when_its_coordinator_leaves(
    sonos: SonosSimulator, clock: SimulatedClock
) -> None:
    """The heir receives the same song, and tells the next one to its own listeners."""
    sonos.press("Bath", "radio", title="Night Waves")
    sonos.press("Kitchen", "join", to="Bath")
    clock.advance(1_000)
    sonos.press("Bath", "leave")
    assert content(sonos, "Kitchen").startswith("TYPE=SNG|TITLE Night Bus 38|")
    clock.advance(312_000)
    assert content(sonos, "Kitchen").startswith("TYPE=SNG|TITLE Söndag <live>|")
    assert sonos.speaker("Bath").transport.radio is None


def test_the_sleep_timer_ends_what_plays(
    sonos: SonosSimulator, clock: SimulatedClock
) -> None:
    """After its time the queue is paused, and a timer that was cleared does nothing."""
    transport = sonos.speaker("Kitchen").transport
    sonos.press("Kitchen", "play")
    sonos.press("Kitchen", "sleep", secs=60)
    clock.advance(59_000)
    assert (transport.state, transport.sleep_timer.left_s) == ("PLAYING", 1)
    clock.advance(1_000)
    assert (transport.state, transport.sleep_timer.left_s) == ("PAUSED_PLAYBACK", None)
    sonos.press("Kitchen", "play")
    sonos.press("Kitchen", "sleep", secs=60)
    sonos.press("Kitchen", "sleep", secs=0)
    clock.advance(MINUTE)
    assert transport.state == "PLAYING"


def test_a_weekday_alarm_rings_on_monday_and_only_in_its_room(
    sonos: SonosSimulator, clock: SimulatedClock
) -> None:
    """The room leaves its group, is as loud as the alarm says, and is quiet again after two hours."""
    sonos.press("Kitchen", "join", to="Bedroom")
    clock.advance(18 * 60 * MINUTE)
    kitchen = sonos.speaker("Kitchen")
    assert kitchen.transport.state == "STOPPED"
    clock.advance(60 * MINUTE + 1_000)
    assert (kitchen.transport.state, kitchen.transport.alarm_running) == (
        "PLAYING",
        True,
    )
    assert (kitchen.sound.volume, kitchen.members) == (25, [kitchen])
    clock.advance(2 * 60 * MINUTE)
    assert (kitchen.transport.state, kitchen.transport.alarm_running) == (
        "STOPPED",
        False,
    )


def test_shuffle_plays_every_track_once(sonos: SonosSimulator) -> None:
    """It begins with the track that is on, and ends after the last."""
    queue = sonos.speaker("Kitchen").transport.queue
    queue.mode = "SHUFFLE_NOREPEAT"
    places = [queue.index]
    while queue.advance():
        places.append(queue.index)
    assert places[0] == 0
    assert places != [0, 1, 2, 3]
    assert sorted(places) == [0, 1, 2, 3]


def test_a_tv_can_neither_be_paused_nor_be_on_a_speaker_without_one(
    sonos: SonosSimulator,
) -> None:
    """Both are refused with their codes."""
    sonos.press("Living Room", "tv")
    with pytest.raises(UPnPFault, match="701"):
        sonos.press("Living Room", "pause")
    with pytest.raises(UPnPFault, match="714"):
        sonos.press("Kitchen", "tv")


def test_a_tv_that_is_switched_off_leaves_its_soundbar_playing(
    sonos: SonosSimulator,
) -> None:
    """Only what arrives at the input tells of it, and what it hears while it plays something else is not listened to."""
    living_room = sonos.speaker("Living Room")
    assert living_room.audio_in == 21
    sonos.press("Living Room", "tv")
    assert living_room.audio_in == 33554434
    sonos.press("Living Room", "tv", on=False)
    assert (living_room.transport.state, living_room.audio_in) == ("PLAYING", 0)


def test_a_tv_stays_with_the_soundbar_that_leaves_its_group(
    sonos: SonosSimulator,
) -> None:
    """Nobody else has its input."""
    sonos.press("Living Room", "tv")
    sonos.press("Kitchen", "join", to="Living Room")
    sonos.press("Living Room", "leave")
    assert sonos.speaker("Living Room").transport.on_tv
    assert sonos.speaker("Kitchen").transport.state == "STOPPED"


def test_line_in_of_another_room(sonos: SonosSimulator) -> None:
    """A room plays what is plugged in elsewhere."""
    sonos.press("Bedroom", "line_in", of="Kitchen")
    transport = sonos.speaker("Bedroom").transport
    assert transport.uri == f"x-rincon-stream:{sonos.speaker('Kitchen').uid}"
    assert transport.state == "PLAYING"


def test_pressing_what_is_not_there(sonos: SonosSimulator) -> None:
    """A room, a hook and a detail that are missing are said to be."""
    for room, hook in (("Attic", "play"), ("Kitchen", "fly"), ("Kitchen", "seek")):
        with pytest.raises(KeyError):
            sonos.press(room, hook)


class TestConnect:
    """Spotify Connect, with both simulators."""

    @pytest.fixture
    def sonos(self, clock: SimulatedClock, world: SpotifyWorld) -> SonosSimulator:
        """Return a household whose rooms are Connect devices."""
        sonos = SonosSimulator(clock, world, places=BIG_HOME)
        sonos.connect()
        return sonos

    def test_only_rooms_are_devices(
        self, world: SpotifyWorld, sonos: SonosSimulator
    ) -> None:
        """Satellites and the right one of a pair are none."""
        names = [device.name for device in world.player("alva").devices]
        assert names[-5:] == ["Kitchen", "Bedroom", "Living Room", "Study", "Bath"]

    def test_a_session_goes_on_with_the_group_that_its_coordinator_leaves(
        self, world: SpotifyWorld, sonos: SonosSimulator, album: Album
    ) -> None:
        """Spotify plays on the heir, where it was, and no longer on the one that left."""
        player = world.player("alva")
        play(world, sonos, album, "Kitchen")
        sonos.press("Bedroom", "join", to="Kitchen")
        world.clock.advance(30_000)
        sonos.press("Kitchen", "leave")
        assert player.state is not None
        assert (player.state.device.name, player.state.progress_ms) == (
            "Bedroom",
            30_000,
        )
        bedroom, kitchen = (
            sonos.speaker(room).transport for room in ("Bedroom", "Kitchen")
        )
        assert (bedroom.state, bedroom.position_s) == ("PLAYING", 30)
        assert f"x-sonos-spotify:{player.state.item.uri}?" in bedroom.track_metadata
        assert (kitchen.state, kitchen.direct) == ("STOPPED", None)
        sonos.press("Bedroom", "skip")
        assert player.state.item.uri == world.catalogue.tracks_of(album)[1].uri

    def test_a_later_session_is_another_one(
        self, world: SpotifyWorld, sonos: SonosSimulator, album: Album
    ) -> None:
        """After the speaker played something else, its buttons move the new session."""
        kitchen = sonos.speaker("Kitchen").transport
        play(world, sonos, album, "Kitchen")
        first = kitchen.uri
        sonos.press("Kitchen", "radio")
        assert world.player("alva").state is None
        play(world, sonos, album, "Kitchen")
        assert kitchen.uri != first
        sonos.press("Kitchen", "mode", mode="SHUFFLE")
        state = world.player("alva").state
        assert state is not None
        assert (state.shuffle, state.repeat) == (True, "context")
        assert kitchen.queue.mode == "SHUFFLE"

    def test_a_speaker_without_power_is_no_device(
        self, world: SpotifyWorld, sonos: SonosSimulator, album: Album
    ) -> None:
        """Who played on it has stopped; once back it is a device again."""
        play(world, sonos, album, "Kitchen")
        sonos.press("Kitchen", "vanish")
        player = world.player("alva")
        assert player.state is None
        assert "Kitchen" not in [device.name for device in player.devices]
        sonos.press("Kitchen", "appear")
        play(world, sonos, album, "Kitchen")
        assert sonos.speaker("Kitchen").transport.state == "PLAYING"


def play(world: SpotifyWorld, sonos: SonosSimulator, album: Album, room: str) -> None:
    """Let alva play an album in a room."""
    device = next(one for one in world.player("alva").devices if one.name == room)
    world.player("alva").play(context_uri=album.uri, device_id=device.id)
