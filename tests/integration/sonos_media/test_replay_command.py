"""“Play last night again”: what the window held, in order, in the rooms of then or in others, told first and played then."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.encore.commands.errors import (
    AccountNotReady,
    NoPlayerThere,
    NothingCanReplay,
    NothingToReplay,
    TooManyAtOnce,
    UnknownReplayRoom,
)
from custom_components.encore.commands.playback import past_playback
from custom_components.encore.history.model import (
    HOUSEHOLD,
    Item,
    Kind,
    Listener,
    Loudness,
    Observation,
    Room,
    RoomSpan,
    Source,
)
from custom_components.encore.runtime.error_translation import async_translated
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from custom_components.encore.sonos.errors import SonosRefused, SpeakerUnreachable
from custom_components.encore.sonos.household import Household
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError, Unauthorized
from homeassistant.helpers import area_registry as ar
from simulator.sonos import SonosSimulator
from simulator.sonos.speaker import Speaker
from simulator.spotify import SpotifySimulator
from simulator.spotify.music import Track
from simulator.spotify.player import Player
from tests.integration.commands.test_devices import LAPTOP
from tests.integration.persons import add_person
from tests.integration.running import async_act as act
from tests.integration.sonos.conftest import (
    BEDROOM,
    KITCHEN,
    LIVING_ROOM,
    call,
    state_of,
    until,
)

from .conftest import on, queue

THE_HOUSEHOLD = Listener(HOUSEHOLD, "Household")
MINUTE = 60_000
HOUR = 60 * MINUTE
NAMELESS = Item("local:track:ilse:slow", Kind.TRACK, "Slow", ("Ilse",), "", 200_000)
STATION = Item("radio:Night%20Waves", Kind.RADIO, "Night Waves", ())
TURNTABLE = Item("line-in:Turntable", Kind.LINE_IN, "Turntable", ())


class Evening:
    """An evening that the history has: one thing after another, from an hour ago on, in some rooms."""

    def __init__(self, hass: HomeAssistant, start: int, rooms: list[Room]) -> None:
        """Begin with nothing, at a moment (UTC ms), in rooms that play together."""
        self._hass = hass
        self.start = self.at = start
        self.rooms = rooms

    async def hears(
        self,
        *items: Track | Item,
        listener: Listener = THE_HOUSEHOLD,
        percents: tuple[int, ...] = (),
        ms: int | None = None,
        played_from: str | None = None,
    ) -> None:
        """Let the rooms have heard things, as loud as told in the order of the rooms."""
        seen = []
        for each in items:
            item = each if isinstance(each, Item) else _item(each)
            end = self.at + (ms or item.duration_ms or 200_000)
            seen.append(
                Observation(
                    Source.SONOS if self.rooms else Source.LIVE,
                    listener,
                    item,
                    self.at,
                    end,
                    end - self.at,
                    context_uri=played_from,
                    rooms=tuple(RoomSpan(room, self.at, end) for room in self.rooms),
                    volumes=tuple(
                        Loudness(room, self.at, percent)
                        for room, percent in zip(self.rooms, percents, strict=False)
                    ),
                )
            )
            self.at = end
        await self._hass.data[DATA_HISTORY].async_append(seen)

    @property
    def window(self) -> dict[str, Any]:
        """When it was, as an action takes it."""
        return {
            "start_time": _iso(self.start - MINUTE),
            "end_time": _iso(self.at + MINUTE),
        }


def _iso(moment: int) -> str:
    return datetime.fromtimestamp(moment // 1000, UTC).isoformat()


def _item(track: Track) -> Item:
    return Item(
        track.uri,
        Kind.TRACK,
        track.name,
        track.artist_names,
        track.album_name,
        track.duration_ms,
    )


@pytest.fixture(autouse=True)
def nothing_lately(spotify: SpotifySimulator) -> None:
    """Let Spotify show nobody anything of the last hours, which would be in the evening at some hours of the day."""
    spotify.world.recent_places = 0


@pytest.fixture
def evening(
    hass: HomeAssistant,
    household: Household,
    kitchen: Speaker,
    spotify: SpotifySimulator,
) -> Evening:
    """Return an evening in the kitchen, three hours ago."""
    start = spotify.clock.now_ms() - 3 * HOUR
    return Evening(hass, start, [Room(kitchen.uid, "Kitchen")])


def _shows(hass: HomeAssistant, title: str) -> bool:
    return state_of(hass, KITCHEN).attributes.get("media_title") == title


async def replay(hass: HomeAssistant, **asked: Any) -> dict[str, Any]:
    """Give the command: it plays, because nothing else was asked for."""
    return await act(hass, "replay", **asked)


async def replay_result(hass: HomeAssistant, **asked: Any) -> dict[str, Any]:
    """Ask what would play."""
    return await act(hass, "replay", preview=True, **asked)


async def test_a_dry_run_reports_and_touches_nothing(
    hass: HomeAssistant,
    evening: Evening,
    kitchen: Speaker,
    tracks: list[Track],
    sonos: SonosSimulator,
) -> None:
    """What would play, in order, where, how loud, and what cannot be found."""
    bedroom = sonos.speaker("Bedroom")
    evening.rooms.append(Room(bedroom.uid, "Bedroom"))
    await evening.hears(tracks[0], tracks[1], tracks[0], percents=(20, 70))
    await evening.hears(NAMELESS, STATION, TURNTABLE)
    before = queue(kitchen.transport), kitchen.sound.volume, kitchen.members
    reported = await replay_result(
        hass, with_group=True, room="kitchen", **evening.window
    )
    assert reported["preview"] is True
    assert (reported["way"], reported["play_count"]) == ("sonos", 3)
    names = [track.name for track in (tracks[0], tracks[1], tracks[0])]
    assert [play["title"] for play in reported["plays"]] == names
    assert reported["target_room"] == [
        {"room": "Kitchen", "volume": 20, "volume_then": 20},
        {"room": "Bedroom", "volume": 40, "volume_then": 70},
    ]
    assert {each["title"]: each["reason"] for each in reported["not_found"]} == {
        "Slow": "no_link",
        "Night Waves": "radio",
        "Turntable": "line_in",
    }
    then = {
        room["room"]: room["volumes"] for room in reported["plays"][0]["rooms_then"]
    }
    assert [each["volume"] for each in then["Bedroom"]] == [70]
    assert reported["speech"].startswith(f"“{names[0]}” by ")
    assert "two items after it would play in Kitchen and Bedroom." in reported["speech"]
    assert reported["speech"].endswith("can’t be played again.")
    assert (queue(kitchen.transport), kitchen.sound.volume, kitchen.members) == before


async def test_the_queue_is_what_the_window_held_with_group_and_volumes(
    hass: HomeAssistant,
    evening: Evening,
    kitchen: Speaker,
    tracks: list[Track],
    sonos: SonosSimulator,
) -> None:
    """In order, repeats and all; exactly the rooms of then, none louder than the options allow."""
    bedroom, living_room = sonos.speaker("Bedroom"), sonos.speaker("Living Room")
    evening.rooms.append(Room(bedroom.uid, "Bedroom"))
    await evening.hears(tracks[0], tracks[1], NAMELESS, tracks[0], percents=(20, 70))
    await call(hass, "join", KITCHEN, group_members=[LIVING_ROOM])
    sonos.press("Kitchen", "mode", mode="SHUFFLE_NOREPEAT")
    sonos.press("Bedroom", "mute", on=True)
    await until(lambda: state_of(hass, KITCHEN).attributes.get("shuffle"))
    done = await replay(hass, with_group=True, room="kitchen", **evening.window)
    names = [track.name for track in (tracks[0], tracks[1], tracks[0])]
    assert (queue(kitchen.transport), on(kitchen.transport)) == (names, names[0])
    assert kitchen.transport.state in {"PLAYING", "TRANSITIONING"}
    assert {one.uid for one in kitchen.members} == {kitchen.uid, bedroom.uid}
    assert len(living_room.members) == 1
    assert (kitchen.sound.volume, bedroom.sound.volume) == (20, 40)
    assert not bedroom.sound.mute
    assert kitchen.transport.queue.mode == "NORMAL"
    assert (done["play_count"], len(done["not_found"])) == (3, 1)
    assert "plays again in Kitchen and Bedroom, and two items after it." in done["speech"]  # fmt: skip


async def test_only_the_music_leaves_groups_and_volumes(
    hass: HomeAssistant, evening: Evening, kitchen: Speaker, tracks: list[Track]
) -> None:
    """It plays where it played, with whoever is there."""
    await evening.hears(tracks[0], tracks[1], percents=(20,))
    await call(hass, "join", KITCHEN, group_members=[BEDROOM])
    volume = kitchen.sound.volume
    done = await replay(hass, **evening.window)
    assert queue(kitchen.transport) == [tracks[0].name, tracks[1].name]
    assert (len(kitchen.members), kitchen.sound.volume) == (2, volume)
    assert done["target_room"] == [
        {"room": "Kitchen", "volume": None, "volume_then": 20}
    ]


async def test_it_plays_onto_other_rooms_as_loud_as_the_first_was(
    hass: HomeAssistant,
    evening: Evening,
    kitchen: Speaker,
    tracks: list[Track],
    sonos: SonosSimulator,
) -> None:
    """Several Sonos rooms play together; the kitchen is left alone."""
    await evening.hears(tracks[0], percents=(25,))
    bedroom, living_room = sonos.speaker("Bedroom"), sonos.speaker("Living Room")
    before = queue(kitchen.transport)
    onto = ["Bedroom", "living room"]
    done = await replay(hass, target_room=onto, with_group=True, **evening.window)
    assert queue(bedroom.transport) == [tracks[0].name]
    assert len(bedroom.members) == 2
    assert (bedroom.sound.volume, living_room.sound.volume) == (25, 25)
    assert queue(kitchen.transport) == before
    assert [each["room"] for each in done["target_room"]] == ["Bedroom", "Living Room"]


async def test_how_loud_it_may_be_is_an_option(
    hass: HomeAssistant, evening: Evening, kitchen: Speaker, tracks: list[Track]
) -> None:
    """Of the entry of the history; what was quieter stays so."""
    await evening.hears(tracks[0], percents=(90,))
    (entry,) = (
        each
        for each in hass.config_entries.async_entries("encore")
        if each.data["kind"] == "history"
    )
    hass.config_entries.async_update_entry(entry, options={"replay_volume": 65})
    await replay(hass, with_group=True, **evening.window)
    assert kitchen.sound.volume == 65


async def test_what_really_played_plays_again(
    hass: HomeAssistant,
    household: Household,
    alva: MockConfigEntry,
    kitchen: Speaker,
    sonos: SonosSimulator,
    tracks: list[Track],
) -> None:
    """From the speakers’ own events: two rooms together, one turned down in mid-track, then everything else."""
    bedroom = sonos.speaker("Bedroom")
    sonos.press("Kitchen", "volume", volume=33)
    sonos.press("Bedroom", "volume", volume=12)
    await call(hass, "join", KITCHEN, group_members=[BEDROOM])
    for track in tracks[:2]:
        sonos.press("Kitchen", "spotify", uri=track.uri)
        await until(partial(_shows, hass, track.name))
        await until(lambda: state_of(hass, KITCHEN).state == "playing")
        # Until it is known where the track began, it is nobody's play.
        await until(
            lambda: state_of(hass, KITCHEN).attributes.get("media_position") is not None
        )
        sonos.press("Kitchen", "volume", volume=18)
        await until(lambda: state_of(hass, KITCHEN).attributes["volume_level"] == 0.18)
    sonos.press("Kitchen", "radio", title="Night Waves")
    await until(
        lambda: state_of(hass, KITCHEN).attributes.get("media_channel") is not None
    )
    await call(hass, "unjoin", BEDROOM)
    sonos.press("Kitchen", "volume", volume=80)
    sonos.press("Bedroom", "volume", volume=80)
    asked: dict[str, Any] = {
        "time_range": "last_hour",
        "minimum_played": 0,
        "kind": "music",
        "room": "Kitchen",
    }
    done = await replay(hass, with_group=True, **asked)
    assert queue(kitchen.transport) == [tracks[0].name, tracks[1].name]
    assert {one.uid for one in kitchen.members} == {kitchen.uid, bedroom.uid}
    assert (kitchen.sound.volume, bedroom.sound.volume) == (33, 12)
    reported = done["plays"][0]["rooms_then"]
    assert {room["room"] for room in reported} == {"Kitchen", "Bedroom"}


async def test_what_the_doorbell_interrupted_goes_on_where_it_was(
    hass: HomeAssistant,
    evening: Evening,
    kitchen: Speaker,
    tracks: list[Track],
    sonos: SonosSimulator,
) -> None:
    """The chime came after it, and is nothing to go on with."""
    await evening.hears(tracks[0])
    await evening.hears(tracks[1], ms=75_000)
    chime = Item("local:track::chime", Kind.TRACK, "Chime", (), "", 20_000)
    await evening.hears(chime, ms=4_000)
    sonos.press("Kitchen", "clear_queue")
    asked: dict[str, Any] = {"resume": True, "room": "kitchen", **evening.window}
    reported = await replay_result(hass, **asked)
    assert [each["begins_at_seconds"] for each in reported["plays"]] == [75]
    await replay(hass, **asked)
    assert queue(kitchen.transport) == [tracks[1].name]
    assert abs(kitchen.transport.position_s - 75) <= 5


async def test_what_stands_in_the_queue_goes_on_there(
    hass: HomeAssistant,
    evening: Evening,
    kitchen: Speaker,
    spotify: SpotifySimulator,
    tracks: list[Track],
    sonos: SonosSimulator,
) -> None:
    """Something played beside the queue: what followed still follows."""
    album = tracks[0].album.uri
    inside = [track for track in spotify.world.context_items(album) if isinstance(track, Track)]  # fmt: skip
    sonos.press("Kitchen", "spotify", uri=album)
    sonos.press("Kitchen", "radio")
    await evening.hears(inside[1], ms=40_000)
    before = queue(kitchen.transport)
    await replay(hass, resume=True, **evening.window)
    transport = kitchen.transport
    assert (queue(transport), transport.queue.index) == (before, 1)
    assert transport.radio is None
    assert abs(transport.position_s - 40) <= 5
    assert transport.state in {"PLAYING", "TRANSITIONING"}


async def test_it_goes_on_in_the_album_it_was_played_from(
    hass: HomeAssistant,
    evening: Evening,
    kitchen: Speaker,
    spotify: SpotifySimulator,
    tracks: list[Track],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where the queue has it no more; alone where it is not in there, or there is no such album."""
    monkeypatch.setattr("custom_components.encore.commands.deduplicate.WITHIN_S", 0)
    album = tracks[0].album.uri
    inside = [track.name for track in spotify.world.context_items(album)]
    place = inside.index(tracks[0].name)
    await evening.hears(tracks[0], ms=40_000, played_from=album)
    await replay(hass, resume=True, **evening.window)
    transport = kitchen.transport
    assert (queue(transport), transport.queue.index) == (inside, place)
    assert abs(transport.position_s - 40) <= 5
    other = next(track for track in tracks if track.album.uri != album)
    for played_from in (album, f"spotify:album:{'9' * 22}"):
        await evening.hears(other, ms=50_000, played_from=played_from)
        await call(hass, "media_stop", KITCHEN)
        await act(hass, "clear_queue", room="kitchen")
        await replay(hass, resume=True, **evening.window)
        assert queue(transport) == [other.name]
        assert abs(transport.position_s - 50) <= 5


