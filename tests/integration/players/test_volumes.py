"""How loud observed players were goes into the history with what was heard on them."""

from homeassistant.util import dt as dt_util

from .conftest import OTHER, TRACK, Rooms


async def test_a_player_reports_how_loud_its_room_was(rooms: Rooms) -> None:
    """When it began and when that changed; muted is silent, and a player that does not tell is not guessed."""
    begun = dt_util.utcnow()
    start = round(begun.timestamp() * 1000)
    shown = {"media_position_updated_at": begun}
    await rooms.sonos("kitchen", TRACK, volume_level=0.2, **shown)
    await rooms.sonos("living_room", OTHER, **shown)
    await rooms.wait(40)
    await rooms.sonos("kitchen", TRACK, volume_level=0.354, **shown)
    await rooms.wait(40)
    await rooms.sonos(
        "kitchen", TRACK, volume_level=0.354, is_volume_muted=True, **shown
    )
    await rooms.wait(40)
    await rooms.sonos("kitchen", None)
    await rooms.sonos("living_room", None)
    await rooms.wait(40 * 60)
    plays = await rooms.sounded()
    reported = {
        play.rooms[0].room.name: [
            ((one.at - start) // 1000, one.percent) for one in play.volumes
        ]
        for play in plays
    }
    assert reported == {"Kitchen": [(0, 20), (40, 35), (80, 0)], "Living room": []}
