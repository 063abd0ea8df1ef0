"""What docs/actions.md says of commands is so."""

from datetime import UTC, datetime
from pathlib import Path
import re
from typing import Any

import pytest
import yaml

from custom_components.encore.commands.all_commands import COMMANDS
from custom_components.encore.history.time_ranges.local_clock import Clock
from custom_components.encore.history.time_ranges.ranges import resolve_window
from custom_components.encore.questions.all_questions import QUESTIONS
from custom_components.encore.questions.base.operation import Interface
from custom_components.encore.questions.base.parameters import read_public
from tests.texts import INTEGRATION, fields_of

PAGE = (Path(__file__).parents[3] / "docs" / "actions.md").read_text()
ROWS = re.findall(r"^\| `encore\.(\w+)` \| (.+?) \| `(\{.*\})` \|$", PAGE, re.MULTILINE)


NAMED = {each.name: each for each in COMMANDS if Interface.ACTION in each.interfaces}
OF_COMMANDS = [row for row in ROWS if row[0] in NAMED]
OF_THE_HOUSE = [row for row in ROWS if row[0] not in NAMED]
ACTIONS: dict[str, Any] = yaml.safe_load(
    (INTEGRATION / "services.yaml").read_text(encoding="utf-8")
)


def test_each_action_but_questions_has_one_row() -> None:
    """Questions have a page of their own, whose examples are held by another test."""
    actions = [action for action, _, _ in ROWS]
    questions = {question.name for question in QUESTIONS}
    assert sorted(actions) == sorted(ACTIONS.keys() - questions | NAMED.keys())


@pytest.mark.parametrize(
    ("action", "_does", "example"), OF_COMMANDS, ids=lambda part: part
)
def test_an_example_can_be_given(action: str, _does: str, example: str) -> None:
    """The command of a row takes what the example gives it."""
    command = NAMED[action]
    assert isinstance(
        read_public(command.declares, yaml.safe_load(example)), command.declares
    )


@pytest.mark.parametrize(
    "window",
    sorted(
        set(re.findall(r"(?:time_range|since): (\w+)", "".join(row[2] for row in ROWS)))
    ),
)
def test_the_windows_of_the_examples_are_windows(window: str) -> None:
    """What an example asks for can be asked for on any day of the year."""
    for month in range(1, 13):
        now = datetime(2026, month, 15, 12, tzinfo=UTC)
        clock = Clock(round(now.timestamp() * 1000), UTC)
        assert resolve_window(window, clock).window.end > 0


@pytest.mark.parametrize(
    ("action", "_does", "example"), OF_THE_HOUSE, ids=lambda part: part
)
def test_an_example_of_the_home_has_what_its_action_takes(
    action: str, _does: str, example: str
) -> None:
    """Fields that there are, each that is needed among them."""
    parameters = yaml.safe_load(example)
    fields = fields_of(ACTIONS[action] or {})
    needed = {name for name, field in fields.items() if field.get("required")}
    assert needed <= parameters.keys() <= fields.keys()
    for name, value in parameters.items():
        options = fields[name]["selector"].get("select", {}).get("options")
        assert options is None or value in options
