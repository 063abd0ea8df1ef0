"""Looking for something by name: in what was heard first, then at Spotify."""

from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.commands.errors import NoAccountConnected
from custom_components.encore.history.errors import StoreUnavailable
from custom_components.encore.history.model import (
    Item,
    Kind,
    Listener,
    Observation,
    Source,
)
from custom_components.encore.history.records.artist_pictures import learn_picture
from custom_components.encore.runtime.store.history_service import (
    DATA_HISTORY,
    HistoryService,
)
from custom_components.encore.spotify.errors import RateLimited
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from simulator.spotify import Fault, FaultKind, SpotifySimulator
from simulator.spotify.music import Track

from .conftest import LISTENER, Act

WEEK_MS = 7 * 86_400_000


@pytest.fixture
async def played(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
) -> Track:
    """Return a track that Alva has heard twice."""
    track, now = tracks[0], spotify.clock.now_ms()
    item = Item(
        uri=track.uri,
        kind=Kind.TRACK,
        title=track.name,
        artists=track.artist_names,
        album=track.album_name,
        duration_ms=track.duration_ms,
    )
    listener: Listener = alva.runtime_data.listener
    await hass.data[DATA_HISTORY].async_append(
        [
            Observation(
                source=Source.EXPORT,
                listener=listener,
                item=item,
                started_at=ended_at - track.duration_ms,
                ended_at=ended_at,
                ms_played=track.duration_ms,
            )
            for ended_at in (now - 60 * WEEK_MS, now - 59 * WEEK_MS)
        ]
    )
    return track


