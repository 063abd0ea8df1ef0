"""What Home Assistant's search finds on an account's player: what was heard first, then Spotify's catalogue."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.encore.history.errors import HistoryError
from custom_components.encore.history.model import Item, Kind
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.core import HomeAssistant
from homeassistant.helpers import intent
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from simulator.spotify import Fault, FaultKind, SpotifySimulator
from simulator.spotify.music import Track
from tests.integration.spotify.conftest import ALVA
from tests.unit.history.memory import live

type Search = Callable[..., Awaitable[dict[str, Any]]]

COVER = "https://i.scdn.co/image/heard"


@pytest.fixture
def search(hass: HomeAssistant, hass_ws_client: WebSocketGenerator) -> Search:
    """Return a way to search on Alva's player as the frontend does."""

    async def search(text: str, *classes: str, **more: str) -> dict[str, Any]:
        client = await hass_ws_client(hass)
        filters = {"media_filter_classes": list(classes)} if classes else {}
        await client.send_json_auto_id(
            {
                "type": "media_player/search_media",
                "entity_id": ALVA,
                "search_query": text,
                **filters,
                **more,
            }
        )
        answer: dict[str, Any] = await client.receive_json()
        await client.close()
        return answer

    return search


@pytest.fixture
async def played(
    hass: HomeAssistant, alva: MockConfigEntry, tracks: list[Track]
) -> Track:
    """Let Alva have heard a song whose name nothing else in her history has; return it."""
    track = tracks[0]
    item = Item(
        track.uri,
        Kind.TRACK,
        track.name,
        track.artist_names,
        album=track.album_name,
        duration_ms=track.duration_ms,
        image_url=COVER,
    )
    now = round(dt_util.utcnow().timestamp() * 1000)
    mine = alva.runtime_data.listener
    await hass.data[DATA_HISTORY].async_append(
        [live(now - n * 400_000, item=item, listener=mine) for n in range(1, 30)]
    )
    return track


def uris(answer: dict[str, Any]) -> list[str]:
    """Return what was found."""
    assert answer["success"], answer
    return [found["media_content_id"] for found in answer["result"]["result"]]


async def test_what_was_played_comes_first_and_once(
    played: Track, search: Search, spotify: SpotifySimulator
) -> None:
    """Then the rest of the kinds that Spotify has, by one call."""
    spotify.requests.clear()
    answer = await search(played.name)
    found = answer["result"]["result"]
    assert uris(answer)[0] == played.uri
    assert uris(answer).count(played.uri) == 1
    assert found[0]["title"] == f"{played.name} – {', '.join(played.artist_names)}"
    assert found[0]["thumbnail"] == COVER
    assert (found[0]["can_play"], found[0]["media_content_type"]) == (True, "track")
    assert spotify.requests.count(endpoint="/v1/search") == 1


async def test_the_very_name_comes_before_what_lacks_a_word_of_it(
    played: Track,
    alva: MockConfigEntry,
    search: Search,
    hass: HomeAssistant,
    spotify: SpotifySimulator,
) -> None:
    """Home Assistant's own voice command plays the first: "MC Harrow" is no heard song about another Harrow."""
    catalogue = spotify.world.catalogue
    meant = next(
        each for each in catalogue.artists.values() if each.name == "MC Harrow"
    )
    other = next(
        each
        for each in catalogue.tracks.values()
        if "Harrow" in each.name and "MC Harrow" not in each.artist_names
    )
    item = Item(other.uri, Kind.TRACK, other.name, other.artist_names)
    now = round(dt_util.utcnow().timestamp() * 1000)
    mine = alva.runtime_data.listener
    await hass.data[DATA_HISTORY].async_append(
        [live(now - 60_000, item=item, listener=mine)]
    )
    found = uris(await search("MC Harrow"))
    assert found[0] == meant.uri
    assert other.uri in found


async def test_what_was_never_played_is_found_at_spotify(
    alva: MockConfigEntry, search: Search, spotify: SpotifySimulator
) -> None:
    """An artist, say, who can be opened in the browser."""
    artist = next(iter(spotify.world.catalogue.artists.values()))
    answer = await search(artist.name, "artist")
    assert uris(answer)[0] == artist.uri
    assert all(found["can_expand"] for found in answer["result"]["result"])


@pytest.mark.parametrize(
    ("media_class", "kind"),
    [
        ("track", "track"),
        ("music", "track"),
        ("album", "album"),
        ("artist", "artist"),
        ("podcast", "show"),
        ("episode", "episode"),
    ],
)
async def test_only_what_is_asked_for_is_found(
    alva: MockConfigEntry, search: Search, spotify: SpotifySimulator, media_class: str, kind: str
) -> None:  # fmt: skip
    """By the classes of a filter, or by the type of media."""
    things: dict[str, Mapping[str, Any]] = {
        "track": spotify.world.catalogue.tracks,
        "album": spotify.world.catalogue.albums,
        "artist": spotify.world.catalogue.artists,
        "show": spotify.world.catalogue.shows,
        "episode": spotify.world.catalogue.episodes,
    }
    name = next(iter(things[kind].values())).name.split(" - ")[0]
    found = uris(await search(name, media_class))
    assert found
    assert {uri.split(":")[1] for uri in found} == {kind}
    if media_class in {"track", "album", "artist"}:
        typed = await search(name, media_content_type=media_class, media_content_id="")
        assert uris(typed) == found


async def test_what_a_player_cannot_play_is_looked_for_nowhere(
    played: Track, search: Search, spotify: SpotifySimulator
) -> None:
    """Films, or nothing at all."""
    spotify.requests.clear()
    assert uris(await search(played.name, "movie")) == []
    assert uris(await search("  ")) == []
    assert spotify.requests.count(endpoint="/v1/*") == 0


async def test_from_a_folder_everything_is_looked_for(
    played: Track, search: Search
) -> None:
    """Its type is ours and narrows nothing down."""
    answer = await search(played.name, media_content_type="encore", media_content_id="encore:")  # fmt: skip
    assert uris(answer)[0] == played.uri


async def test_the_history_answers_alone_while_spotify_is_out_of_reach(
    played: Track, search: Search, spotify: SpotifySimulator
) -> None:
    """And where it has nothing, the person learns why."""
    spotify.faults.add(Fault(FaultKind.RATE_LIMITED, retry_after=7200))
    found, reported = (await search(played.name))["result"]["result"]
    assert found["media_content_id"] == played.uri
    assert reported["title"].startswith("Some results are missing: ")
    answer = await search("Nothing of that name was ever heard")
    assert not answer["success"]
    assert "rate limit is reached until" in answer["error"]["message"]


async def test_spotify_answers_alone_while_the_history_cannot_be_read(
    hass: HomeAssistant, played: Track, search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was heard is then found in the catalogue."""

    async def lost(*_args: object, **_kwargs: object) -> None:
        raise HistoryError

    monkeypatch.setattr(hass.data[DATA_HISTORY], "async_ask", lost)
    assert played.uri in uris(await search(played.name, "track"))


async def test_home_assistants_own_voice_command_finds_and_plays(
    hass: HomeAssistant, played: Track, spotify: SpotifySimulator
) -> None:
    """Its intent to search and play picks up our player."""
    assert await async_setup_component(hass, "intent", {})
    response = await intent.async_handle(
        hass,
        "test",
        "HassMediaSearchAndPlay",
        {"search_query": {"value": played.name}, "media_class": {"value": "track"}},
    )
    assert response.response_type is intent.IntentResponseType.ACTION_DONE
    state = spotify.world.player("alva").state
    assert state is not None
    assert state.item.uri == played.uri
