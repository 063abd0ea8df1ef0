"""A playlist from an answer: in its order, the same one when it is asked again, and honest about what is left out."""

import asyncio
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.commands.errors import NoTracks
from custom_components.encore.history.merge.same_song import local_uri
from custom_components.encore.history.model import Item, Kind, Observation, Source
from custom_components.encore.questions.all_questions import QUESTIONS
from custom_components.encore.questions.base.parameters import read_public
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from custom_components.encore.spotify.auth.scopes import PLAYLISTS
from custom_components.encore.spotify.errors import Unavailable
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from simulator.spotify import SpotifySimulator
from simulator.spotify.faults import Fault, FaultKind
from simulator.spotify.music import Track
from simulator.spotify.playlists import Playlist
from tests.integration.auth.conftest import Link
from tests.integration.spotify.conftest import set_up

from .conftest import LISTENER, Act

SUMMER = 1_719_838_800_000
"""2024-07-01, 13:00 UTC."""
MINUTE = 60_000
AGO: dict[str, object] = {"time_range": "2024"}
LOCAL = Item(
    local_uri(Kind.TRACK, "Nobody", "Rehearsal", ""), Kind.TRACK, "Rehearsal", ("Nobody",)
)  # fmt: skip


@pytest.fixture
async def alva(hass: HomeAssistant, link: Link) -> MockConfigEntry:
    """Return Alva's account, which may change playlists, and records what is heard from now on alone."""
    entry = await link("alva", more=PLAYLISTS)
    hass.config_entries.async_update_entry(entry, options={"backfill": False})
    return await set_up(hass, entry)


def item_of(track: Track) -> Item:
    """Return a track as a source describes it."""
    return Item(track.uri, Kind.TRACK, track.name, track.artist_names, track.album_name)


async def record_plays(
    hass: HomeAssistant, entry: MockConfigEntry, items: list[Item], start: int = SUMMER
) -> None:
    """Let Alva have heard things one after the other: the first of them most often."""
    reported: list[Observation] = []
    for place, item in enumerate(items):
        for _ in range(len(items) - place):
            end = start + (len(reported) + 1) * 4 * MINUTE
            reported.append(
                Observation(
                    Source.EXPORT,
                    entry.runtime_data.listener,
                    item,
                    end - 3 * MINUTE,
                    end,
                    3 * MINUTE,
                )  # fmt: skip
            )
    await hass.data[DATA_HISTORY].async_append(reported)


def playlist(spotify: SpotifySimulator, answer: dict[str, Any]) -> Playlist:
    """Return the playlist of an answer as it is at Spotify."""
    return spotify.world.playlists.get(answer["uri"].rpartition(":")[2])


def content(spotify: SpotifySimulator, answer: dict[str, Any]) -> list[str]:
    """Return what is in it."""
    return [entry.item.uri for entry in playlist(spotify, answer).entries]


async def test_the_top_becomes_a_playlist_in_its_order(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    act: Act,
    spotify: SpotifySimulator,
    tracks: list[Track],
) -> None:
    """The home may ask for it: "my top five of 2024"."""
    await record_plays(hass, alva, [item_of(track) for track in tracks])
    made = await act("create_playlist", question="top", parameters={**AGO, "limit": 5})
    assert content(spotify, made) == [track.uri for track in tracks[:5]]
    assert made["new"]
    assert (made["tracks"], made["skipped"]) == (5, [])
    there = playlist(spotify, made)
    assert (there.name, there.public) == ("Top: 2024", False)
    assert tracks[0].name in there.description
    assert (
        made["speech"]
        == f"{LISTENER} has the playlist “Top: 2024” now, with five tracks."
    )


async def test_the_same_question_brings_the_same_playlist_up_to_date(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    act: Act,
    spotify: SpotifySimulator,
    tracks: list[Track],
) -> None:
    """Also under another name; another question, or other parameters, make another one."""
    items = [item_of(track) for track in tracks]
    await record_plays(hass, alva, items[:3])
    first = await act("create_playlist", question="top", parameters=AGO)
    await record_plays(hass, alva, items[3:], SUMMER + 10_000 * MINUTE)
    again = await act("create_playlist", question="top", parameters=AGO, name="Ours")
    assert (again["uri"], again["new"]) == (first["uri"], False)
    assert set(content(spotify, again)) == {track.uri for track in tracks}
    assert playlist(spotify, again).name == "Ours"
    assert again["speech"] == "“Ours” is up to date, with ten tracks."
    other = await act("create_playlist", question="top", parameters={**AGO, "limit": 2})
    assert other["uri"] != first["uri"]
    plays = await act("create_playlist", question="plays", parameters=AGO)
    assert plays["uri"] not in {first["uri"], other["uri"]}


async def test_asked_for_twice_at_once_there_is_one_playlist(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    act: Act,
    spotify: SpotifySimulator,
    tracks: list[Track],
) -> None:
    """A button that bounced makes no second one."""
    await record_plays(hass, alva, [item_of(track) for track in tracks])
    before = len(spotify.world.playlists_of("alva"))
    made = await asyncio.gather(
        *(act("create_playlist", question="top", parameters=AGO) for _ in range(3))
    )
    assert len({each["uri"] for each in made}) == 1
    assert sorted(each["new"] for each in made) == [False, False, True]
    assert len(spotify.world.playlists_of("alva")) == before + 1


