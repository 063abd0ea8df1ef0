"""What speech recognition hands over is normalized: numbers, contractions, fillers, repetitions, corrections."""

import pytest

from custom_components.encore.language.reader.masking import masker_of
from custom_components.encore.language.reader.spoken_numbers import with_numbers
from custom_components.encore.language.reader.tokens import joined, tokens_of
from custom_components.encore.language.understood import Names

NAMES = Names(
    listeners=(("Alva", "Alva"), ("Ben", "Ben"), ("the kids", "kids")),
    rooms=(
        ("kitchen", "Kitchen"),
        ("Küche", "Küche"),
        ("keuken", "Keuken"),
        ("cuisine", "Cuisine"),
        ("cocina", "Cocina"),
    ),
)


@pytest.mark.parametrize(
    ("language", "said", "written"),
    [
        ("en", "nineteen ninety nine", "1999"),
        ("en", "twenty twenty four", "2024"),
        ("en", "two thousand and nineteen", "2019"),
        ("en", "top fifty songs", "top 50 songs"),
        ("de", "neunzehnhundertneunundneunzig", "1999"),
        ("de", "zweitausendvierundzwanzig", "2024"),
        ("nl", "negentienhonderdnegenennegentig", "1999"),
        ("nl", "tweeduizend negentien", "2019"),
        ("fr", "mille neuf cent quatre-vingt-dix-neuf", "1999"),
        ("fr", "deux mille vingt-quatre", "2024"),
        ("es", "mil novecientos noventa y nueve", "1999"),
        ("es", "dos mil veinticuatro", "2024"),
    ],
)
def test_numbers_in_words_are_numbers(language: str, said: str, written: str) -> None:
    """Years are said in pairs, in hundreds, or in one."""
    assert joined(with_numbers(tokens_of(said, {}), language)) == written


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("What's on?", "what 's on"),
        ("what’s Ben's", "what 's ben 's"),
        ("qu'est-ce qu'on a écouté", "qu' est ce qu' on a ecoute"),
        ("at 9.15 on the 3rd", "at 9:15 on the 3"),
        ("8pm", "8 pm"),
        ("'s avonds", "'s avonds"),
        ("Ke$ha & Ludacris!", "ke ha & ludacris"),
        ("", ""),
    ],
)
def test_words_are_distinguished(text: str, words: str) -> None:
    """Case, accents and punctuation don't matter; contractions are words of their own."""
    assert joined(tokens_of(text, {})) == words


@pytest.mark.parametrize(
    ("language", "text", "masked"),
    [
        (
            "en",
            "um so hey can you uh tell me what what did we hear last night please",
            "what did we hear <when>",
        ),
        ("en", "what did i did i play in the um kitchen", "what did i play <room>"),
        (
            "de",
            "äh also sag mal was hab ich gestern abend gehört",
            "was hab ich <when> gehort",
        ),
        (
            "nl",
            "eh zeg eens wat heb ik gisteren geluisterd",
            "wat heb ik <when> geluisterd",
        ),
        ("fr", "euh dis-moi on a écouté quoi hier soir", "on a ecoute quoi <when>"),
        ("es", "oye eh dime qué escuché ayer", "que escuche <when>"),
    ],
)
def test_fillers_are_left_out(language: str, text: str, masked: str) -> None:
    """In any number, before and within a sentence, and so is what was said twice."""
    assert joined(masker_of(language).masked(text, NAMES).tokens) == masked


@pytest.mark.parametrize(
    ("language", "text", "window"),
    [
        ("en", "what did we play on friday no wait on saturday", "saturday"),
        ("en", "what did we hear last week i mean last month", "last_month"),
        ("en", "it wasn't saturday it was sunday what did we hear", "sunday"),
        ("de", "was lief nicht am freitag sondern am samstag", "saturday"),
        ("nl", "wat hoorden we niet vrijdag maar zaterdag", "saturday"),
        ("fr", "c'était pas vendredi c'était samedi on a écouté quoi", "saturday"),
        ("fr", "on a écouté quoi samedi pas vendredi", "saturday"),
        ("en", "what did we hear on saturday not friday", "saturday"),
        ("es", "qué escuchamos el viernes no el sábado", "saturday"),
        ("es", "no fue el viernes fue el sábado qué escuchamos", "saturday"),
        ("de", "was lief am freitag nein warte am samstag", "saturday"),
        ("nl", "wat draaiden we vrijdag nee wacht zaterdag", "saturday"),
        ("fr", "on a écouté quoi vendredi non attends samedi", "saturday"),
        ("es", "qué escuchamos el viernes no espera el sábado", "saturday"),
    ],
)
def test_what_was_taken_back_does_not_count(
    language: str, text: str, window: str
) -> None:
    """The later of two times counts where the first was taken back."""
    (slot,) = masker_of(language).masked(text, NAMES).slots
    assert window in {slot.slots.get("window"), slot.slots.get("weekday")}


@pytest.mark.parametrize(
    ("language", "text", "masked"),
    [
        ("en", "my top ten no wait five songs", "my top 5 songs"),
        ("de", "vor zehn nee zwanzig liedern", "vor 20 liedern"),
        ("nl", "de top tien nee de top vijf", "de top 5"),
        ("nl", "hoeveel per dag nee per week", "hoeveel per week"),
        ("fr", "il y a deux semaines enfin à peu près", "<when> enfin a peu pres"),
    ],
)
def test_what_begins_alike_may_be_taken_back(
    language: str, text: str, masked: str
) -> None:
    """What is said after a correction stands in place of what begins alike before it, or the number of the one there."""
    assert joined(masker_of(language).masked(text, NAMES).tokens) == masked