async def test_connect_goes_on_in_the_album_too(
    hass: HomeAssistant,
    evening: Evening,
    alva: MockConfigEntry,
    player: Player,
    tracks: list[Track],
) -> None:
    """On the device that is named, from where it was."""
    await evening.hears(tracks[1], ms=60_000, played_from=tracks[1].album.uri)
    await replay(hass, resume=True, target_room=LAPTOP, **evening.window)
    state = player.state
    assert state is not None
    assert state.item is not None
    assert state.context_uri == tracks[1].album.uri
    assert state.item.uri == tracks[1].uri
    assert abs(state.progress_ms - 60_000) <= 5_000


async def test_what_was_played_to_its_end_was_not_interrupted(
    hass: HomeAssistant, evening: Evening, kitchen: Speaker, tracks: list[Track]
) -> None:
    """Nothing plays then, and it is said."""
    await evening.hears(tracks[0])
    before = queue(kitchen.transport)
    with pytest.raises(NothingToReplay):
        await replay(hass, resume=True, **evening.window)
    assert queue(kitchen.transport) == before


async def test_what_is_gone_is_left_out(
    hass: HomeAssistant, evening: Evening, kitchen: Speaker, tracks: list[Track]
) -> None:
    """The speaker is told something that the service no longer has; all else plays, and alone it is an error."""
    removed = Item(
        f"spotify:track:{'9' * 22}", Kind.TRACK, "Gone", ("Ilse",), "", 200_000
    )
    await evening.hears(removed, tracks[0], removed, tracks[1])
    done = await replay(hass, **evening.window)
    assert queue(kitchen.transport) == [tracks[0].name, tracks[1].name]
    assert [each["reason"] for each in done["not_found"]] == ["refused", "refused"]
    await evening.hears(ms=1)
    alone: dict[str, Any] = {"start_time": _iso(evening.start - MINUTE), "end_time": _iso(evening.start + 1_000)}  # fmt: skip
    with pytest.raises(SonosRefused):
        await replay(hass, **alone)


