"""What the pages of docs/ and the README give as YAML can be pasted: automations load, and actions take what they are given."""

from collections.abc import Iterator
from pathlib import Path
import re
from typing import Any, Final

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
import yaml

from custom_components.encore.api.operations import ACTIONS
from custom_components.encore.const import DOMAIN
from custom_components.encore.questions.base.parameters import read_public
from homeassistant.components.automation.config import async_validate_config_item
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from tests.integration.api.test_automations import of_encore

ROOT: Final = Path(__file__).parents[3]


def parameters() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each block of YAML that there is, and the page it is on."""
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))):
        for block in re.findall(
            "```yaml\n(.+?)```", page.read_text(encoding="utf-8"), re.DOTALL
        ):
            yield page.name, yaml.safe_load(block)


GIVEN: Final = list(parameters())


async def test_every_automation_can_be_pasted(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """Home Assistant takes it as it stands."""
    assert await async_setup_component(hass, "homeassistant", {})
    automations = [(page, block) for page, block in GIVEN if "triggers" in block]
    assert {page for page, _ in automations} >= {"automations.md", "entities.md"}
    for page, block in automations:
        checked = await async_validate_config_item(
            hass, "page", {"alias": page, **block}
        )
        assert checked is not None
        assert checked.validation_status == "ok", (page, checked.validation_error)


async def test_every_action_takes_what_it_is_given(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """By its name, with its fields."""
    steps = [(page, step) for page, block in GIVEN for step in of_encore([block])]
    assert len(steps) > 30
    for page, step in steps:
        name = step["action"].removeprefix(f"{DOMAIN}.")
        assert hass.services.has_service(DOMAIN, name), (page, name)
        assert read_public(ACTIONS[name].declares, step.get("data", {})), (page, name)


@pytest.mark.parametrize(
    "card",
    [block for page, block in GIVEN if page == "statistics.md" and "type" in block],
    ids=lambda block: block["type"],
)
def test_a_graph_shows_statistics_that_there_can_be(card: dict[str, Any]) -> None:
    """By ids such as those that are written."""
    shown = card.get("entities", [card.get("entity")])
    for each in shown:
        assert re.fullmatch(
            r"encore:(listener|room)_[a-z0-9_]+_(minutes|plays)|calendar\.[a-z_]+", each
        )
