"""What describes the doors to Home Assistant is generated, current and valid."""

import json
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from custom_components.encore.api.operations import ACTIONS
from homeassistant.helpers.selector import validate_selector
from script.generate_descriptions import (
    ACTIONS_PAGE,
    ENCORE,
    NEW_ICON,
    actions_page,
    generated,
    main,
)
from tests.texts import fields_of, sections_of

MOST_ACTIONS: Final = 62
VERBS: Final = frozenset(
    [
        "add",
        "apply",
        "ask",
        "cancel",
        "check",
        "create",
        "delete",
        "export",
        "get",
        "import",
        "mark",
        "move",
        "pause",
        "play",
        "rebuild",
        "remove",
        "replay",
        "restore",
        "resume",
        "save",
        "search",
        "set",
        "transfer",
        "undo",
        "update",
    ]
)


def _read(name: str) -> Any:
    text = (ENCORE / name).read_text(encoding="utf-8")
    return yaml.safe_load(text) if name.endswith("yaml") else json.loads(text)


@pytest.mark.parametrize("path", [*generated(ENCORE)], ids=lambda path: path.name)
def test_the_files_are_current(path: Path) -> None:
    """The committed files are what script/generate-descriptions writes."""
    assert path.read_text(encoding="utf-8") == generated(ENCORE)[path]


def test_the_page_of_actions_is_current() -> None:
    """It says of each action what Home Assistant shows."""
    page = ACTIONS_PAGE.read_text(encoding="utf-8")
    assert actions_page(page) == page
    assert actions_page(page.replace("Restores plays", "Other plays")) == page


def test_actions_are_few_and_begin_with_a_verb() -> None:
    """By what Home Assistant's own actions begin with; none is added where one could do it."""
    assert len(ACTIONS) <= MOST_ACTIONS
    assert {name.partition("_")[0] for name in ACTIONS} <= VERBS


def test_every_action_is_described_in_full() -> None:
    """Each action and field has a name and a description, each action an icon, each option a label."""
    services, texts, icons = (
        _read(name) for name in ("services.yaml", "translations/en.json", "icons.json")
    )
    assert set(services) == set(ACTIONS)
    assert set(services) == set(texts["services"]) == set(icons["services"])
    for action, service in services.items():
        text = texts["services"][action]
        assert text["name"]
        assert text["description"].endswith(".")
        fields = fields_of(service)
        assert set(text["fields"]) == set(fields)
        assert all(text["sections"][name]["name"] for name in sections_of(service))
        for name, field in fields.items():
            assert text["fields"][name]["name"]
            assert text["fields"][name]["description"].endswith(".")
            validate_selector(field["selector"])
            if select := field["selector"].get("select"):
                labels = texts["selector"][select["translation_key"]]["options"]
                assert list(labels) == select["options"]


@pytest.mark.parametrize("of", ["triggers", "conditions"])
def test_every_trigger_and_condition_is_described_in_full(of: str) -> None:
    """Each one and each of its fields has a name and a description, each one an icon, each option a label."""
    texts, icons = _read("translations/en.json"), _read("icons.json")
    described = {
        key: each
        for key, each in _read(f"{of}.yaml").items()
        if not key.startswith(".")
    }
    assert set(described) == set(texts[of]) == set(icons[of])
    for key, each in described.items():
        text = texts[of][key]
        assert text["name"]
        assert text["description"].endswith(".")
        assert set(text["fields"]) == set(each["fields"])
        for name, field in each["fields"].items():
            assert text["fields"][name]["name"]
            assert text["fields"][name]["description"].endswith(".")
            validate_selector(field["selector"])
            if select := field["selector"].get("select"):
                labels = texts["selector"][select["translation_key"]]["options"]
                assert list(labels) == select["options"]


def test_generating_again_restores_what_was_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The check fails on stale files; writing mends them and leaves the rest alone. An icon is chosen by hand."""
    (tmp_path / "translations").mkdir()
    for path in generated(ENCORE):
        content = _read(str(path.relative_to(ENCORE)))
        if "services" in content:
            content["services"].pop("get_plays")
        else:
            content.pop("get_plays")
        text = (
            yaml.dump(content, sort_keys=False)
            if path.suffix == ".yaml"
            else json.dumps(content)
        )
        (tmp_path / path.relative_to(ENCORE)).write_text(text, encoding="utf-8")
    monkeypatch.setattr("script.generate_descriptions.ENCORE", tmp_path)
    monkeypatch.setattr("sys.argv", ["generate-descriptions", "--check"])
    with pytest.raises(SystemExit) as failed:
        main()
    assert failed.value.code == 1
    assert capsys.readouterr().out.count("is out of date") == 4
    monkeypatch.setattr("sys.argv", ["generate-descriptions"])
    main()
    for path in generated(ENCORE):
        copy = (tmp_path / path.relative_to(ENCORE)).read_text(encoding="utf-8")
        whole = path.read_text(encoding="utf-8")
        if path.name == "icons.json":
            known = json.loads(whole)["services"]["get_plays"]
            made = json.loads(copy)
            assert made["services"]["get_plays"] == NEW_ICON != known
            made["services"]["get_plays"] = known
            copy = json.dumps(made, ensure_ascii=False, indent=2) + "\n"
        assert copy == whole
    monkeypatch.setattr("sys.argv", ["generate-descriptions", "--check"])
    main()
