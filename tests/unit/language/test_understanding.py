"""The grammar reads what it has the very words of, the reader what it is sure of, and what is nobody's is handed on."""

import pytest

from custom_components.encore.language.grammar import understand_exactly
from custom_components.encore.language.reader.reading import reader_of
from custom_components.encore.language.understanding import (
    guessed,
    prepare,
    understood_surely,
)
from custom_components.encore.language.understood import Understood

from .test_normalization import NAMES
from .test_reading import THINGS


def _is_name(text: str) -> bool:
    return text.casefold() in THINGS


@pytest.mark.parametrize("language", ["en", "de", "nl", "fr", "es"])
def test_a_language_is_prepared(language: str) -> None:
    """Before anybody speaks it."""
    prepare(language)


def test_the_grammar_guesses_no_names() -> None:
    """Neither listeners nor rooms: what it cannot place is left to the reader."""
    assert understand_exactly("what did ben listen to yesterday", "en", NAMES)
    assert understand_exactly("what did i uh listen to yesterday", "en", NAMES) is None


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("en", "my last five songs", {"limit": 5, "listener": "me"}),
        ("en", "what hour do i listen the most", {"step": "hour", "listener": "me"}),
    ],
)
def test_what_the_grammar_skips_counts_too(
    language: str, text: str, values: dict[str, object]
) -> None:
    """Where the reader finds the same question, with more that was said."""
    exact = understand_exactly(text, language, NAMES)
    found = understood_surely(text, language, NAMES, None, _is_name)
    assert exact and exact.values.items() < values.items()
    assert found == Understood(exact.question, values)


def test_what_was_never_played_is_no_name_to_be_sure_of() -> None:
    """Golf is played by other means, however well a sentence fits."""
    text = "how often did we play golf this year"
    assert understood_surely(text, "en", NAMES, None, _is_name) is None


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "when did i first hear nightfall", "nightfall"),
        ("fr", "quand est-ce que j'ai écouté Brumelune pour la première fois", "Brumelune"),
        ("es", "cuándo escuché Lunanegra por primera vez", "Lunanegra"),
        ("nl", "wanneer heb ik Maanlicht voor het eerst gehoord", "Maanlicht"),
    ],
)  # fmt: skip
def test_a_question_about_a_title_that_was_never_played_is_understood(
    language: str, text: str, name: str
) -> None:
    """Whoever asks hears that it was not."""
    for before in (None, Understood("plays", {"window": "yesterday"})):
        assert understood_surely(text, language, NAMES, before, _is_name) == Understood(
            "when_heard", {"which": "first", "thing": name, "listener": "me"}
        )


@pytest.mark.parametrize(
    "text",
    [
        "when did i last hear from mum",
        "when did i last hear a noise in the cellar",
        "how often did we hear the baby last night",
        "when did i last play tennis",
    ],
)
def test_what_else_is_heard_and_played_is_no_title(text: str) -> None:
    """It is an ordinary word, or an article is before it."""
    assert understood_surely(text, "en", NAMES, None, _is_name) is None


def test_a_sentence_that_is_likely_ours_is_guessed_at() -> None:
    """One that a closed beginning caught names somebody who is not known, and hears that; what is likelier somebody else's does not."""
    text = "what did bob listen to yesterday"
    assert guessed(text, "en", NAMES, None, _is_name) == Understood(
        "plays", {"listener": "bob", "window": "yesterday"}
    )
    assert guessed("how often do we play golf", "en", NAMES, None, _is_name) is None


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("zoek zaterdag in mijn luistergeschiedenis", {"text": "zaterdag", "listener": "me"}),
        ("zoek een nummer met zee in de titel in mijn luistergeschiedenis", {"text": "zee", "type": "track", "listener": "me"}),
    ],
)  # fmt: skip
def test_what_is_looked_for_may_look_like_a_time(
    text: str, values: dict[str, object]
) -> None:
    """And what has it in its title is of the type that is named."""
    reader = reader_of("nl")
    assert reader is not None
    reading = reader.reading(text, NAMES, _is_name)
    assert reader.understood("search", reading, None) == Understood("search", values)


def test_what_has_a_name_is_left_out() -> None:
    """And not what is playing."""
    reader = reader_of("nl")
    assert reader is not None
    reading = reader.reading("ember niet meetellen", NAMES, _is_name)
    assert reader.understood("leave_out", reading, None) == Understood(
        "leave_out", {"thing": "ember"}
    )


@pytest.mark.parametrize(
    ("language", "text", "room"),
    [
        ("nl", "zet op wat er om acht uur in de keuken speelde", "heard_in"),
        ("de", "mach das an was um acht in der küche lief", "heard_in"),
        ("nl", "zet wat er om acht uur speelde op in de keuken", "room"),
    ],
)
def test_where_something_sounded_is_said_before_the_verb(
    language: str, text: str, room: str
) -> None:
    """Where it shall be played stands elsewhere."""
    reader = reader_of(language)
    assert reader is not None
    reading = reader.reading(text, NAMES, _is_name)
    meant = reader.understood("play_again", reading, None)
    assert meant is not None
    assert meant.values.keys() & {"room", "heard_in"} == {room}


def test_what_we_played_is_left_out_of_the_askers_own_history() -> None:
    """Whoever else listened keeps theirs."""
    reader = reader_of("en")
    assert reader is not None
    reading = reader.reading(
        "leave out what we listened to last night", NAMES, _is_name
    )
    assert reader.understood("leave_out", reading, None) == Understood(
        "leave_out", {"window": "last_night"}
    )
