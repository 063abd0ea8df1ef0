"""Names are read as words that people find again, however they type them."""

import pytest

from custom_components.encore.history.search.normalization import words_of


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("River Light", "river light"),
        ("  The\tHarbours ", "the harbours"),
        ("Motörhead", "motorhead"),
        ("Sigur Rós – Ágætis byrjun", "sigur ros agaetis byrjun"),
        ("MØ & Łona", "mo lona"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("Don't Stop (feat. X)", "dont stop feat x"),
        ("Don’t Stop", "dont stop"),
        ("Ｆｕｌｌ ｗｉｄｔｈ", "full width"),
        ("방탄소년단", "방탄소년단"),
        ("がんばれ", "がんばれ"),
        ("हिंदी गीत", "हिंदी गीत"),
    ],
)
def test_case_accents_and_punctuation_do_not_matter(name: str, words: str) -> None:
    """And letters that Unicode takes for their own, but people type without, are plain."""
    assert words_of(name) == [(word,) for word in words.split()]


@pytest.mark.parametrize(
    ("name", "parts"),
    [("AC/DC", ("ac", "dc")), ("R.E.M.", ("r", "e", "m")), ("P!nk", ("p", "nk"))],
)
def test_punctuation_within_a_word_parts_it(name: str, parts: tuple[str, ...]) -> None:
    """But it stays one word, so that it is found as one too."""
    assert words_of(name) == [parts]


@pytest.mark.parametrize("name", ["!!!", "÷", "+ -"])
def test_a_name_of_signs_alone_is_read_as_it_is(name: str) -> None:
    """There are such albums and bands."""
    assert words_of(name) == [(word,) for word in name.split()]


def test_a_blank_name_has_no_words() -> None:
    """Nothing can be found by it."""
    assert words_of(" \n") == words_of("") == []
