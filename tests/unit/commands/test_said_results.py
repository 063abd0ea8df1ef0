"""What is said when a command was carried out, and what made playlists are called, in each language as it was read by eye."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

import pytest
import yaml

from custom_components.encore.commands.all_commands import COMMANDS
from custom_components.encore.dispatch.command import Choice
from custom_components.encore.history.time_ranges.named_ranges import WINDOW_NAMES
from custom_components.encore.language.sentence_files import DEFAULT_LANGUAGE, languages
from custom_components.encore.language.speech import say_done
from custom_components.encore.questions.all_questions import QUESTIONS
from script.untranslated import called_macros

from .results_to_say import ASKING, Titled, ToSay, results

SAID: Final = Path(__file__).parent / "said"
LANGUAGES: Final = sorted(path.stem for path in SAID.glob("*.yaml"))
RESULTS: Final = list(results())
PLAYLIST: Final = "made_playlist_name"


@cache
def _read(language: str) -> dict[str, dict[str, str]]:
    text = (SAID / f"{language}.yaml").read_text(encoding="utf-8")
    read: dict[str, dict[str, str]] = yaml.safe_load(text)
    return read


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("each", RESULTS, ids=str)
def test_a_result_is_said_as_it_was_read(language: str, each: ToSay) -> None:
    """One and several, nothing at all, and odd names, in the words of the language."""
    query_context = replace(ASKING, language=language)
    expected = _read(language)[each.command][each.case]
    assert say_done(each.command, each.result, query_context) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_read_is_all_said(language: str) -> None:
    """No sentence stays in a file whose case is gone."""
    read = {
        f"{command}: {case}"
        for command, cases in _read(language).items()
        for case in cases
    }
    assert read == {str(each) for each in RESULTS}


def test_no_two_results_have_one_name() -> None:
    """One would be said in the place of the other."""
    assert len({str(each) for each in RESULTS}) == len(RESULTS)


def test_every_command_was_read() -> None:
    """Each ends in at least one of the results."""
    spoken = {
        each.key
        for each in COMMANDS
        if each.has_speech and not isinstance(each, Choice)
    }
    assert spoken <= {each.command for each in RESULTS}


def _playlist(language: str, window: str | None, question: str = "top") -> str:
    query_context = replace(ASKING, language=language)
    return say_done(PLAYLIST, Titled(question, window), query_context)


@pytest.mark.parametrize("window", [*WINDOW_NAMES, "last_90_days", "july", "monday"])
@pytest.mark.parametrize("language", sorted(languages() - {DEFAULT_LANGUAGE}))
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


@pytest.mark.parametrize("language", sorted(languages() - {DEFAULT_LANGUAGE}))
def test_a_question_is_not_called_by_its_key(language: str) -> None:
    """Each question that the language says, and of which a playlist can be made, has a name for it."""
    said = called_macros("{}.jinja", language)
    for question in QUESTIONS:
        if question.holds_tracks and question.key in said:
            called = _playlist(language, None, question.key)
            assert called != question.key.replace("_", " ").capitalize()
