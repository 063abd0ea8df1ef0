"""What is said when a command was carried out, and what made playlists are called, in every language as it was read by eye."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from custom_components.encore.commands.all_commands import COMMANDS
from custom_components.encore.commands.playlists.make_playlist import _Titled
from custom_components.encore.history.time_ranges.named_ranges import WINDOW_NAMES
from custom_components.encore.language.sentence_files import DEFAULT_LANGUAGE, languages
from custom_components.encore.language.speech import say_done
from custom_components.encore.questions.all_questions import QUESTIONS
from tests.unit.questions.house import query_context

from .spoken_results import RESULTS

SPOKEN: Final = Path(__file__).parent / "spoken"
READ: Final[dict[str, dict[str, Any]]] = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted(SPOKEN.glob("*.yaml"))
}


@pytest.mark.parametrize(
    ("language", "name"),
    [(language, name) for language in READ for name in RESULTS],
)
def test_a_result_is_said_as_it_was_read(language: str, name: str) -> None:
    """Each of the results, word for word."""
    key, result = RESULTS[name]
    said = say_done(key, result, replace(query_context(), language=language))
    assert said == READ[language]["done"][name]


def test_every_command_was_read() -> None:
    """Each ends in at least one of the results."""
    assert {command.key for command in COMMANDS} - {key for key, _ in RESULTS.values()} == set()  # fmt: skip


def _playlist(language: str, window: str | None, question: str = "top") -> str:
    circumstances = replace(query_context(), language=language)
    return say_done("made_playlist_name", _Titled(question, window), circumstances)


@pytest.mark.parametrize(
    ("language", "window", "called"),
    [
        (language, window, called)
        for language, read in READ.items()
        for window, called in read["windows"].items()
    ],
)
def test_a_playlist_is_called_after_its_window(
    language: str, window: str, called: str
) -> None:
    """In the words of the language, whatever the window is."""
    assert _playlist(language, window) == called


@pytest.mark.parametrize("window", [*WINDOW_NAMES, "last_90_days", "july", "monday"])
@pytest.mark.parametrize("language", sorted(languages() & READ.keys()))
def test_a_window_is_not_called_by_its_canonical_name(
    language: str, window: str
) -> None:
    """Which is English; "weekend" is Dutch, too."""
    if (language, window) == ("nl", "weekend"):
        assert _playlist(language, window).endswith(": weekend")
        return
    assert _playlist(language, window) != (
        f"{_playlist(language, None)}: {window.replace('_', ' ')}"
    )


@pytest.mark.parametrize("language", sorted(READ.keys() - {DEFAULT_LANGUAGE}))
def test_a_question_is_not_called_by_its_key(language: str) -> None:
    """Each question of which a playlist can be made has a name for it."""
    for question in QUESTIONS:
        if question.holds_tracks:
            called = _playlist(language, None, question.key)
            assert called != question.key.replace("_", " ").capitalize()