async def test_a_station_among_the_favourites_plays_where_nothing_else_can(
    hass: HomeAssistant,
    evening: Evening,
    household: Household,
    kitchen: Speaker,
    tracks: list[Track],
) -> None:
    """Beside tracks it has no place in a queue."""
    await until(lambda: household.favourites.known)
    favourite = next(
        each for each in household.favourites.known if "audioBroadcast" in each.kind
    )
    station = Item("radio:it", Kind.RADIO, favourite.title.upper(), ())
    await evening.hears(station, station, NAMELESS)
    reported = await replay_result(hass, **evening.window)
    assert [each["reason"] for each in reported["not_found"]] == ["no_link"]
    await replay(hass, **evening.window)
    assert kitchen.transport.radio is not None
    await evening.hears(tracks[0])
    reported = await replay_result(hass, **evening.window)
    assert [each["title"] for each in reported["plays"]] == [tracks[0].name]
    assert [each["reason"] for each in reported["not_found"]] == ["radio", "radio", "no_link"]  # fmt: skip


async def test_where_there_is_no_speaker_connect_plays_it(
    hass: HomeAssistant,
    evening: Evening,
    alva: MockConfigEntry,
    player: Player,
    tracks: list[Track],
) -> None:
    """In order, on the device of that name, through the account; resumed where it was."""
    await evening.hears(tracks[0], tracks[1], NAMELESS, percents=(30,))
    reported = await replay_result(hass, target_room=LAPTOP, **evening.window)
    assert (reported["way"], reported["play_count"]) == ("connect", 2)
    assert player.state is None or not player.state.is_playing
    done = await replay(hass, target_room=LAPTOP, with_group=True, **evening.window)
    state = player.state
    assert state is not None
    assert state.item is not None
    assert (state.item.uri, state.is_playing) == (tracks[0].uri, True)
    assert state.device.name == LAPTOP
    assert done["speech"].startswith(f"“{tracks[0].name}”")
    assert f"plays again on {LAPTOP}, and one item after it." in done["speech"]
    with pytest.raises(NoPlayerThere):
        await replay(hass, target_room="Attic", **evening.window)


