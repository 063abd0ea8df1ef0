"""Sentences mean what they mean, in each language, and what is nobody's is handed on."""

from typing import Any, Final

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.encore.language.reader.model import FOLDER, model_of
from custom_components.encore.language.reader.reading import reader_of
from custom_components.encore.language.reader.weighing import ranked_meanings
from custom_components.encore.language.understood import AskBack, Names, Understood

from .test_normalization import NAMES

LANGUAGES: Final = ("en", "de", "nl", "fr", "es")
THINGS: Final = frozenset(
    {"ember", "kite season", "river light", "golden lanterns", "bedtime stories"}
)
AGAIN: Final = frozenset({"noch einmal", "nog een keer"})
"""Songs that are called as people speak."""
MOST_KIB: Final = 640


def _read(
    text: str, language: str, previous: Understood | None = None
) -> Understood | AskBack | None:
    reader = reader_of(language)
    assert reader is not None
    found = reader.read(text, NAMES, previous, lambda name: name.casefold() in THINGS)
    return found.decided


@pytest.mark.parametrize(
    ("language", "text", "question", "values"),
    [
        (
            "en",
            "so um hey what did we hear in the kitchen on saturday night",
            "plays",
            {"listener": "everyone", "room": "Kitchen", "window": "saturday_night"},
        ),
        (
            "en",
            "how often did i hear river light this year",
            "count",
            {"listener": "me", "thing": "river light", "window": "this_year"},
        ),
        (
            "de",
            "wie oft hab ich dieses jahr kite season gehört",
            "count",
            {"listener": "me", "thing": "kite season", "window": "this_year"},
        ),
        (
            "de",
            "was lief gestern um halb neun in der küche",
            "playing_at",
            {"room": "Küche", "moment": "yesterday 8:30 ?"},
        ),
        (
            "nl",
            "wat hebben we gisteren in de keuken geluisterd",
            "plays",
            {"listener": "everyone", "room": "Keuken", "window": "yesterday"},
        ),
        (
            "fr",
            "combien de fois j'ai écouté ember cette année",
            "count",
            {"listener": "me", "thing": "ember", "window": "this_year"},
        ),
        (
            "es",
            "pásame los últimos veinte temas que puse",
            "plays",
            {"listener": "me", "limit": 20},
        ),
        (
            "es",
            "busca algo con medianoche en mi historial de escucha",
            "search",
            {"listener": "me", "text": "medianoche"},
        ),
        (
            "es",
            "qué escuchamos ayer por la noche en la cocina",
            "plays",
            {"listener": "everyone", "room": "Cocina", "window": "last_night"},
        ),
    ],
)
def test_a_sentence_is_read(
    language: str, text: str, question: str, values: dict[str, Any]
) -> None:
    """The question and its values, with the names as they were said."""
    assert _read(text, language) == Understood(question, values)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "turn on the kitchen lights"),
        ("en", "when did i last hear from mum"),
        ("en", "how often did we play football"),
        ("en", "what did we have for dinner last night"),
        ("de", "mach das licht in der küche an"),
        ("de", "was haben wir gestern gegessen"),
        ("nl", "doe de lampen in de keuken uit"),
        ("fr", "allume la lumière de la cuisine"),
        ("es", "enciende la luz de la cocina"),
    ],
)
def test_what_is_nobodys_is_handed_on(language: str, text: str) -> None:
    """Ordinary talk, however much it sounds like a question of ours."""
    assert _read(text, language) is None


