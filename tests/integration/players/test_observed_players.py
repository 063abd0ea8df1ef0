"""Any media player of Home Assistant can be a witness: what it shows becomes plays, with its area as room."""

from datetime import timedelta
from unittest.mock import AsyncMock

import pytest

from custom_components.encore.history.model import (
    HOUSEHOLD,
    Item,
    Kind,
    Listener,
    Observation,
    Source,
)
from custom_components.encore.players.observed_players import playing_on
from custom_components.encore.runtime.source_recorder import CollectorStateStore
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.components.media_player.const import MediaPlayerState
from homeassistant.core import State
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from tests.integration.api.test_history_options import choose

from .conftest import OTHER, TRACK, Rooms, spans

ALVA = Listener("spotify:alva", "Alva")


def now() -> int:
    """Return this moment (UTC ms)."""
    return round(dt_util.utcnow().timestamp() * 1000)


async def test_what_a_player_shows_is_a_play_of_the_household_in_its_area(
    rooms: Rooms,
) -> None:
    """A track by its Spotify id, as long as it sounded."""
    start = now()
    await rooms.sonos("kitchen", TRACK)
    await rooms.wait(60)
    await rooms.sonos("kitchen", OTHER)
    await rooms.wait(100)
    (play,) = await rooms.plays()
    assert play.item.uri == f"spotify:track:{TRACK}"
    assert (play.item.title, play.item.artists) == ("Song 4", ("Ilse Vann",))
    assert play.listener.key == HOUSEHOLD
    assert play.sources == {Source.PLAYER}
    assert play.skipped is True
    assert spans(play, start) == [("Kitchen", 0, 60)]


