"""What the banks of phrasings expect of a command is what a command can be given."""

import pytest

from custom_components.encore.commands.all_commands import COMMANDS
from custom_components.encore.language.sentence_files import read_grammar
from custom_components.encore.questions.all_questions import QUESTIONS
from custom_components.encore.questions.base.operation import ACTION_ONLY
from custom_components.encore.questions.base.parameters import read
from tests.unit.questions.phrasings import BANKS


@pytest.mark.parametrize("language", sorted(BANKS))
def test_a_spoken_command_can_be_given(language: str) -> None:
    """The command is there, unless it is wished for, and takes the values of each of its phrasings."""
    bank = BANKS[language]
    questions = {question.key for question in QUESTIONS}
    for phrasing in bank.everything():
        if phrasing.question not in questions | bank.wished_commands:
            read(COMMANDS[phrasing.question].declares, phrasing.values)


@pytest.mark.parametrize("language", sorted(BANKS))
def test_a_command_that_there_is_is_not_wished_for(language: str) -> None:
    """A bank names what is missing, and nothing else."""
    assert [key for key in BANKS[language].wished_commands if key in COMMANDS] == []


@pytest.mark.parametrize("language", sorted(BANKS))
def test_no_sentence_deletes(language: str) -> None:
    """What only actions offer is not asked for by voice; deleting plays is among that, and leaving a few out is not."""
    only_actions = {each.key for each in COMMANDS if each.interfaces == ACTION_ONLY}
    assert "delete_plays" in only_actions
    assert only_actions.isdisjoint(read_grammar(language)["intents"])
