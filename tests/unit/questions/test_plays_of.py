"""The plays of one thing: a track, an artist, an album."""

from typing import Any

import pytest

from custom_components.encore.history.history import History
from custom_components.encore.history.model import Kind
from custom_components.encore.questions.base.errors import UnknownThing

from .house import ask


def everything(history: History, **values: Any) -> list[dict[str, Any]]:
    """Return the plays of all time, newest first."""
    values = {"window": "all_time", "limit": 100, **values}
    plays: list[dict[str, Any]] = ask(history, "plays", **values).data["plays"]
    return plays


@pytest.mark.parametrize(
    ("thing", "of", "key"),
    [
        ("Ember", "track", lambda play: play["title"] == "Ember"),
        ("kite season", "artist", lambda play: "Kite Season" in play["artists"]),
        ("Northern", "album", lambda play: play["album"] == "Northern"),
        (
            "The Morning Post",
            "show",
            lambda play: "The Morning Post" in play["artists"],
        ),
        (
            "spotify:track:ember",
            None,
            lambda play: play["uri"] == "spotify:track:ember",
        ),
    ],
)
def test_plays_of_a_thing_are_those_among_all(
    history: History, thing: str, of: str | None, key: Any
) -> None:
    """What is named narrows the list down, and is told."""
    asked: dict[str, Any] = (
        {"thing": thing} if of is None else {"thing": thing, "type": of}
    )
    answer = ask(history, "plays", window="all_time", limit=100, **asked).data
    own = [play for play in everything(history) if key(play)]
    assert own
    assert answer["plays"] == own
    assert answer["total"]["play_count"] == len(own)
    assert answer["item"]["type"] == (of or "track")


def test_plays_of_a_thing_go_on_a_page_at_a_time(history: History) -> None:
    """Pages of one thing hold nothing else, and miss nothing."""
    whole = everything(history, thing="Ember", type="track")
    found: list[dict[str, Any]] = []
    before: dict[str, Any] = {}
    while True:
        answer = ask(
            history, "plays", window="all_time", thing="Ember", limit=2, **before
        ).data
        found += answer["plays"]
        if answer["next"] is None:
            break
        before = {"before": answer["next"]}
    assert found == whole
    assert len(found) > 2


def test_what_is_asked_about_one_thing_is_said_of_it(history: History) -> None:
    """The sentence counts that thing, not all that was played."""
    asked: dict[str, Any] = {"window": "all_time", "thing": "Ember", "type": "track"}
    said = ask(history, "plays", **asked).speech
    assert said == ask(history, "count", **asked).speech
    assert "Ember" in said


def test_a_thing_that_was_not_played_in_the_window_has_no_plays(
    history: History,
) -> None:
    """It is known by name all the same."""
    answer = ask(history, "plays", window="2020", thing="Ember", type="track")
    assert answer.data["plays"] == []
    assert answer.data["item"]["name"] == "Ember"
    assert "Ember" in answer.speech


def test_a_name_that_nothing_has_is_refused(history: History) -> None:
    """Nothing is not everything."""
    with pytest.raises(UnknownThing):
        ask(history, "plays", window="all_time", thing="Xyzzy Plugh Quux")


def test_everything_is_reported_without_a_thing(history: History) -> None:
    """An answer about all says nothing of one."""
    answer = ask(history, "plays", window="all_time").data
    assert "item" not in answer
    assert {Kind.TRACK.name.lower()} < {play["kind"] for play in everything(history)}
