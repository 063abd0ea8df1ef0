"""The repository's address: in every file that names it, from one command."""

import json
from pathlib import Path
import subprocess

import pytest

from script import set_repository
from script.release_errors import ReleaseError


@pytest.fixture(name="clone")
def _clone(tmp_path: Path) -> Path:
    """Return a small repository that names its address as this one does, in the folder of a test."""
    old = set_repository.address()
    manifest = {"codeowners": ["@example"], "documentation": old}
    files = {
        "pyproject.toml": f'[project]\nurls.Repository = "{old}"',
        "README.md": f"<!-- badges --><!-- end of badges -->\n\nAdd `{old}`.\n\n<!-- HACS badge --><!-- end of HACS badge -->\n",
        "custom_components/encore/manifest.json": json.dumps(manifest, indent=2),
        "docs/troubleshooting.md": f"[an issue]({old}/issues)",
        "docs/images/panel.png": "\x89",
        "custom_components/encore/panel/cards.js": f'"{old}"',
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="latin-1")
    (tmp_path / "untracked.md").write_text(old)
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", *files], cwd=tmp_path, check=True)
    return tmp_path


def test_every_tracked_file_gets_the_address(clone: Path) -> None:
    """The manifest has its owner, too; pictures, built files and what is not tracked stay as they are."""
    changed = set_repository.set_repository("someone", "encore", clone)
    new = "https://github.com/someone/encore"
    assert changed == [
        "README.md",
        "custom_components/encore/manifest.json",
        "docs/troubleshooting.md",
        "pyproject.toml",
    ]
    manifest = json.loads((clone / changed[1]).read_text())
    assert manifest == {"codeowners": ["@someone"], "documentation": new}
    assert (
        clone / "docs/troubleshooting.md"
    ).read_text() == f"[an issue]({new}/issues)"
    readme = (clone / "README.md").read_text()
    assert f"Add `{new}`" in readme
    assert "hacs_repository/?owner=someone&repository=encore&category" in readme
    assert f"({new}/actions/workflows/tests.yml/badge.svg)" in readme
    assert "/v/release/someone/encore)" in readme
    assert new not in (clone / "untracked.md").read_text()


def test_the_address_can_be_set_again(clone: Path) -> None:
    """The badge is replaced, not added once more."""
    set_repository.set_repository("someone", "encore", clone)
    set_repository.set_repository("other", "encore", clone)
    assert set_repository.address(clone) == "https://github.com/other/encore"
    assert (clone / "README.md").read_text().count("owner=other") == 1
    assert "owner=someone" not in (clone / "README.md").read_text()


@pytest.mark.parametrize("wrong", ["encore", "a/b/c", "-a/encore", "a b/encore", "a/"])
def test_what_is_no_repository_is_refused(
    wrong: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command says how it is used, and changes nothing."""
    monkeypatch.setattr("sys.argv", ["set-repository", wrong])
    assert set_repository.main() == 2
    assert "OWNER/NAME" in capsys.readouterr().err


def test_an_example_address_is_not_released(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a tag makes a release; what CI checks of each change has none."""
    monkeypatch.setattr(set_repository, "address", lambda: set_repository.EXAMPLE)
    set_repository.check_address(None)
    with pytest.raises(ReleaseError, match="set-repository"):
        set_repository.check_address("1.0.0")
    monkeypatch.setattr(set_repository, "address", lambda: "https://github.com/a/b")
    set_repository.check_address("1.0.0")