async def test_a_playlist_that_was_deleted_at_spotify_is_made_again(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    act: Act,
    spotify: SpotifySimulator,
    tracks: list[Track],
) -> None:
    """What is deleted there is only out of the library."""
    await record_plays(hass, alva, [item_of(track) for track in tracks])
    first = await act("create_playlist", question="top", parameters=AGO)
    spotify.world.library("alva").remove(first["uri"])
    again = await act("create_playlist", question="top", parameters=AGO)
    assert again["new"]
    assert again["uri"] != first["uri"]
    assert spotify.world.library("alva").contains(again["uri"])
    third = await act("create_playlist", question="top", parameters=AGO)
    assert third["uri"] == again["uri"]


async def test_what_spotify_does_not_know_is_named_as_left_out(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    act: Act,
    spotify: SpotifySimulator,
    tracks: list[Track],
) -> None:
    """Local files, and what an export only names."""
    file = Item("spotify:local:Nobody::Demo:180", Kind.TRACK, "Demo", ("Nobody",))
    await record_plays(hass, alva, [LOCAL, item_of(tracks[0]), file])
    made = await act("create_playlist", question="top", parameters=AGO)
    assert content(spotify, made) == [tracks[0].uri]
    assert made["skipped"] == [
        {"title": "Rehearsal", "artist": "Nobody"},
        {"title": "Demo", "artist": "Nobody"},
    ]
    assert "Left out are “Rehearsal” and “Demo”" in made["speech"]


async def test_an_answer_without_a_track_makes_and_changes_nothing(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    act: Act,
    spotify: SpotifySimulator,
    tracks: list[Track],
) -> None:
    """Nothing heard, nothing but what Spotify does not know, or a top of artists."""
    before = len(spotify.world.playlists_of("alva"))
    await record_plays(hass, alva, [LOCAL])
    for asked in ({"time_range": "2019"}, AGO, {**AGO, "of": "artists"}):
        with pytest.raises(NoTracks):
            await act("create_playlist", question="top", parameters=asked)
    assert len(spotify.world.playlists_of("alva")) == before


async def test_more_than_a_request_takes_goes_in_several_in_order(
    hass: HomeAssistant, alva: MockConfigEntry, act: Act, spotify: SpotifySimulator
) -> None:
    """As the tracks of this day of several years."""
    catalogue = list(spotify.world.catalogue.tracks.values())
    each_year = [catalogue[:90], catalogue[100:190], catalogue[200:290]]
    # 2024 was a leap year.
    for days, some in zip((0, 366, 731), each_year, strict=True):
        end = SUMMER - days * 86_400_000
        await hass.data[DATA_HISTORY].async_append(
            [
                Observation(
                    Source.EXPORT,
                    alva.runtime_data.listener,
                    item_of(track),
                    at - 60_000,
                    at,
                    60_000,
                )
                for at, track in enumerate(some, start=end)
            ]  # fmt: skip
        )
    asked = {"date": "july_1", "minimum_played": 0}
    data = await act("get_on_this_day", date="july_1", minimum_played=0, limit=100)
    reported = [entry["uri"] for year in data["years"] for entry in year["top"]]
    made = await act("create_playlist", question="on_this_day", parameters=asked)
    assert len(reported) > 200
    assert content(spotify, made) == list(dict.fromkeys(reported))


async def test_what_fails_half_way_is_mended_by_asking_again(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    act: Act,
    spotify: SpotifySimulator,
    tracks: list[Track],
) -> None:
    """No second playlist is made."""
    await record_plays(hass, alva, [item_of(track) for track in tracks])
    before = len(spotify.world.playlists_of("alva"))
    fault = Fault(FaultKind.SERVER_ERROR, "/v1/playlists/*", method="PUT", times=None)
    spotify.faults.add(fault)
    with pytest.raises(Unavailable):
        await act("create_playlist", question="top", parameters=AGO)
    spotify.faults.clear()
    made = await act("create_playlist", question="top", parameters=AGO)
    assert len(content(spotify, made)) == 10
    assert len(spotify.world.playlists_of("alva")) == before + 1


async def test_a_question_asked_wrongly_is_refused_as_by_its_own_action(
    alva: MockConfigEntry, act: Act
) -> None:
    """A parameter that it does not have, and a window that nobody knows."""
    for asked in ({"colour": "blue"}, {"time_range": "someday"}):
        with pytest.raises(ServiceValidationError):
            await act("create_playlist", question="top", parameters=asked)


@pytest.mark.parametrize(
    "question", [each.key for each in QUESTIONS if each.holds_tracks]
)
async def test_every_question_that_holds_tracks_can_become_a_playlist(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    act: Act,
    spotify: SpotifySimulator,
    tracks: list[Track],
    question: str,
) -> None:
    """By its declaration alone."""
    await record_plays(hass, alva, [item_of(track) for track in tracks[:3]])
    required: dict[str, dict[str, object]] = {
        "playing_at": {"moment": "2024-07-01 15:02"},
        "search": {"text": tracks[0].name},
        "forgotten_favourites": {"minimum_plays": 1},
        "on_this_day": {"date": "july_1"},
        **dict.fromkeys(("plays", "top", "repeat_rate", "taste", "discoveries"), AGO),
        "year": {"year": 2024},
    }
    asked = required.get(question, {})
    assert read_public(QUESTIONS[question].declares, asked) is not None
    if question == "playing_at":
        await hass.config.async_set_time_zone("Europe/Berlin")
    made = await act("create_playlist", question=question, parameters=asked)
    assert set(content(spotify, made)) <= {track.uri for track in tracks}
    assert tracks[0].uri in content(spotify, made)
