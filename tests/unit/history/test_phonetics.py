"""Words that sound the same are found to, however they are spelt, and others are not."""

from hypothesis import given, strategies as st
import pytest

from custom_components.encore.history.search.phonetics import coarse, sounds_of
from custom_components.encore.history.search.spoken_words import spoken

WORDS = st.text("abcdefghijklmnopqrstuvwxyz", max_size=12)
ANYTHING = st.text(max_size=12).filter(lambda text: "\n" not in text)


def sound(word: str) -> str:
    """Return how a word sounds."""
    [found] = sounds_of([word])
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("night", "nite"),
        ("vale", "veil"),
        ("keys", "quays"),
        ("phish", "fish"),
        ("korn", "corn"),
        ("bizkit", "biscuit"),
        ("gorillaz", "gorillas"),
        ("leppard", "leopard"),
        ("cyndi", "cindy"),
        ("tiers", "tears"),
        ("knife", "nife"),
        ("psy", "sigh"),
        ("whitney", "witney"),
        ("pharrell", "farrell"),
        ("sufjan", "sufyan"),
        ("royksopp", "roiksop"),
        ("beatles", "beetles"),
        ("outkast", "outcast"),
        ("lights", "lites"),
        ("khaled", "kaled"),
        ("boys", "boyz"),
        ("wright", "right"),
        ("race", "rase"),
        ("dvorak", "dvorac"),
    ],
)
def test_what_is_spelt_otherwise_sounds_the_same(one: str, other: str) -> None:
    """Names as bands spell them, and words as speech recognition does."""
    assert sound(one) == sound(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kashmir", "cashmere"),
        ("grimes", "crimes"),
        ("ludacris", "ludicrous"),
        ("iver", "ivor"),
        ("straits", "straights"),
        ("dakiti", "daquiti"),
        ("rihanna", "rianna"),
        ("bjork", "beyork"),
    ],
)
def test_what_is_misheard_first_is_not_in_a_coarse_sound(one: str, other: str) -> None:
    """Which vowel it is, whether a consonant is voiced, an h and a y."""
    assert coarse(sound(one)) == coarse(sound(other)) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("vale", "fell"),
        ("full", "fool"),
        ("credo", "karate"),
        ("night", "knit"),
        ("glass", "class"),
        ("train", "rain"),
        ("cave", "cage"),
        ("light", "late"),
    ],
)
def test_other_words_sound_otherwise(one: str, other: str) -> None:
    """They are not taken for each other as the same."""
    assert sound(one) != sound(other)


@pytest.mark.parametrize("word", ["", "방탄", "кино", "u2", "99", "naïve", "a-b"])
def test_what_is_not_of_latin_letters_has_no_sound(word: str) -> None:
    """Numbers and accents are taken care of before."""
    assert sound(word) == ""


@given(st.lists(ANYTHING | WORDS))
def test_words_sound_the_same_among_others(words: list[str]) -> None:
    """Each as by itself, and none is lost."""
    assert sounds_of(words) == ([sound(word) for word in words] or [""])


@given(WORDS)
def test_every_letter_is_read(word: str) -> None:
    """No letter is left over, and what has a sound has a coarse one made of it."""
    assert not set(sound(word)) & set("abcdefghijklmnopqrstuvwxyz")
    assert len(coarse(sound(word))) <= len(sound(word))


@pytest.mark.parametrize(
    ("word", "phrases"),
    [
        ("river", {"river"}),
        ("u2", {"you two"}),
        ("ub40", {"you bee forty"}),
        ("sk8er", {"sk eight er"}),
        ("deadmau5", {"deadmaus"}),
        ("u", {"you"}),
        ("iv", {"four"}),
        ("xx", {"ex ex"}),
        ("7", {"seven", "sieben", "zeven", "sept", "siete"}),
        ("41", {"forty one", "einundvierzig", "quarante et un"}),
        ("182", {"one hundred eighty two", "one eighty two", "one eight two"}),
        ("1975", {"nineteen seventy five"}),
        ("and", {"and", "an"}),
    ],
)
def test_what_letters_do_not_tell_is_said(word: str, phrases: set[str]) -> None:
    """Numbers also in the other languages that Encore answers in, and letters one by one."""
    assert phrases <= set(spoken(word))


@pytest.mark.parametrize("word", ["방탄", "12345", "a1234567", "²", "é", "+", ""])
def test_what_nobody_says_has_no_words(word: str) -> None:
    """It is found as it is written alone."""
    assert all(phrase.isascii() for phrase in spoken(word))
    assert not any(character.isdigit() for character in "".join(spoken("12345")))


@given(ANYTHING)
def test_whatever_is_said_is_words(word: str) -> None:
    """Of small letters and spaces, with a sound or without."""
    assert all(
        set(phrase) <= set("abcdefghijklmnopqrstuvwxyz ")
        for phrase in spoken(word.lower())
    )