async def test_an_account_that_is_away_is_reported_by_a_dry_run(
    hass: HomeAssistant, evening: Evening, alva: MockConfigEntry, tracks: list[Track]
) -> None:
    """And refused by what is not one."""
    ar.async_get(hass).async_create("Attic")
    await evening.hears(tracks[0], NAMELESS)
    await hass.config_entries.async_unload(alva.entry_id)
    reported = await replay_result(hass, target_room="Attic", **evening.window)
    assert [each["reason"] for each in reported["not_found"]] == [
        "account_away",
        "no_link",
    ]
    assert (reported["way"], reported["plays"]) == (None, [])
    assert reported["problem"]
    assert reported["speech"].startswith("It can’t be played right now: ")
    with pytest.raises(AccountNotReady):
        await replay(hass, target_room="Attic", **evening.window)
    await hass.config_entries.async_setup(alva.entry_id)


async def test_what_cannot_be_is_said(
    hass: HomeAssistant,
    evening: Evening,
    kitchen: Speaker,
    tracks: list[Track],
    household: Household,
) -> None:
    """Nothing played, no such room, nothing of it Spotify's, too much, and nobody knows where."""
    before = queue(kitchen.transport)
    for dry_run in (True, False):
        with pytest.raises(NothingToReplay):
            await act(hass, "replay", preview=dry_run, time_range="2019")
    await evening.hears(NAMELESS, TURNTABLE)
    with pytest.raises(ServiceValidationError):
        await replay(hass, room="Ballroom", **evening.window)
    reported = await replay_result(hass, **evening.window)
    assert (reported["play_count"], len(reported["not_found"])) == (0, 2)
    assert reported["speech"].startswith(
        "None of it can be played again. “Slow” by Ilse"
    )
    with pytest.raises(NothingCanReplay) as nothing:
        await replay(hass, **evening.window)
    assert nothing.value.translation_placeholders == {
        "count": "2",
        "reasons": "line_in, no_link",
    }
    evening.rooms = []
    await evening.hears(tracks[0])
    with pytest.raises(UnknownReplayRoom) as nowhere:
        await replay(hass, kind="music", source="live", **evening.window)
    assert "`target_room`" in await async_translated(hass, nowhere.value, "en")
    assert queue(kitchen.transport) == before


