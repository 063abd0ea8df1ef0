"""The English that people read: no words of Encore's own, which a first-time user would not find anywhere else."""

import re
from typing import Final

import pytest

from script.visible_texts import visible_texts

FORBIDDEN: Final = re.compile(
    r"\b(told|tells|heard|the (whole )?house|windows?|whoever|so many|anew|of late)\b",
    re.IGNORECASE,
)
GAP: Final = re.compile(r"\{\w+\}")
"""What is filled in; its name is not read."""
LEFT_OUT: Final = ("services.", "selector.question.", "answers.", "results.")
"""The beginnings of keys whose texts are not held yet."""
EXCEPTIONS: Final[dict[str, str]] = {}
"""By key, why a text may have such a word."""
TEXTS: Final = {
    key: text for key, text in visible_texts() if not key.startswith(LEFT_OUT)
}


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