@pytest.mark.parametrize(
    ("language", "text", "previous", "question", "values"),
    [
        (
            "en",
            "and last week",
            Understood("plays", {"listener": "me", "window": "this_week"}),
            "plays",
            {"listener": "me", "window": "last_week"},
        ),
        (
            "en",
            "what about eight thirty",
            Understood("playing_at", {"moment": "last_night 8:00 ?"}),
            "playing_at",
            {"moment": "last_night 8:30 ?"},
        ),
        (
            "en",
            "and golden lanterns",
            Understood("count", {"listener": "me", "thing": "ember"}),
            "count",
            {"listener": "me", "thing": "golden lanterns"},
        ),
        (
            "en",
            "play that in the kitchen",
            Understood("top", {"listener": "me", "limit": 5}),
            "play_it",
            {
                "question": "top",
                "asked": {"listener": "me", "limit": 5},
                "room": "Kitchen",
            },
        ),
        (
            "de",
            "und letzte woche",
            Understood("plays", {"listener": "me", "window": "this_week"}),
            "plays",
            {"listener": "me", "window": "last_week"},
        ),
        (
            "nl",
            "en vorige week",
            Understood("plays", {"listener": "me", "window": "this_week"}),
            "plays",
            {"listener": "me", "window": "last_week"},
        ),
        (
            "fr",
            "et la semaine dernière",
            Understood("plays", {"listener": "me", "window": "this_week"}),
            "plays",
            {"listener": "me", "window": "last_week"},
        ),
        (
            "es",
            "y la semana pasada",
            Understood("plays", {"listener": "me", "window": "this_week"}),
            "plays",
            {"listener": "me", "window": "last_week"},
        ),
    ],
)
def test_what_follows_goes_on(
    language: str,
    text: str,
    previous: Understood,
    question: str,
    values: dict[str, Any],
) -> None:
    """The question before, with what is said now in its place."""
    assert _read(text, language, previous) == Understood(question, values)


@pytest.mark.parametrize("text", ["and last week", "play that in the kitchen"])
def test_nothing_follows_nothing(text: str) -> None:
    """What only goes on is nobody's where nothing was asked before."""
    assert _read(text, "en") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "?!",
        "x" * 10_000,
        "what did i hear " * 700,
        "'; DROP TABLE plays; --",
        "<script>alert(1)</script>",
        "{{ states('light.kitchen') }} {% for x in y %}",
        "什么歌在播放",
        "какая песня играет",
        "ما هذه الأغنية",
        "\x00\ud800 what",
        "👍👍👍 play 👍",
        "<who0> <when> <thing> <room1>",
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_bad_input_is_no_error(language: str, text: str) -> None:
    """Nonsense is read or handed on, like anything else."""
    _read(text, language)
    _read(text, language, Understood("plays", {"window": "today"}))


@settings(max_examples=100, deadline=None)
@given(
    st.one_of(
        st.text(max_size=400),
        st.lists(
            st.sampled_from(
                [
                    "what",
                    "did",
                    "play",
                    "hear",
                    "i",
                    "we",
                    "last",
                    "night",
                    "at",
                    "8",
                    "half",
                    "past",
                    "ember",
                    "kitchen",
                    "ben",
                    "no",
                    "wait",
                    "and",
                    "<when>",
                    "'s",
                    "the",
                    "of",
                    "between",
                ]
            ),
            max_size=40,
        ).map(" ".join),
    )
)
def test_whatever_is_said_is_no_error(text: str) -> None:
    """Any text, and any order of words that mean something."""
    _read(text, "en")
    _read(text, "en", Understood("playing_at", {"moment": "last_night 8:00 ?"}))


def test_a_language_that_was_not_learned_is_handed_on() -> None:
    """Nothing was learned of it."""
    assert reader_of("xx") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_weights_are_small(language: str) -> None:
    """They are read on small machines."""
    assert (FOLDER / f"{language}.npz").stat().st_size <= MOST_KIB * 1024
    assert model_of(language) is not None


def test_another_day_keeps_the_hour_that_was_spoken_of() -> None:
    """What was playing at nine on Saturday, and on Friday, is at nine, too."""
    reader = reader_of("en")
    assert reader is not None
    before = Understood("playing_at", {"moment": "saturday 9:00 pm"})
    assert reader.read("and on friday", Names(), before).decided == Understood(
        "playing_at", {"moment": "friday 9:00 pm"}
    )


