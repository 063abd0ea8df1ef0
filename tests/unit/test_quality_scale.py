"""quality_scale.yaml says what is: every rule, each with evidence that is there; and what can be read from the code holds."""

import ast
from collections.abc import Iterator
import json
from pathlib import Path
import re
from typing import Any, Final

import pytest
import yaml

from custom_components.encore.entities.entity_platforms import PLATFORMS
from tests.texts import INTEGRATION, TEXTS

ROOT: Final = INTEGRATION.parents[1]
SCALE: Final[dict[str, dict[str, str]]] = yaml.safe_load(
    (INTEGRATION / "quality_scale.yaml").read_text(encoding="utf-8")
)["rules"]

BRONZE: Final = [
    "action-setup",
    "appropriate-polling",
    "brands",
    "common-modules",
    "config-flow",
    "config-flow-test-coverage",
    "dependency-transparency",
    "docs-actions",
    "docs-conditions",
    "docs-high-level-description",
    "docs-installation-instructions",
    "docs-removal-instructions",
    "docs-triggers",
    "entity-event-setup",
    "entity-unique-id",
    "has-entity-name",
    "runtime-data",
    "test-before-configure",
    "test-before-setup",
    "unique-config-entry",
]
SILVER: Final = [
    "action-exceptions",
    "config-entry-unloading",
    "docs-configuration-parameters",
    "docs-installation-parameters",
    "entity-unavailable",
    "integration-owner",
    "log-when-unavailable",
    "parallel-updates",
    "reauthentication-flow",
    "test-coverage",
]
GOLD: Final = [
    "devices",
    "diagnostics",
    "discovery",
    "discovery-update-info",
    "docs-data-update",
    "docs-examples",
    "docs-known-limitations",
    "docs-supported-devices",
    "docs-supported-functions",
    "docs-troubleshooting",
    "docs-use-cases",
    "dynamic-devices",
    "entity-category",
    "entity-device-class",
    "entity-disabled-by-default",
    "entity-translations",
    "exception-translations",
    "icon-translations",
    "reconfiguration-flow",
    "repair-issues",
    "stale-devices",
]
PLATINUM: Final = ["async-dependency", "inject-websession", "strict-typing"]

FILE: Final = re.compile(
    r"(?:(?:custom_components|tests|docs|script|\.ci)/[\w./-]*\w|README\.md|pyproject\.toml)"
)
TOLD_TO_PEOPLE: Final = {
    "BrowseError",
    "ConfigEntryAuthFailed",
    "ConfigEntryError",
    "ConfigEntryNotReady",
    "HomeAssistantError",
    "SearchError",
    "ServiceValidationError",
    "Unresolvable",
    "UpdateFailed",
}


def test_every_rule_is_there_and_has_its_evidence_or_its_reason() -> None:
    """Gold is met or a rule does not apply; of platinum it is said what is missing."""
    assert sorted(SCALE) == sorted([*BRONZE, *SILVER, *GOLD, *PLATINUM])
    for rule, stands in SCALE.items():
        assert set(stands) == {"status", "comment"}, rule
        allowed = {"done", "exempt"} | ({"todo"} if rule in PLATINUM else set())
        assert stands["status"] in allowed, rule


@pytest.mark.parametrize("rule", SCALE)
def test_what_is_named_as_evidence_is_there(rule: str) -> None:
    """A file that was moved is no evidence any more."""
    for name in FILE.findall(SCALE[rule]["comment"]):
        assert (ROOT / name).exists(), name


def modules() -> Iterator[tuple[Path, ast.Module]]:
    """Return the modules of the integration."""
    for path in INTEGRATION.rglob("*.py"):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "platform", sorted({each for of in PLATFORMS.values() for each in of})
)
def test_every_platform_says_how_many_commands_it_takes_at_once(platform: str) -> None:
    """parallel-updates."""
    module = ast.parse((INTEGRATION / f"{platform}.py").read_text(encoding="utf-8"))
    assigned = [
        target.id
        for step in module.body
        if isinstance(step, ast.Assign)
        for target in step.targets
        if isinstance(target, ast.Name)
    ]
    assert "PARALLEL_UPDATES" in assigned


def test_every_entity_with_a_name_has_an_icon_and_none_has_it_in_the_code() -> None:
    """icon-translations."""
    icons: dict[str, Any] = json.loads(
        (INTEGRATION / "icons.json").read_text(encoding="utf-8")
    )["entity"]
    for domain, named in TEXTS["entity"].items():
        assert set(named) <= set(icons[domain])
    for path, module in modules():
        for node in ast.walk(module):
            if isinstance(node, ast.Name | ast.Attribute):
                name = node.id if isinstance(node, ast.Name) else node.attr
                assert name != "_attr_icon", path


def test_what_is_raised_to_people_has_a_text_that_can_be_translated() -> None:
    """exception-translations."""
    found = 0
    for path, module in modules():
        for node in ast.walk(module):
            if not isinstance(node, ast.Raise) or not isinstance(node.exc, ast.Call):
                continue
            called = node.exc.func
            if isinstance(called, ast.Name) and called.id == "translated":
                # It takes the key, and tests/unit/test_translations.py finds the text.
                assert len(node.exc.args) == 2, f"{path.name}:{node.lineno}"
                found += 1
            elif isinstance(called, ast.Name) and called.id in TOLD_TO_PEOPLE:
                given = {each.arg for each in node.exc.keywords}
                assert {"translation_domain", "translation_key"} <= given, (
                    f"{path.name}:{node.lineno}"
                )
                found += 1
    assert found > 15
