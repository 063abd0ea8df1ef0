"""What a person reads: Encore's English texts, and checks that a page, an issue or an error has all it shows."""

from collections.abc import Collection, Mapping
import json
from pathlib import Path
from string import Formatter
from typing import Any, Final

import homeassistant.components.homeassistant
from homeassistant.data_entry_flow import FlowResultType

INTEGRATION: Final = Path(__file__).parents[1] / "custom_components" / "encore"


def _read(folder: Path) -> dict[str, Any]:
    file = folder / "translations" / "en.json"
    texts: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return texts


TEXTS: Final = _read(INTEGRATION)
_SHARED: Final = _read(Path(homeassistant.components.homeassistant.__file__).parent)


def text_at(path: str, texts: Mapping[str, Any] = TEXTS) -> str:
    """Return the text at a path such as `config.abort.access_denied`; fails the test when there is none."""
    found: Any = texts
    for step in path.split("."):
        assert isinstance(found, Mapping), f"nothing under {path}"
        assert step in found, f"en.json has no {path}"
        found = found[step]
    assert isinstance(found, str), f"{path} is no text"
    assert found, f"{path} is empty"
    return found


def gaps_in(text: str) -> set[str]:
    """Return the names of the placeholders of a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def check_text(
    path: str, given: Collection[str], texts: Mapping[str, Any] = TEXTS
) -> None:
    """Fail unless the text is there and every gap in it is filled."""
    missing = gaps_in(text_at(path, texts)) - set(given)
    assert not missing, f"{path} needs {missing}"


def check_page(category: str, page: Mapping[str, Any]) -> None:
    """Fail unless all that a page of a flow shows can be shown; `category` is `config`, `options` or an issue's."""
    given = set(page.get("description_placeholders") or {})
    match page["type"]:
        case FlowResultType.ABORT:
            shared = page.get("translation_domain") == "homeassistant"
            reason = page["reason"]
            if shared or reason.endswith("_successful"):
                check_text(f"config.abort.{reason}", given, _SHARED)
            else:
                check_text(f"{category}.abort.{reason}", given)
        case FlowResultType.MENU:
            for option in page["menu_options"]:
                check_text(
                    f"{category}.step.{page['step_id']}.menu_options.{option}", given
                )
        case FlowResultType.FORM:
            _check_form(f"{category}.step.{page['step_id']}", page, given)
            for error in (page.get("errors") or {}).values():
                check_text(f"{category}.error.{error}", given)


def _check_form(step: str, page: Mapping[str, Any], given: Collection[str]) -> None:
    check_text(f"{step}.title", given)
    fields = page["data_schema"].schema if page.get("data_schema") else {}
    for field in fields:
        check_text(f"{step}.data.{field}", given)
        check_text(f"{step}.data_description.{field}", given)
    if not fields or given:
        check_text(f"{step}.description", given)


def check_issue(issue: Mapping[str, Any]) -> None:
    """Fail unless an issue has a title, and a description or the pages of its fix."""
    path = f"issues.{issue['translation_key']}"
    given = set(issue["translation_placeholders"] or {})
    check_text(f"{path}.title", given)
    if not issue["is_fixable"]:
        check_text(f"{path}.description", given)


def fields_of(service: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of an action in services.yaml, with those in its sections."""
    found: dict[str, Any] = {}
    for name, field in service.get("fields", {}).items():
        found |= field.get("fields", {name: field})
    return found


def sections_of(service: Mapping[str, Any]) -> set[str]:
    """Return the names of the sections of an action in services.yaml."""
    return {
        name for name, field in service.get("fields", {}).items() if "fields" in field
    }