@pytest.mark.parametrize(
    ("language", "text", "question", "values"),
    [
        ("de", "was läuft hier gerade", "playing_at", {"room": "here"}),
        ("de", "was hören wir hier gerade", "playing_at", {"listener": "everyone"}),
        ("nl", "wat staat er hier op", "playing_at", {"room": "here"}),
        ("de", "merk dir die nächste stunde nicht was ich höre", "pause", {"duration": "1_hours"}),
        ("de", "das lied von eben noch einmal", "play_again", {}),
        ("nl", "alsjeblieft die nog een keer", "play_again", {}),
    ],
)  # fmt: skip
def test_what_is_said_of_here_and_again(
    language: str, text: str, question: str, values: dict[str, Any]
) -> None:
    """Here alone is a room unless people are there, and once more is no name."""
    reader = reader_of(language)
    assert reader is not None
    reading = reader.reading(text, NAMES, lambda name: name.casefold() in AGAIN)
    (meaning, _), *_ = ranked_meanings(reading)
    meant = reader.understood(meaning, reading, None)
    assert meant is not None
    assert meant.question == question
    said = {name: each for name, each in meant.values.items() if name != "moment"}
    assert said == values


@pytest.mark.parametrize(
    ("language", "meaning", "text", "values"),
    [
        ("en", "count", "how often did i hear ember by kite season", {"listener": "me", "thing": "ember by kite season"}),
        ("de", "count", "ember von kite season wie oft hab ich das gehört", {"listener": "me", "thing": "ember von kite season"}),
        ("fr", "count", "combien de fois j'ai écouté ember de kite season", {"listener": "me", "thing": "ember de kite season"}),
        ("en", "leave_out", "leave bedtime stories out of my history", {"thing": "bedtime stories"}),
        ("en", "on_this_day", "on this day", {}),
        ("fr", "on_this_day", "souvenirs musicaux de ce jour", {}),
        ("en", "streaks", "longest streak of mine in 2025", {"listener": "me", "window": "2025"}),
        ("en", "resume", "record the kitchen and the küche again", {"room": ("Kitchen", "Küche")}),
        ("en", "plays", "what did alva play in the kitchen yesterday i mean ben", {"listener": "Ben", "room": "Kitchen", "window": "yesterday"}),
        ("en", "play_it/plays", "send what was on in the kitchen yesterday to the küche", {"room": "Küche", "question": "plays", "asked": {"room": "Kitchen", "window": "yesterday"}}),
        ("en", "repeat_rate", "do the kids play the same song over and over", {"listener": "kids"}),
        ("en", "heatmap", "mornings or evenings when does ben listen more", {"listener": "Ben", "step": "part_of_day"}),
        ("en", "sessions", "listening sessions by room", {"per": "room"}),
        ("en", "plays", "hit me with the last forty songs", {"limit": 40}),
        ("en", "plays", "what did all three of us hear on friday", {"listener": "everyone", "window": "friday"}),
        ("en", "make_playlist/plays", "i want last night's music as a playlist named dinner with friends", {"question": "plays", "asked": {"window": "last_night"}, "name": "dinner with friends"}),
        ("en", "forgotten_favourites", "which singers do we never hear these days", {"listener": "everyone", "of": "artists"}),
    ],
)  # fmt: skip
def test_what_a_question_is_about(
    language: str, meaning: str, text: str, values: dict[str, Any]
) -> None:
    """A title takes its artist with it, a name is no kind, a correction changes one value, what nobody said is left out, and what sounded in one room may be played in another."""
    reader = reader_of(language)
    assert reader is not None
    reading = reader.reading(text, NAMES, lambda name: name.casefold() in THINGS)
    key = meaning.partition("/")[0]
    assert reader.understood(meaning, reading, None) == Understood(key, values)
