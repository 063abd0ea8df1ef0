"""Names change the words before them: "de Ben" and "d’Alva", "y Ben" and "e Isla"."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from custom_components.encore.history.model import Listener

from .house import PHONE, ask, heard, history_of, query_context, song


def _said(store: str, language: str, *artists: str) -> str:
    """Return what is said to what was played yesterday, a song of these artists."""
    listener = Listener("spotify:someone", "Someone")
    past = [heard(listener, song("Loop", *artists), "2026-07-14 12:00", device=PHONE)]
    with history_of(store, past) as history:
        circumstances = replace(query_context(me=(listener,)), language=language)
        return ask(history, "plays", circumstances, window="yesterday").speech


@pytest.mark.parametrize(
    ("artist", "said"),
    [
        ("Ben", "de Ben"),
        ("Alva", "d’Alva"),
        ("Émilie", "d’Émilie"),
        ("Œuvre", "d’Œuvre"),
        ("Hélène", "d’Hélène"),
        ("Henri", "d’Henri"),
        ("Harry", "de Harry"),
        ("Yves", "d’Yves"),
        ("Yann", "de Yann"),
        ("One Direction", "de One Direction"),
        ("Onomatopée", "d’Onomatopée"),
        ("50 Cent", "de 50 Cent"),
        ("Les Ogres", "de Les Ogres"),
        ("les enfants", "des enfants"),
        ("le voisin", "du voisin"),
        ("<b>", "de <b>"),
        ("{{ 1 }}", "de {{ 1 }}"),
    ],
)
def test_french_elides_before_a_vowel(
    new_store: Callable[[], str], artist: str, said: str
) -> None:
    """And before an h that is mute, and a y that is a vowel; articles in names stay, those of people do not."""
    speech = _said(new_store(), "fr", artist)
    assert f"«\u202fLoop\u202f» {said}, à midi" in speech


@pytest.mark.parametrize(
    ("artists", "said"),
    [
        (("Alva", "Ben"), "de Alva y Ben"),
        (("Alva", "Isla"), "de Alva e Isla"),
        (("Alva", "Íñigo"), "de Alva e Íñigo"),
        (("Alva", "Hilda"), "de Alva e Hilda"),
        (("Alva", "Hielo"), "de Alva y Hielo"),
        (("Alva", "Ian"), "de Alva y Ian"),
        (("Isla", "Ben"), "de Isla y Ben"),
    ],
)
def test_spanish_joins_by_the_sound_that_follows(
    new_store: Callable[[], str], artists: tuple[str, ...], said: str
) -> None:
    """Before the sound of an i, "y" is "e"."""
    assert f"«Loop» {said}," in _said(new_store(), "es", *artists)


@pytest.mark.parametrize("language", ["fr", "es"])
@pytest.mark.parametrize(
    "name", ["", " ", "É", "h", "y", "«Ember»", "\u202f", "a" * 300]
)
def test_any_name_can_be_said(
    new_store: Callable[[], str], language: str, name: str
) -> None:
    """However short, long or odd it is."""
    assert "Loop" in _said(new_store(), language, name, name)