async def test_players_that_cannot_be_watched_leave_nothing_of_their_entry(
    rooms: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When they can be again, the entry is set up as ever."""
    entries, entry_id = rooms.hass.config_entries, rooms.entry.entry_id
    with monkeypatch.context() as broken:
        broken.setattr(
            CollectorStateStore, "async_load", AsyncMock(side_effect=OSError)
        )
        await entries.async_reload(entry_id)
        assert rooms.entry.state.value == "setup_error"
        switch = rooms.hass.states.get("switch.listening_history_room_recording")
        assert switch is not None
        assert switch.state == "unavailable"
    assert await entries.async_reload(entry_id)
    await rooms.sonos("kitchen", TRACK)
    await rooms.wait(60)
    await rooms.sonos("kitchen", OTHER)
    await rooms.wait(100)
    assert len(await rooms.plays()) == 1


async def test_a_player_that_is_renamed_is_observed_on(rooms: Rooms) -> None:
    """Under its new id, which is kept for the next start; what it plays meanwhile is one play."""
    begun = dt_util.utcnow()
    start = now()
    await rooms.sonos("kitchen", TRACK)
    await rooms.wait(60)
    er.async_get(rooms.hass).async_update_entity(
        "media_player.kitchen", new_entity_id="media_player.cooking"
    )
    rooms.hass.states.async_remove("media_player.kitchen")
    await rooms.sonos("cooking", TRACK, media_position_updated_at=begun)
    assert "media_player.cooking" in rooms.entry.options["players"]
    assert "media_player.kitchen" not in rooms.entry.options["players"]
    await rooms.wait(60)
    await rooms.sonos("cooking", OTHER)
    await rooms.wait(100)
    (play,) = await rooms.plays()
    assert spans(play, start) == [("Kitchen", 0, 120)]
    assert await rooms.hass.config_entries.async_reload(rooms.entry.entry_id)
    await rooms.sonos("cooking", None)
    await rooms.wait(32 * 60)
    uris = [play.item.uri for play in await rooms.plays()]
    assert uris == [f"spotify:track:{TRACK}", f"spotify:track:{OTHER}"]


async def test_rooms_join_and_leave_by_group_members(rooms: Rooms) -> None:
    """The living room joins in mid-track and leaves; it is one play, told by the coordinator."""
    start = now()
    both = ["media_player.kitchen", "media_player.living_room"]
    begun = dt_util.utcnow()
    await rooms.sonos("kitchen", TRACK)
    await rooms.sonos("living_room", None)
    await rooms.wait(40)
    reported = {"group_members": both, "media_position_updated_at": begun}
    await rooms.sonos("kitchen", TRACK, **reported)
    await rooms.sonos("living_room", TRACK, **reported)
    await rooms.wait(60)
    await rooms.sonos("living_room", None)
    await rooms.sonos("kitchen", TRACK, media_position_updated_at=begun)
    await rooms.wait(40)
    await rooms.sonos("kitchen", None)
    await rooms.wait(31 * 60)
    await rooms.wait(80)
    (play,) = await rooms.plays()
    assert spans(play, start) == [("Kitchen", 0, 140), ("Living room", 40, 100)]


async def test_the_account_and_the_speaker_are_one_play(rooms: Rooms) -> None:
    """Home Assistant's own Spotify sees the track come and go half a minute later than its Sonos."""
    await rooms.sonos("kitchen", TRACK)
    await rooms.wait(20)
    await rooms.spotify(TRACK, position=20)
    await rooms.wait(60)
    await rooms.sonos("kitchen", OTHER)
    await rooms.wait(20)
    await rooms.spotify(OTHER, position=20)
    await rooms.wait(200)
    (play,) = await rooms.plays()
    assert play.ms_played == 80_000
    assert [span.room.name for span in play.rooms] == ["Kitchen"]


async def test_one_play_with_what_encore_itself_saw(rooms: Rooms) -> None:
    """Encore's account, Encore's Sonos, and Home Assistant's two players: one play, with listener and room."""
    await rooms.sonos("kitchen", TRACK)
    await rooms.spotify(TRACK)
    began = now()
    await rooms.wait(100)
    await rooms.sonos("kitchen", None)
    await rooms.spotify(None)
    end = now()
    item = Item(
        f"spotify:track:{TRACK}", Kind.TRACK, "Song 4", ("Ilse Vann", "Second Name")
    )
    home = Listener(HOUSEHOLD, "Household")
    await rooms.hass.data[DATA_HISTORY].async_append(
        [
            Observation(Source.LIVE, ALVA, item, began, end + 2_000, 102_000),
            Observation(Source.SONOS, home, item, began + 400, end + 400, 100_000),
        ]
    )
    await rooms.wait(33 * 60)
    (play,) = await rooms.plays()
    assert play.listener == ALVA
    assert play.sources == {Source.LIVE, Source.SONOS, Source.PLAYER}
    assert [span.room.name for span in play.rooms] == ["Kitchen"]


async def test_a_phone_with_the_same_track_in_another_room_is_another_play(
    rooms: Rooms,
) -> None:
    """The account plays in the living room what a speaker in the kitchen plays, too."""
    await rooms.sonos("kitchen", TRACK)
    await rooms.spotify(TRACK, source="Living room")
    await rooms.wait(100)
    await rooms.sonos("kitchen", OTHER)
    await rooms.spotify(OTHER, source="Living room")
    await rooms.wait(100)
    assert [
        [span.room.name for span in play.rooms] for play in await rooms.plays()
    ] in ([["Kitchen"], ["Living room"]], [["Living room"], ["Kitchen"]])


async def test_a_restart_in_mid_play_goes_on_with_it(rooms: Rooms) -> None:
    """The entry is unloaded and set up again while the track plays on."""
    start = now()
    await rooms.sonos("kitchen", TRACK)
    begun = dt_util.utcnow()
    await rooms.wait(60)
    entries = rooms.hass.config_entries
    assert await entries.async_unload(rooms.entry.entry_id)
    rooms.hass.states.async_remove("media_player.kitchen")
    rooms.freezer.tick(timedelta(seconds=45))
    assert await entries.async_setup(rooms.entry.entry_id)
    await rooms.wait(20)
    await rooms.sonos("kitchen", TRACK, media_position_updated_at=begun)
    await rooms.wait(40)
    await rooms.sonos("kitchen", OTHER)
    await rooms.wait(80)
    (play,) = await rooms.plays()
    assert spans(play, start) == [("Kitchen", 0, 165)]


async def test_what_is_under_way_is_in_answers(rooms: Rooms) -> None:
    """Before anything is stored, and as one play for both witnesses."""
    await rooms.sonos("kitchen", TRACK)
    await rooms.spotify(TRACK)
    await rooms.wait(60)
    answer = await rooms.answer("get_played_at", moment="now", room="Kitchen")
    (play,) = answer["plays"]
    assert (play["title"], play["in_progress"], play["rooms"]) == (
        "Song 4",
        True,
        ["Kitchen"],
    )
    answer = await rooms.answer("get_played_at", moment="now")
    assert [play["title"] for play in answer["plays"]] == ["Song 4"]


async def test_a_pause_of_the_home_records_nothing_and_says_so(rooms: Rooms) -> None:
    """What was heard before counts; what is heard meanwhile is a gap."""
    await rooms.sonos("kitchen", TRACK)
    await rooms.wait(60)
    players = rooms.entry.options["players"]
    await choose(
        rooms.hass, rooms.entry, "rooms", {"record_rooms": False, "players": players}
    )
    await rooms.wait(100)
    await rooms.sonos("kitchen", OTHER)
    await rooms.wait(100)
    (play,) = await rooms.plays()
    assert play.ms_played == 60_000
    coverage = await rooms.answer("get_coverage", time_range="today")
    assert "paused" in str(coverage)
    await choose(
        rooms.hass, rooms.entry, "rooms", {"record_rooms": True, "players": players}
    )
    await rooms.wait(40)
    await rooms.sonos("kitchen", None)
    await rooms.wait(33 * 60)
    first, second = await rooms.plays()
    assert (first.item.title, second.item.title) == ("Song 4", "Song 1")
    assert second.ms_played == 40_000


async def test_players_that_are_no_longer_observed_leave_what_was_played(
    rooms: Rooms,
) -> None:
    """The choice is taken back in mid-play."""
    await rooms.sonos("kitchen", TRACK)
    await rooms.wait(60)
    await choose(rooms.hass, rooms.entry, "rooms", {"players": []})
    (play,) = await rooms.plays()
    assert play.ms_played == 60_000


async def test_it_is_known_when_rooms_were_recorded(rooms: Rooms) -> None:
    """Answers say how complete they are, also with nothing played."""
    await rooms.wait(600)
    answer = await rooms.answer(
        "get_coverage", start_time="2026-07-15 21:00", end_time="2026-07-15 21:10"
    )
    assert answer["time_range"]["coverage"] == pytest.approx(1, abs=0.05)


async def test_a_player_without_an_area_is_its_own_room(rooms: Rooms) -> None:
    """Its name is what the room is called."""
    await rooms.show(
        "media_player.bath",
        "playing",
        friendly_name="Bath",
        media_title="Morning",
        media_artist="Odd Lamp",
        media_content_type="music",
    )
    await rooms.wait(60)
    await rooms.show("media_player.bath", "off", friendly_name="Bath")
    await rooms.wait(32 * 60)
    (play,) = await rooms.plays()
    assert [span.room.name for span in play.rooms] == ["Bath"]
    assert (play.item.title, play.item.uri[:13]) == ("Morning", "encore:track:")


def shown(**attributes: object) -> State:
    """Return the state of a player that plays something."""
    return State("media_player.any", MediaPlayerState.PLAYING, attributes)


@pytest.mark.parametrize(
    ("state", "kind", "title", "context"),
    [
        (
            shown(
                media_content_id="x-sonosapi-stream:s24939?sid=254",
                media_content_type="music",
                media_channel="Radio One",
                media_title="Radio One",
            ),
            Kind.RADIO,
            "Radio One",
            "radio:Radio%20One",
        ),
        (
            shown(
                media_content_id="x-rincon-mp3radio://example.com/one",
                media_channel="Radio One",
                media_title="Tide",
                media_artist="Ilse Vann",
            ),
            Kind.TRACK,
            "Tide",
            "radio:Radio%20One",
        ),
        (
            shown(
                media_content_id="x-sonos-htastream:RINCON_1:spdif",
                media_title="TV",
                media_content_type="music",
            ),
            Kind.TELEVISION,
            "TV",
            None,
        ),
        (
            shown(media_content_id="x-rincon-stream:RINCON_1", media_title="Turntable"),
            Kind.LINE_IN,
            "Turntable",
            None,
        ),
        (
            shown(
                media_content_type="tvshow",
                media_title="Episode",
                media_series_title="Series",
            ),
            Kind.TELEVISION,
            "TV",
            None,
        ),
        (
            shown(
                media_content_id=f"spotify--abc://track/{TRACK}",
                media_title="Tide",
                media_artist="Ilse Vann",
                media_duration=61.5,
            ),
            Kind.TRACK,
            "Tide",
            None,
        ),
        (
            shown(media_content_type="channel", media_title="Radio Two"),
            Kind.RADIO,
            "Radio Two",
            None,
        ),
        (
            shown(
                media_content_type="channel",
                media_title="Channel 4",
                device_class="tv",
            ),
            Kind.TELEVISION,
            "TV",
            None,
        ),
        (
            shown(
                media_content_id="spotify:episode:512ojhOuo1ktJprKbVcKyQ",
                media_content_type="podcast",
                media_title="Weather",
                media_artist="Dial",
            ),
            Kind.EPISODE,
            "Weather",
            None,
        ),
    ],
)
def test_what_players_show_is_distinguished(
    state: State, kind: Kind, title: str, context: str | None
) -> None:
    """By what Home Assistant's integrations write: stations, inputs, screens, Spotify in other words."""
    item, context_uri = playing_on(state)
    assert item is not None
    assert (item.kind, item.title, context_uri) == (kind, title, context)


def test_a_picture_does_not_play() -> None:
    """Nor is a player that shows nothing."""
    assert playing_on(shown(media_content_type="image", media_title="Cat")) == (
        None,
        None,
    )
    assert playing_on(State("media_player.any", "off")) == (None, None)
    assert playing_on(shown()) == (None, None)


async def test_what_was_playing_at_nine_is_known_across_regrouping(
    rooms: Rooms,
) -> None:
    """The living room hears what the kitchen began, then the kitchen leaves it and goes on with something else."""
    both = ["media_player.kitchen", "media_player.living_room"]
    begun = dt_util.utcnow()
    reported = {"group_members": both, "media_position_updated_at": begun}
    await rooms.sonos("kitchen", TRACK, **reported)
    await rooms.sonos("living_room", TRACK, **reported)
    await rooms.wait(60)
    await rooms.sonos("kitchen", OTHER)
    await rooms.sonos("living_room", TRACK, media_position_updated_at=begun)
    await rooms.wait(60)
    await rooms.sonos("living_room", None)
    await rooms.wait(60)
    await rooms.sonos("kitchen", None)
    await rooms.wait(35 * 60)

    async def played(room: str, moment: str) -> list[str]:
        answer = await rooms.answer(
            "get_played_at", moment=f"2026-07-15T{moment}", room=room
        )
        return [play["title"] for play in answer["plays"]]

    assert await played("Kitchen", "21:00:30") == ["Song 4"]
    assert await played("Living room", "21:00:30") == ["Song 4"]
    assert await played("Kitchen", "21:01:30") == ["Song 1"]
    assert await played("Living room", "21:01:30") == ["Song 4"]
    assert await played("Living room", "21:02:30") == []
    assert len(await rooms.plays()) == 2


async def test_where_most_was_listened_to_is_ranked_by_rooms(rooms: Rooms) -> None:
    """By plays and by minutes; the television in the bath is no listening."""
    await rooms.show(
        "media_player.bath", "playing", media_content_type="tvshow", media_title="Soap"
    )
    await rooms.sonos("kitchen", TRACK)
    await rooms.wait(160)
    await rooms.sonos("kitchen", None)
    for track in (TRACK, OTHER):
        await rooms.sonos("living_room", track)
        await rooms.wait(40)
    await rooms.sonos("living_room", None)
    await rooms.show("media_player.bath", "off")
    await rooms.wait(35 * 60)
    asked = {"of": "rooms", "time_range": "this_week"}
    answer = await rooms.answer("get_top", **asked)
    assert [one["name"] for one in answer["top"]] == ["Living room", "Kitchen"]
    assert "Living room" in answer["speech"]
    answer = await rooms.answer("get_top", **asked, by="minutes")
    assert [(one["name"], one["minutes"]) for one in answer["top"]] == [
        ("Kitchen", 3),
        ("Living room", 1),
    ]
    answer = await rooms.answer("get_top", **asked, kind="television")
    assert [one["name"] for one in answer["top"]] == ["bath"]


async def test_a_track_on_the_radio_reports_its_station(rooms: Rooms) -> None:
    """The stream says what it plays; the answer says where that was."""
    await rooms.sonos(
        "kitchen",
        None,
    )
    await rooms.show(
        "media_player.kitchen",
        "playing",
        media_content_id="x-sonosapi-stream:s24939?sid=254",
        media_content_type="music",
        media_channel="Radio One",
        media_title="Tide",
        media_artist="Ilse Vann",
    )
    await rooms.wait(60)
    (play,) = (await rooms.answer("get_played_at", moment="now"))["plays"]
    assert (play["title"], play["station"]) == ("Tide", "Radio One")
