"""Rules that Home Assistant's hassfest and HACS hold an integration to, as far as they can be told from the files."""

import json
from pathlib import Path
import re
from typing import Any, Final

import pytest

from homeassistant.helpers.translation import recursive_flatten
from homeassistant.util.yaml import load_yaml_dict
from tests.texts import INTEGRATION

ROOT: Final = INTEGRATION.parents[1]
LANGUAGES: Final = sorted(
    file.stem for file in (INTEGRATION / "translations").glob("*.json")
)
KEY: Final = re.compile(r"^(?!.+[_-]{2})(?![_-])[a-z0-9-_]+(?<![_-])$")
WRONG: Final = {
    "an address, which belongs into a placeholder": re.compile(r"https?://|www\."),
    "a placeholder in single quotes, which is not filled in": re.compile(
        r"'\{\w+\}'|‘\{\w+\}’"
    ),
    "a tag": re.compile(r"<[a-zA-Z/]"),
    "a space at an end": re.compile(r"\A\s|\s\Z"),
    "a reference, which only Home Assistant's own build resolves": re.compile(
        r"\[%key:"
    ),
}
DESCRIBED: Final = ("services", "triggers", "conditions")


def read(name: str) -> dict[str, Any]:
    """Return a JSON file of the integration."""
    found: dict[str, Any] = json.loads((INTEGRATION / name).read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("wrong", WRONG)
def test_no_text_has_what_hassfest_refuses(language: str, wrong: str) -> None:
    """In each language."""
    texts = recursive_flatten("", read(f"translations/{language}.json"))
    assert {key: text for key, text in texts.items() if WRONG[wrong].search(text)} == {}


def test_keys_of_texts_are_written_as_they_must_be() -> None:
    """Lower case, digits, and single underscores or hyphens within."""
    keys = {
        part
        for path in recursive_flatten("", read("translations/en.json"))
        for part in path.split(".")
    }
    assert {key for key in keys if not KEY.fullmatch(key)} == set()


@pytest.mark.parametrize("kind", DESCRIBED)
def test_actions_triggers_and_conditions_have_icons_and_texts(kind: str) -> None:
    """Each with a name and a description, and so each field."""
    described = {
        key
        for key in load_yaml_dict(INTEGRATION / f"{kind}.yaml")
        if not key.startswith(".")
    }
    icons, texts = read("icons.json")[kind], read("translations/en.json")[kind]
    assert set(icons) == described
    for key in described:
        (icon,) = {"service", "trigger", "condition"} & set(icons[key])
        assert re.fullmatch(r"mdi:[a-z0-9-]+", icons[key][icon]), key
        assert texts[key]["name"], key
        assert texts[key]["description"], key
        for field, said in texts[key].get("fields", {}).items():
            assert {"name", "description"} <= set(said), (key, field)


def test_the_manifest_is_in_order() -> None:
    """Domain and name, then by the alphabet; a custom integration has a version, and says where issues go."""
    manifest = read("manifest.json")
    keys = list(manifest)
    assert keys[:2] == ["domain", "name"]
    assert keys[2:] == sorted(keys[2:])
    assert {"codeowners", "documentation", "issue_tracker", "version"} <= set(keys)
    assert manifest["requirements"] == sorted(manifest["requirements"], key=str.lower)


def test_hacs_finds_what_it_asks_for() -> None:
    """A name, the oldest Home Assistant, a ZIP by that name, a README, and the brand's icon."""
    hacs = json.loads((ROOT / "hacs.json").read_text(encoding="utf-8"))
    assert hacs["name"] == read("manifest.json")["name"]
    assert hacs["zip_release"] is True
    assert re.fullmatch(r"20\d\d\.\d{1,2}\.\d", hacs["homeassistant"])
    assert (ROOT / "README.md").exists()
    assert (INTEGRATION / "brand" / "icon.png").read_bytes().startswith(b"\x89PNG")


def test_the_oldest_home_assistant_is_said_alike() -> None:
    """Where people read it, and where HACS does."""
    oldest = json.loads((ROOT / "hacs.json").read_text())["homeassistant"]
    short = oldest.removesuffix(".0")
    for page in ("README.md", "docs/getting-started.md"):
        assert f"Home Assistant {short}" in Path(ROOT / page).read_text(
            encoding="utf-8"
        )
