"""Every field that Encore's gateway reads is there and of its type: the description requires next to none of them."""

from typing import Any

import pytest

from simulator.spotify import SpotifySimulator

from .conftest import Caller

NONE = type(None)


def at(answer: Any, path: str) -> list[Any]:
    """Return the values at a path such as `items[].track.name`; a missing one fails the test."""
    values = [answer]
    for step in path.split("."):
        name = step.removesuffix("[]")
        for value in values:
            assert name in value, f"{path}: no {name} in {sorted(value)}"
        values = [value[name] for value in values]
        if step != name:
            assert all(isinstance(value, list) and value for value in values), path
            values = [one for value in values for one in value]
    return values


def hold(answer: Any, fields: dict[str, type | tuple[type, ...]]) -> None:
    """Assert presence and exact type of each field; a bool is no int here."""
    for path, wanted in fields.items():
        kinds = wanted if isinstance(wanted, tuple) else (wanted,)
        for value in at(answer, path):
            assert type(value) in kinds, f"{path} is {value!r}"


DEVICE: dict[str, type | tuple[type, ...]] = {
    "id": str,
    "name": str,
    "type": str,
    "is_active": bool,
    "is_restricted": bool,
    "is_private_session": bool,
    "supports_volume": bool,
    "volume_percent": int,
}
TRACK: dict[str, type | tuple[type, ...]] = {
    "uri": str,
    "name": str,
    "type": str,
    "duration_ms": int,
    "is_local": bool,
    "artists[].name": str,
    "album.name": str,
    "album.images[].url": str,
    "external_ids.isrc": str,
}
EPISODE: dict[str, type | tuple[type, ...]] = {
    "uri": str,
    "name": str,
    "type": str,
    "duration_ms": int,
    "images[].url": str,
    "show.name": str,
    "show.images[].url": str,
}
PLAYER: dict[str, type | tuple[type, ...]] = {
    "is_playing": bool,
    "progress_ms": int,
    "timestamp": int,
    "shuffle_state": bool,
    "repeat_state": str,
    "currently_playing_type": str,
    "actions.disallows": dict,
}


def below(
    prefix: str, fields: dict[str, type | tuple[type, ...]]
) -> dict[str, type | tuple[type, ...]]:
    """Return the same fields below another."""
    return {f"{prefix}.{path}": kind for path, kind in fields.items()}


async def test_the_player_with_a_track(alva: Caller, spotify: SpotifySimulator) -> None:
    """All that a media player shows of a track in a context."""
    album = next(iter(spotify.world.catalogue.albums.values()))
    spotify.world.player("alva").play(context_uri=album.uri)
    answer = await alva.call("GET", "/me/player", {"additional_types": "track,episode"})
    hold(
        answer,
        {
            **PLAYER,
            **below("item", TRACK),
            **below("device", DEVICE),
            "context.uri": str,
            "context.type": str,
        },
    )
    assert answer["currently_playing_type"] == answer["item"]["type"] == "track"


async def test_the_player_with_an_episode(
    alva: Caller, spotify: SpotifySimulator
) -> None:
    """All that a media player shows of an episode that plays for itself."""
    episode = next(iter(spotify.world.catalogue.episodes.values()))
    spotify.world.player("alva").play(uris=[episode.uri])
    answer = await alva.call("GET", "/me/player", {"additional_types": "track,episode"})
    hold(answer, {**PLAYER, **below("item", EPISODE), "context": NONE})
    assert answer["currently_playing_type"] == answer["item"]["type"] == "episode"


async def test_the_devices(alva: Caller) -> None:
    """All of them can be addressed, also those that may not be controlled."""
    answer = await alva.call("GET", "/me/player/devices")
    hold(answer, below("devices[]", DEVICE))
    assert {one["is_restricted"] for one in answer["devices"]} == {True, False}


async def test_recently_played(alva: Caller) -> None:
    """Tracks, when they ended, from where, and the cursors to go on by."""
    answer = await alva.call("GET", "/me/player/recently-played", {"limit": 50})
    hold(
        answer,
        {
            **below("items[].track", TRACK),
            "items[].played_at": str,
            "items[].context": (dict, NONE),
            "cursors.after": str,
            "cursors.before": str,
            "next": (str, NONE),
            "limit": int,
        },
    )
    assert {one["track"]["type"] for one in answer["items"]} == {"track"}
    contexts = [one["context"] for one in answer["items"] if one["context"]]
    hold({"contexts": contexts}, {"contexts[].uri": str, "contexts[].type": str})
    moments = [one["played_at"] for one in answer["items"]]
    assert all(moment.endswith("Z") and len(moment) == 24 for moment in moments)


@pytest.mark.parametrize("person", ["alva", "ben", "cleo"])
async def test_the_profile(alva: Caller, person: str) -> None:
    """Who it is, for good: and nothing of what went in 2026."""
    answer = await alva.as_person(person).call("GET", "/me")
    hold(answer, {"id": str, "account_id": str, "display_name": str, "uri": str})
    assert answer["account_id"] != answer["id"]
    assert not {"country", "email", "product", "followers"} & answer.keys()
