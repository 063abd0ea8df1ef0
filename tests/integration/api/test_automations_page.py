"""docs/automations.md says what is: its automations can be pasted, and it names all triggers and conditions with their options."""

from dataclasses import fields
from pathlib import Path
import re
from typing import Any, Final

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
import yaml

from custom_components.encore.api.operations import ACTIONS
from custom_components.encore.questions.all_questions import QUESTIONS
from custom_components.encore.questions.base.parameters import read_public
from homeassistant.components.automation.config import async_validate_config_item
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from script.generate_descriptions import ENCORE
from tests.integration.api.test_automations import of_encore

PAGE: Final = (Path(__file__).parents[3] / "docs" / "automations.md").read_text(
    encoding="utf-8"
)
AUTOMATIONS: Final[list[dict[str, Any]]] = [
    yaml.safe_load(block) for block in re.findall("```yaml\n(.+?)```", PAGE, re.DOTALL)
]
DESCRIBED: Final = {
    name: each
    for file in ("triggers.yaml", "conditions.yaml")
    for name, each in yaml.safe_load(
        (ENCORE / file).read_text(encoding="utf-8")
    ).items()
    if not name.startswith(".")
}


@pytest.mark.parametrize("automation", AUTOMATIONS, ids=lambda each: each["alias"])
async def test_an_automation_can_be_pasted(
    hass: HomeAssistant, house: MockConfigEntry, automation: dict[str, Any]
) -> None:
    """Home Assistant takes it as it stands, with its triggers, conditions and commands."""
    assert await async_setup_component(hass, "homeassistant", {})
    checked = await async_validate_config_item(hass, "page", automation)
    assert checked is not None
    assert checked.validation_status == "ok", checked.validation_error
    for step in of_encore(automation["actions"]):
        name = step["action"].removeprefix("encore.")
        parameters = step.get("data", {})
        asks = name in {each.name for each in QUESTIONS}
        declares = ACTIONS[name].declares
        assert read_public(declares, parameters)
        # An automation has no account of its own, and a home may have several; a question is about everybody then.
        takes = {each.name for each in fields(declares)}
        assert asks or "listener" not in takes or parameters.get("listener")


@pytest.mark.parametrize("name", DESCRIBED)
def test_the_page_has_every_one_with_its_options_and_an_example(name: str) -> None:
    """Nobody has to look into the editor."""
    rows = re.findall(rf"^\| `encore\.{name}` \|.+$", PAGE, re.MULTILINE)
    assert len(rows) == 1
    for option in DESCRIBED[name]["fields"]:
        assert f"`{option}`" in rows[0]
    assert any(f"encore.{name}" in str(each) for each in AUTOMATIONS)