def by_source(answer: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the results of an answer by where they are from."""
    return {
        source: [each for each in answer["found"] if each["source"] == source]
        for source in ("history", "spotify")
    }


async def test_what_was_played_comes_first_then_what_spotify_has(
    played: Track, act: Act
) -> None:
    """Each marked with its source, and nothing twice."""
    answer = await act("search", text=played.name)
    sources = [each["source"] for each in answer["found"]]
    assert sources == sorted(sources)
    assert set(sources) == {"history", "spotify"}
    first = answer["found"][0]
    assert (first["uri"], first["play_count"]) == (played.uri, 2)
    uris = [each["uri"] for each in answer["found"]]
    assert uris.count(played.uri) == 1
    assert answer["spotify"]["known_since"]
    assert {**answer["spotify"], "known_since": None} == {
        "asked": True,
        "answered": True,
        "problem": None,
        "known_since": None,
        "minutes_old": 0,
        "from_cache": False,
    }
    assert "Spotify also has" in answer["speech"]
    assert played.name in answer["speech"]


async def test_a_played_artist_gets_the_uri_that_only_spotify_knows(
    played: Track, act: Act
) -> None:
    """The history has artists by name alone, and a URI is what can be played."""
    artist = played.artists[0]
    answer = await act("search", text=artist.name, type="artist")
    known = {each["name"]: each["uri"] for each in by_source(answer)["history"]}
    assert known[artist.name] == artist.uri
    assert artist.uri not in {each["uri"] for each in by_source(answer)["spotify"]}
    only_played = await act("search", text=artist.name, type="artist", where="history")
    assert only_played["found"][0]["uri"] is None


async def test_a_played_artist_comes_with_the_picture_that_is_stored(
    hass: HomeAssistant, played: Track, act: Act
) -> None:
    """Without a call to Spotify; before one is kept, with Spotify's where it is asked."""
    artist = played.artists[0]
    asked = {"text": artist.name, "type": "artist"}
    [first, *_] = (await act("search", **asked, where="history"))["found"]
    assert (first["name"], first["image_url"]) == (artist.name, None)
    [first, *_] = (await act("search", **asked))["found"]
    assert first["image_url"]
    memory, picture = hass.data[DATA_HISTORY], "https://i.scdn.co/image/kept"
    [wanted, *_] = [
        one
        for one in await memory.async_look_up(
            lambda queries: queries.missing_pictures(0, 9_999)
        )
        if one.name == artist.name
    ]
    await memory.async_write(lambda db, _: learn_picture(db, wanted, picture, 0))
    [first, *_] = (await act("search", **asked, where="history"))["found"]
    assert first["image_url"] == picture


async def test_what_was_never_played_is_found_at_spotify(
    alva: MockConfigEntry, act: Act, spotify: SpotifySimulator
) -> None:
    """Playlists and shows too."""
    show = next(iter(spotify.world.catalogue.shows.values()))
    answer = await act("search", text=show.name)
    assert {"type": "show", "name": show.name}.items() <= next(
        each for each in by_source(answer)["spotify"] if each["type"] == "show"
    ).items()
    assert answer["speech"].startswith("Spotify has ")


async def test_no_more_than_spotify_gives_are_asked_for(
    played: Track, act: Act, spotify: SpotifySimulator
) -> None:
    """Ten of a kind: more would be a 400."""
    for limit, asked in ((3, 3), (100, 10)):
        spotify.requests.clear()
        answer = await act("search", text="the", type="track", limit=limit)
        (request,) = [
            each for each in spotify.requests.asked if each.endpoint == "/v1/search"
        ]
        assert f"limit={asked}" in request.query
        assert request.status == 200
        assert len(by_source(answer)["spotify"]) <= asked


@pytest.mark.parametrize(
    "data", [{"time_range": "all_time"}, {"minimum_played": 0}, {"where": "history"}]
)
async def test_a_search_about_plays_asks_the_history_alone(
    played: Track, act: Act, spotify: SpotifySimulator, data: dict[str, object]
) -> None:
    """Spotify's catalogue has no window."""
    spotify.requests.clear()
    answer = await act("search", text=played.name, **data)
    assert answer["spotify"]["asked"] is False
    assert {each["source"] for each in answer["found"]} == {"history"}
    assert not spotify.requests.count(endpoint="/v1/search")


async def test_spotify_alone_is_asked_when_it_is_named(played: Track, act: Act) -> None:
    """What was heard is among it, and not marked as such."""
    answer = await act("search", text=played.name, type="track", where="spotify")
    assert {each["source"] for each in answer["found"]} == {"spotify"}
    assert answer["found"][0]["uri"] == played.uri


async def test_the_history_answers_alone_while_spotify_wants_a_pause(
    played: Track, act: Act, spotify: SpotifySimulator
) -> None:
    """And it says so."""
    spotify.faults.add(Fault(FaultKind.RATE_LIMITED, "/v1/search", retry_after=7200))
    answer = await act("search", text=played.name)
    assert answer["found"][0]["uri"] == played.uri
    assert {each["source"] for each in answer["found"]} == {"history"}
    assert answer["spotify"]["asked"] is True
    assert answer["spotify"]["answered"] is False
    assert "reached until" in answer["spotify"]["problem"]
    assert "Spotify couldn’t be searched: " in answer["speech"]
    with pytest.raises(RateLimited):
        await act("search", text=played.name, where="spotify")


async def test_what_spotify_said_before_answers_with_its_age_while_it_is_out_of_reach(
    freezer: FrozenDateTimeFactory,
    played: Track,
    act: Act,
    spotify: SpotifySimulator,
) -> None:
    """An answer of half an hour ago does not pass for one of now."""
    before = await act("search", text=played.name, where="spotify")
    spotify.faults.add(Fault(FaultKind.SERVER_ERROR, "/v1/search", times=None))
    freezer.tick(1800)
    answer = await act("search", text=played.name, where="spotify")
    assert answer["found"] == before["found"]
    reported = answer["spotify"]
    assert (reported["from_cache"], reported["minutes_old"]) == (True, 30)
    assert answer["speech"].endswith(" As of 30 minutes ago.")


@pytest.mark.parametrize("kind", [FaultKind.SERVER_ERROR, FaultKind.DROPPED])
async def test_an_outage_leaves_the_history_to_answer(
    played: Track, act: Act, spotify: SpotifySimulator, kind: FaultKind
) -> None:
    """Whatever is wrong at Spotify."""
    spotify.faults.add(Fault(kind, "/v1/search", times=None))
    answer = await act("search", text=played.name)
    assert answer["found"][0]["uri"] == played.uri
    assert answer["spotify"]["problem"]


async def test_without_a_connected_account_the_history_answers(
    hass: HomeAssistant, played: Track, alva: MockConfigEntry, act: Act
) -> None:
    """And Spotify alone cannot be asked."""
    await hass.config_entries.async_unload(alva.entry_id)
    with pytest.raises(NoAccountConnected):
        await act("search", text=played.name, where="spotify")


async def test_nothing_anywhere_is_said(alva: MockConfigEntry, act: Act) -> None:
    """By both."""
    answer = await act("search", text="qzxvw kjhgf")
    assert answer["found"] == []
    assert answer["speech"].endswith("Spotify has nothing called “qzxvw kjhgf” either.")


async def test_whose_history_it_is_can_be_said(played: Track, act: Act) -> None:
    """As with the question."""
    answer = await act("search", text=played.name, listener=LISTENER)
    assert answer["listeners"] == [LISTENER]
    assert answer["spotify"]["asked"] is True


async def test_what_spotify_has_is_reported_while_the_history_cannot_be_read(
    alva: MockConfigEntry,
    act: Act,
    tracks: list[Track],
    spotify: SpotifySimulator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With the reason; what is sought in the history alone fails, and so does all where Spotify is away, too."""

    async def broken(*_args: object, **_kwargs: object) -> None:
        raise StoreUnavailable("disk")

    monkeypatch.setattr(HistoryService, "async_ask", broken)
    name = tracks[0].name
    answer = await act("search", text=name, type="track", listener="me")
    assert tracks[0].uri in {each["uri"] for each in answer["found"]}
    assert {each["source"] for each in answer["found"]} == {"spotify"}
    assert (answer["history"]["asked"], answer["history"]["answered"]) == (True, False)
    assert answer["speech"].startswith("The history couldn’t be searched: The listening history isn’t available")  # fmt: skip
    with pytest.raises(HomeAssistantError, match="history isn’t available"):
        await act("search", text=name, where="history")
    spotify.faults.add(Fault(FaultKind.SERVER_ERROR, times=None))
    with pytest.raises(HomeAssistantError, match="history isn’t available"):
        await act("search", text=f"{name} again")
