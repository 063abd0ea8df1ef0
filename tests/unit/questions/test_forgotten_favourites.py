"""Forgotten favourites: what was loved, and what is forgotten."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from custom_components.encore.history.history import History

from .house import ALVA, BEN, EMBER, GLASS, RIVER, ask, heard, history_of

LOVED = [
    *(heard(ALVA, EMBER, f"2024-05-{day:02} 10:00") for day in range(1, 7)),
    *(heard(ALVA, GLASS, f"2024-05-{day:02} 11:00") for day in range(1, 5)),
    *(heard(ALVA, RIVER, f"2024-05-{day:02} 12:00") for day in range(1, 3)),
    heard(BEN, GLASS, "2026-07-01 11:00"),
]


def names(history: History, **values: Any) -> list[str]:
    """Return what is named."""
    data = ask(history, "forgotten_favourites", **values).data
    return [entry["name"] for entry in data["forgotten_favorites"]]


def test_what_was_played_of_late_is_not_forgotten(tmp_path: Path) -> None:
    """By whoever is asked about: what Ben hears again, Alva has still forgotten."""
    with history_of(tmp_path, LOVED) as history:
        assert names(history, at_least=2) == ["Ember", "River Light"]
        assert names(history, at_least=2, listener="me") == [
            "Ember",
            "Glass",
            "River Light",
        ]
        assert names(history, at_least=2, quiet_days=10) == [
            "Ember",
            "Glass",
            "River Light",
        ]
        assert names(history, at_least=4, listener="me") == ["Ember", "Glass"]
        assert names(history, at_least=7) == []


def test_the_window_is_when_it_was_loved(tmp_path: Path) -> None:
    """When it was last heard may lie after it."""
    with history_of(tmp_path, LOVED) as history:
        data = ask(
            history,
            "forgotten_favourites",
            end_time="2024-05-03",
            at_least=3,
            quiet_days=10,
        ).data
    assert [
        (entry["name"], entry["play_count"], entry["last_played"])
        for entry in data["forgotten_favorites"]
    ] == [
        ("Ember", 3, "2024-05-06T10:00:00+02:00"),
        ("Glass", 3, "2026-07-01T11:00:00+02:00"),
    ]


def test_another_release_of_a_song_is_the_song(tmp_path: Path) -> None:
    """Its plays count together, and one of late is a play of the song."""
    again = replace(EMBER, uri="spotify:track:again", title="Ember - 2019 Remaster")
    past = [
        *LOVED[:6],
        heard(ALVA, again, "2024-06-01 10:00"),
        *LOVED[10:12],
        heard(ALVA, replace(RIVER, uri="spotify:track:other"), "2026-07-01 10:00"),
    ]
    with history_of(tmp_path, past) as history:
        data = ask(history, "forgotten_favourites", at_least=2).data
    assert data["favorite_count"] == 2
    (ember,) = data["forgotten_favorites"]
    assert (ember["name"], ember["uri"], ember["play_count"]) == ("Ember", EMBER.uri, 7)
    assert ember["last_played"] == "2024-06-01T10:00:00+02:00"


def test_songs_that_turn_out_to_be_one_are_followed(tmp_path: Path) -> None:
    """Also where both were counted apart before."""
    one = replace(EMBER, title="Ember One", isrc=None)
    other = replace(EMBER, uri="spotify:track:two", title="Ember Two", isrc=None)
    past = [
        heard(ALVA, one, "2024-05-01 10:00"),
        heard(ALVA, other, "2024-05-02 10:00"),
    ]
    with history_of(tmp_path, past) as history:
        assert names(history, at_least=2) == []
        same = "NLA502400017"
        history.append(
            [
                heard(ALVA, replace(one, isrc=same), "2024-05-03 10:00"),
                heard(ALVA, replace(other, isrc=same), "2024-05-04 10:00"),
            ]
        ).result()
        data = ask(history, "forgotten_favourites", at_least=4).data
    assert [entry["play_count"] for entry in data["forgotten_favorites"]] == [4]
