"""What was misheard is answered with the name that was taken for it, and with what it could have meant as well."""

from collections.abc import Callable

import pytest

from custom_components.encore.questions.base.errors import UnknownThing

from .house import ALVA, BEN, ask, heard, history_of, song


def test_the_answer_names_what_was_taken(new_store: Callable[[], str]) -> None:
    """As it is spelt, and not as it was heard."""
    past = [heard(ALVA, song("Kashmir", "Led Zeppelin"), "2026-07-14 12:00")]
    with history_of(new_store(), past) as history:
        answered = ask(history, "count", None, thing="cashmere")
    assert answered.data["item"]["name"] == "Kashmir"
    assert answered.data["others"] == []
    assert "“Kashmir” by Led Zeppelin" in answered.speech


def test_what_sounds_the_same_is_reported_as_well(new_store: Callable[[], str]) -> None:
    """What was heard most is taken, and the others are named."""
    past = [
        heard(ALVA, song("Opus", "Aurora Vail"), "2026-07-12 12:00"),
        heard(ALVA, song("Opus", "Aurora Vail"), "2026-07-13 12:00"),
        heard(ALVA, song("Etude", "Aurora Vale"), "2026-07-14 12:00"),
        heard(ALVA, song("Etude", "Kite Season"), "2026-07-14 14:00"),
    ]
    with history_of(new_store(), past) as history:
        answered = ask(history, "count", None, thing="orora veil")
    assert answered.data["item"]["name"] == "Aurora Vail"
    assert [other["name"] for other in answered.data["others"]] == ["Aurora Vale"]
    assert "Aurora Vail" in answered.speech
    assert "Aurora Vale" in answered.speech


def test_a_spelling_of_another_time_wins_over_a_sound(
    new_store: Callable[[], str],
) -> None:
    """What was not heard in the window, or only by others, is meant all the same where it is spelt so."""
    past = [
        heard(ALVA, song("Kashmir", "Led Zeppelin"), "2026-07-14 12:00"),
        heard(BEN, song("Cashmere", "Ann"), "2024-07-14 12:00"),
    ]
    with history_of(new_store(), past) as history:
        for text in ("cashmere", "cashmeer"):
            answered = ask(
                history, "count", None, thing=text, listener="Alva", window="this_year"
            )
            assert answered.data["item"]["name"] == "Cashmere"
            assert answered.data["total"]["play_count"] == 0


def test_nothing_like_it_is_an_error_that_reports_what_is_close(
    new_store: Callable[[], str],
) -> None:
    """By sound, too."""
    past = [heard(ALVA, song("Kashmir", "Led Zeppelin"), "2026-07-14 12:00")]
    with (
        history_of(new_store(), past) as history,
        pytest.raises(UnknownThing) as raised,
    ):
        ask(history, "count", None, thing="cashmere orchestra")
    assert raised.value.known == ("Kashmir",)
