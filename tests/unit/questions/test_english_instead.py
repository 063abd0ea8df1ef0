"""What a language lacks is understood and said in English: how it is asked, what is said to it, and to commands."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
import shutil
from types import SimpleNamespace
from typing import Any, Final

import pytest

from custom_components.encore.commands.recording import RecordingResult
from custom_components.encore.history.history import History
from custom_components.encore.language import (
    candidates,
    grammar,
    intents,
    sentence_files,
    speech,
)
from custom_components.encore.language.grammar import understand
from custom_components.encore.language.sentence_files import languages
from custom_components.encore.language.speech import say, say_done, say_error
from custom_components.encore.language.understood import Names, Understood
from custom_components.encore.questions.base.errors import UnknownListener
from script.check_release import check_translated
from script.release_errors import ReleaseError
from script.untranslated import asked_in, untranslated

from .house import ask, query_context
from .sentence_pool import Hearing

CACHES: Final = (
    sentence_files._having,
    sentence_files.read_grammar,
    sentence_files.english_instead,
    intents.intents_of,
    candidates.candidates_of,
    grammar._triggers,
    speech._template,
    speech._environment,
)
NAMES: Final = Names(listeners=(("Alva", "Alva"),))
ADORED: Final = """\
triggers: ["what (do|does) <who> adore [{rest}]"]
asked: ["what (do|does) <who> adore [<filters>]"]
said: "{{ whose(answer.scope) }} record holds {{ counted(answer.total.plays, 'play', 'plays') }}."
"""
IN_ENGLISH: Final = "your record holds two plays."
ANSWER: Final[Any] = SimpleNamespace(
    scope=SimpleNamespace(who="you", called=(), groups=(), clock=query_context().clock),
    total=SimpleNamespace(plays=2),
)
PAUSED: Final = RecordingResult("Ben", recording=False, changed=True)


@pytest.fixture
def sentences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a copy of the sentences, to be changed before anything is read from it."""
    folder = shutil.copytree(sentence_files.SENTENCES, tmp_path / "sentences")
    _forget()
    monkeypatch.setattr(sentence_files, "SENTENCES", folder)
    yield folder
    _forget()


def _forget() -> None:
    for cache in CACHES:
        cache.cache_clear()


@pytest.fixture
def adored(sentences: Path) -> None:
    """Add how one more question is asked and said, in English."""
    (sentences / "en").mkdir(exist_ok=True)
    (sentences / "en" / "adored.yaml").write_text(ADORED, encoding="utf-8")


@pytest.mark.usefixtures("adored")
@pytest.mark.parametrize("language", sorted(languages()))
def test_a_question_in_english_alone_is_understood(language: str) -> None:
    """Home Assistant hands it over, and what it asks is found, in a home of any language."""
    sentence = "what does Alva adore this week"
    assert Hearing(language, ["Alva"]).ours(sentence)
    asked = Understood("adored", {"listener": "Alva", "window": "this_week"})
    assert understand(sentence, language, NAMES) == asked


@pytest.mark.usefixtures("adored")
def test_a_language_is_listened_for_as_before() -> None:
    """The English sentences come beside its own, and only those that it lacks."""
    german = grammar.triggers("de", ["Alva"])
    assert Hearing("de", ["Alva"]).ours("Was haben wir gestern gehört")
    assert len(german) == 3
    assert not Hearing("de", ["Alva"]).ours("what did we listen to yesterday")


def test_english_stands_in_for_what_a_language_lacks_alone() -> None:
    """Where it lacks nothing, nothing more is parsed and nothing more taken."""
    english = asked_in("en")
    for language in sorted(sentence_files.grammars()):
        lacking = english - asked_in(language)
        instead = sentence_files.english_instead(language)
        assert (set() if instead is None else {*instead["intents"]}) == lacking


@pytest.mark.usefixtures("adored")
@pytest.mark.parametrize("language", sorted(languages()))
def test_a_question_in_english_alone_is_said_in_english(language: str) -> None:
    """With the macros of English, whatever the language has under their names."""
    spoken = replace(query_context(), language=language)
    assert say("adored", ANSWER, spoken) == IN_ENGLISH


@pytest.mark.parametrize("language", ["de", "es", "fr", "nl"])
def test_what_a_language_cannot_say_is_said_in_english(
    sentences: Path, history: History, language: str
) -> None:
    """Answers and errors alike, each by itself; the rest stays in the language."""
    spoken = replace(query_context(), language=language)
    before = ask(history, "top", spoken, of="artists").speech
    _without(sentences / f"{language}.jinja", "repeat_rate", "error_unknown_listener")
    _forget()
    english = ask(history, "repeat_rate", replace(spoken, language="en")).speech
    assert ask(history, "repeat_rate", spoken).speech == english
    error = UnknownListener("Zoe", ("Alva",))
    assert say_error(error, spoken) == say_error(error, replace(spoken, language="en"))
    assert ask(history, "top", spoken, of="artists").speech == before


def test_a_language_without_words_for_commands_has_the_english_ones(
    sentences: Path,
) -> None:
    """A language may begin with what is said to questions."""
    (sentences / "commands" / "nl.jinja").unlink()
    spoken = replace(query_context(), language="nl")
    english = say_done("pause", PAUSED, replace(spoken, language="en"))
    assert say_done("pause", PAUSED, spoken) == english


def _without(path: Path, *macros: str) -> None:
    """Take macros out of a template."""
    text = path.read_text(encoding="utf-8")
    for macro in macros:
        before, found, after = text.partition(f"{{%- macro {macro}(")
        assert found, macro
        _, end, rest = after.partition("{%- endmacro %}")
        assert end
        text = before + rest
    path.write_text(text, encoding="utf-8")


def test_the_report_lists_what_is_missing(
    sentences: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By language, with what it is for; a release is held until nothing is."""
    (sentences / "en").mkdir(exist_ok=True)
    (sentences / "en" / "adored.yaml").write_text(ADORED, encoding="utf-8")
    _without(sentences / "nl.jinja", "error_unknown_listener")
    _forget()
    report = untranslated()
    assert {"asked: adored", "said: adored"} <= set(report["de"])
    assert "said: error_unknown_listener" in report["nl"]
    assert "said: error_unknown_listener" not in report["de"]
    check_translated(None)
    assert "nl lacks" in capsys.readouterr().out
    with pytest.raises(ReleaseError, match="nl lacks"):
        check_translated("1.0.0")