async def test_more_than_a_queue_should_hold_is_refused(
    hass: HomeAssistant,
    evening: Evening,
    tracks: list[Track],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It says how many it were, and how many are taken."""
    monkeypatch.setattr(past_playback, "MOST", 3)
    await evening.hears(*tracks[:5])
    with pytest.raises(TooManyAtOnce) as too_many:
        await act(hass, "replay", **evening.window)
    assert too_many.value.translation_placeholders == {"count": "5", "most": "3"}


async def test_a_room_that_is_away_is_said(
    impatient: None,
    hass: HomeAssistant,
    evening: Evening,
    kitchen: Speaker,
    sonos: SonosSimulator,
    tracks: list[Track],
) -> None:
    """Where it was named; of a group of then, who is there plays."""
    bedroom = sonos.speaker("Bedroom")
    evening.rooms.append(Room(bedroom.uid, "Bedroom"))
    await evening.hears(tracks[0], percents=(20, 30))
    sonos.press("Bedroom", "vanish")
    await until(lambda: state_of(hass, BEDROOM).state == "unavailable", 30)
    with pytest.raises(SpeakerUnreachable):
        await replay(hass, target_room="Bedroom", **evening.window)
    done = await replay(hass, with_group=True, **evening.window)
    assert [each["room"] for each in done["target_room"]] == ["Kitchen"]
    assert queue(kitchen.transport) == [tracks[0].name]


async def test_what_is_asked_for_twice_at_once_plays_once(
    hass: HomeAssistant, evening: Evening, kitchen: Speaker, tracks: list[Track]
) -> None:
    """The second is told so."""
    await evening.hears(tracks[0])
    await replay(hass, **evening.window)
    version = kitchen.transport.queue.version
    again = await replay(hass, **evening.window)
    assert again["repeated"] is True
    assert again["speech"].startswith("Already requested: ")
    assert kitchen.transport.queue.version == version


async def test_where_sonos_has_no_spotify_connect_plays_it_on_the_speaker(
    hass: HomeAssistant,
    evening: Evening,
    alva: MockConfigEntry,
    kitchen: Speaker,
    sonos: SonosSimulator,
    tracks: list[Track],
) -> None:
    """Through the account, as loud as it may be."""
    await evening.hears(tracks[0], tracks[1], percents=(15,))
    sonos.press("Kitchen", "unlink_spotify")
    done = await replay(hass, with_group=True, **evening.window)
    assert (done["way"], done["target_room"][0]["room"]) == ("connect", "Kitchen")
    assert kitchen.transport.direct is not None
    assert kitchen.sound.volume == 15


async def test_what_a_private_listener_played_is_replayed_for_themselves_alone(
    hass: HomeAssistant,
    evening: Evening,
    alva: MockConfigEntry,
    kitchen: Speaker,
    tracks: list[Track],
    hass_admin_user: MockUser,
) -> None:
    """Nobody else learns even how much it was; and what somebody else asked for a moment before is not told to them."""
    await add_person(hass, "alva", hass_admin_user)
    options = {"privacy": "private", "person": "person.alva"}
    hass.config_entries.async_update_entry(alva, options={**alva.options, **options})
    await evening.hears(tracks[0], listener=alva.runtime_data.listener)
    await evening.hears(tracks[1])
    for dry_run in (True, False):
        mine, others = [
            await act(hass, "replay", context, preview=dry_run, **evening.window)
            for context in (Context(user_id=hass_admin_user.id), Context())
        ]
        assert [play["uri"] for play in mine["plays"]] == [tracks[0].uri, tracks[1].uri]
        assert [play["uri"] for play in others["plays"]] == [tracks[1].uri]
        assert others["repeated"] is False
    assert queue(kitchen.transport) == [tracks[1].name]


async def test_who_may_only_ask_may_not_replay(
    hass: HomeAssistant, evening: Evening, tracks: list[Track]
) -> None:
    """A user who is switched off may do nothing at all."""
    await evening.hears(tracks[0])
    removed = MockUser(is_active=False).add_to_hass(hass)
    with pytest.raises(Unauthorized):
        await act(hass, "replay", Context(user_id=removed.id), **evening.window)
