"""The automations of docs/automations.md are automations, and what they ask of Encore can be asked."""

from collections.abc import Iterator
from pathlib import Path
import re
from typing import Any, Final

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
import yaml

from custom_components.encore.api.operations import ACTIONS
from custom_components.encore.questions.base.parameters import read_public
from homeassistant.components.automation.config import async_validate_config_item
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component

PAGE: Final = (Path(__file__).parents[3] / "docs" / "automations.md").read_text()
PART: Final = PAGE[PAGE.index("\n## Five automations") :]
AUTOMATIONS: Final[list[dict[str, Any]]] = [
    yaml.safe_load(block) for block in re.findall("```yaml\n(.+?)```", PART, re.DOTALL)
]


def of_encore(steps: object) -> Iterator[dict[str, Any]]:
    """Return the steps that are actions of Encore's, however deep they stand."""
    if isinstance(steps, list):
        for step in steps:
            yield from of_encore(step)
    elif isinstance(steps, dict):
        if str(steps.get("action", "")).startswith("encore."):
            yield steps
        for part in steps.values():
            yield from of_encore(part)


def test_there_are_five() -> None:
    """And each does something with Encore."""
    assert len(AUTOMATIONS) == 5
    assert all(list(of_encore(each["actions"])) for each in AUTOMATIONS)


@pytest.mark.parametrize("automation", AUTOMATIONS, ids=lambda each: each["alias"])
async def test_an_automation_can_be_pasted(
    hass: HomeAssistant, house: MockConfigEntry, automation: dict[str, Any]
) -> None:
    """Home Assistant takes it as it stands."""
    assert await async_setup_component(hass, "homeassistant", {})
    checked = await async_validate_config_item(hass, "readme", automation)
    assert checked is not None
    assert checked.validation_status == "ok", checked.validation_error


@pytest.mark.parametrize(
    "step",
    [step for each in AUTOMATIONS for step in of_encore(each["actions"])],
    ids=lambda step: step["action"],
)
def test_what_is_asked_can_be_asked(step: dict[str, Any]) -> None:
    """By a question or a command that there is, with what it takes."""
    operation = ACTIONS[step["action"].removeprefix("encore.")]
    assert read_public(operation.declares, step["data"])
