"""What people read: no English words of Encore's own, and in the panel's other languages nothing left in English."""

import re
from typing import Final

import pytest

from script.untranslated import PANEL, read_texts
from script.visible_texts import visible_texts

FORBIDDEN: Final = re.compile(
    r"\b(told|tells|heard|the (whole )?house|windows?|whoever|so many|anew|of late)\b",
    re.IGNORECASE,
)
GAP: Final = re.compile(r"\{\w+\}")
"""What is filled in; its name is not read."""
EXCEPTIONS: Final[dict[str, str]] = {}
"""By key, why a text may have such a word."""
TEXTS: Final = dict(visible_texts())


def test_the_list_has_every_part() -> None:
    """Home Assistant's texts, the panel's, the answers and the results of commands, each with all there is to fill in."""
    texts = dict(visible_texts())
    assert texts["entity.switch.recording.name"] == "Recording"
    assert texts["panel.history.the_beginning"] == "Start of your history"
    assert " minute " in texts["answers.duration"]
    assert {key.partition(".")[0] for key in texts} >= {
        "answers",
        "config",
        "exceptions",
        "issues",
        "options",
        "panel",
        "results",
        "services",
    }
    assert len(texts) > 2500


def test_no_text_has_words_of_our_own() -> None:
    """What is excepted has such a word, and a reason."""
    found = {key for key, text in TEXTS.items() if FORBIDDEN.search(GAP.sub("", text))}
    assert found == set(EXCEPTIONS)
    assert all(EXCEPTIONS.values())


@pytest.mark.parametrize("word", ["Told", "so many", "the whole house", "windows"])
def test_the_words_are_found(word: str) -> None:
    """Also with a capital letter, and of several words."""
    assert FORBIDDEN.search(f"{word} of it")
    assert not FORBIDDEN.search("A household, untold")


NAMES: Final = {"Encore", "HTTP", "MB", "PostgreSQL", "Sonos", "Spotify", "ms"}
"""What is called so everywhere."""
SAID_ALIKE: Final[dict[str, set[str]]] = {
    "de": {
        *("Administrator", "Album", "Backups", "Details", "Export", "Highlights"),
        *("Import", "Intent", "Line-in", "Live", "Name", "Playlist", "Playlists"),
        *("Podcast", "Podcasts", "Problem", "Radio", "TV", "offline"),
    },
    "es": {"Playlist", "Playlists", "Radio", "TV", "Total", "control"},
    "fr": {
        *("Action", "Album", "Albums", "Interface", "Minutes", "Pages", "Pause"),
        *("Playlist", "Playlists", "Podcast", "Podcasts", "Questions", "Radio"),
        *("Sections", "Sources", "Top albums", "Top podcasts", "Total", "Type"),
        # Of these, what is counted is chosen from two forms.
        *("{count|session|sessions}", "{count|source|sources}"),
    },
    "nl": {
        *("Accounts", "Album", "Albums", "Database", "Details", "Export", "Filters"),
        *("Import", "Imports", "Intent", "Interface", "Interval", "Line-in", "Live"),
        *("Metadata", "Model", "Open in Spotify", "Playlist", "Playlists", "Podcast"),
        *("Podcasts", "Radio", "Speakers", "Stop", "Week", "offline", "shuffle"),
    },
}
"""The words of a language that it shares with English."""


@pytest.mark.parametrize("language", SAID_ALIKE)
def test_the_panel_says_it_in_its_own_words(language: str) -> None:
    """A text that is the English one was forgotten, unless the words are the same or there are none in it."""
    alike = {each.casefold() for each in SAID_ALIKE[language] | NAMES}
    left = {
        f"{path.stem}.{key}": text
        for path in (PANEL / language).glob("*.json")
        for key, text in read_texts(path).items()
        if text == read_texts(PANEL / "en" / path.name).get(key)
        and re.search(r"\w", words := GAP.sub("", text).strip(" ,"))
        and words.casefold() not in alike
    }
    assert left == {}


def test_every_language_of_the_panel_is_held() -> None:
    """None is left out of the list above."""
    assert set(SAID_ALIKE) == {path.name for path in PANEL.iterdir()} - {"en"}
