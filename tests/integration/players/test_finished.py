"""What observed players played is told once when it is over, with the rooms that they stand in."""

from custom_components.encore.entities.finished_plays import async_listen_finished
from custom_components.encore.history.model import Play

from .conftest import OTHER, TRACK, Rooms


async def test_what_several_players_show_is_reported_once_when_all_have_reported(
    rooms: Rooms,
) -> None:
    """A speaker shows the track, and the account's player that it plays from: one of them knows the room."""
    reported: list[Play] = []
    stop = async_listen_finished(rooms.hass, reported.append)
    await rooms.spotify(TRACK)
    await rooms.sonos("kitchen", TRACK)
    await rooms.wait(100)
    await rooms.sonos("kitchen", OTHER)
    await rooms.wait(3)
    await rooms.spotify(OTHER)
    await rooms.wait(40)
    assert reported == []
    await rooms.wait(100)
    assert [play.item.uri for play in reported] == [f"spotify:track:{TRACK}"]
    assert [span.room.name for span in reported[0].rooms] == ["Kitchen"]
    await rooms.wait(200)
    assert len(reported) == 1
    stop()


async def test_what_is_paused_is_over_half_an_hour_later(rooms: Rooms) -> None:
    """Until then somebody may go on with it."""
    reported: list[Play] = []
    stop = async_listen_finished(rooms.hass, reported.append)
    await rooms.sonos("kitchen", TRACK)
    await rooms.wait(60)
    await rooms.sonos("kitchen", TRACK, state="paused", media_position=60)
    await rooms.wait(25 * 60)
    assert reported == []
    await rooms.wait(8 * 60)
    assert [play.item.uri for play in reported] == [f"spotify:track:{TRACK}"]
    stop()
