"""The release: what is in the ZIP, what its notes say, and the forms in which people report."""

import json
from pathlib import Path
import re
from typing import Any
from zipfile import ZipFile

import pytest
import yaml

from homeassistant.util.yaml import load_yaml_dict
from script import release, release_notes
from script.release_errors import ReleaseError
from script.release_version import check_version, manifest_version
from script.set_repository import address
from tests.texts import INTEGRATION

ROOT = Path(__file__).parents[2]
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[!c]*.yml"))


def test_the_zip_is_the_integration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HACS unpacks it into the folder of the integration; the same sources make the same bytes."""
    monkeypatch.setattr(release, "ARCHIVE", tmp_path / "dist" / "encore.zip")
    archive = release.build()
    made = archive.read_bytes()
    assert release.build().read_bytes() == made
    zipped = ZipFile(archive)
    names = zipped.namelist()
    assert json.loads(zipped.read("manifest.json"))["version"] == manifest_version()
    assert {"__init__.py", "translations/en.json", "brand/icon.png"} <= set(names)
    assert not [
        name for name in names if "__pycache__" in name or name.startswith((".", "/"))
    ]
    assert json.loads((ROOT / "hacs.json").read_text())["filename"] == archive.name


def test_one_version_everywhere() -> None:
    """Another tag is refused."""
    check_version(manifest_version())
    with pytest.raises(ReleaseError, match="the tag says 0"):
        check_version("0.0.1")


def test_the_notes_are_the_changelogs() -> None:
    """Of the version and no other, with links that lead out of the page of the release."""
    version = manifest_version()
    notes = release_notes.notes(version)
    assert notes.startswith("The first release.")
    assert "### Added" in notes
    assert "## " not in notes.replace("### ", "")
    assert f"]({address()}/blob/v{version}/docs/upgrade.md)" in notes
    assert re.findall(r"\]\((?!https://)", notes) == []
    with pytest.raises(ReleaseError, match="nothing about 0"):
        release_notes.notes("0.0.1")


def test_a_version_takes_at_most_sixty_lines() -> None:
    """Longer, and nobody reads it."""
    newest = (ROOT / "CHANGELOG.md").read_text().split("\n## ")[1]
    assert len(newest.splitlines()) <= 60


def test_a_tag_makes_the_release() -> None:
    """It is checked before anything is published, and never there without its ZIP."""
    workflow = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text())
    # YAML reads the key `on` as a truth value.
    assert workflow[True] == {"push": {"tags": ["v*"]}}
    commands = [
        step["run"] for step in workflow["jobs"]["zip"]["steps"] if "run" in step
    ]
    check, build, publish = commands
    assert check == 'script/check-release "${GITHUB_REF_NAME#v}"'
    assert build == "script/release"
    assert "dist/encore.zip" in publish
    assert "dist/notes.md" in publish


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_a_form_is_one_that_github_shows(form: Path) -> None:
    """With what GitHub asks of forms: a name, a description, and fields with ids of their own."""
    read: dict[str, Any] = yaml.safe_load(form.read_text())
    assert read.keys() >= {"name", "description", "body"}
    fields = [field for field in read["body"] if field["type"] != "markdown"]
    assert len({field["id"] for field in fields}) == len(fields)
    for field in read["body"]:
        assert field["type"] in {"markdown", "input", "textarea", "dropdown"}
        said = "value" if field["type"] == "markdown" else "label"
        assert field["attributes"][said]
    assert any(field.get("validations", {}).get("required") for field in fields)


def test_there_is_a_form_for_each_kind_of_report() -> None:
    """And none without one."""
    assert [form.stem for form in FORMS] == ["bug", "feature", "sentence"]
    config = yaml.safe_load((FORMS[0].parent / "config.yml").read_text())
    assert config["blank_issues_enabled"] is False


def test_every_action_with_a_new_name_is_there() -> None:
    """The page says how actions of development versions are called now; none of the old names is one."""
    page = (ROOT / "docs" / "upgrade.md").read_text()
    table = page.split("## Actions with new names")[1]
    renamed = dict(re.findall(r"^\| `(\w+)` \| `(\w+)` \|$", table, re.MULTILINE))
    actions = set(load_yaml_dict(INTEGRATION / "services.yaml"))
    assert len(renamed) > 50
    assert set(renamed.values()) <= actions
    assert set(renamed).isdisjoint(actions)
