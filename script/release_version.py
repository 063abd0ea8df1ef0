"""The version, which three files must agree on."""

import json
import re
import tomllib

from .release import INTEGRATION, ROOT
from .release_errors import ReleaseError


def manifest_version() -> str:
    """Return the version of the manifest."""
    return str(json.loads((INTEGRATION / "manifest.json").read_text())["version"])


def check_version(tag: str | None) -> None:
    """Raise `ReleaseError` when the files disagree on the version, or with the release's tag where there is one."""
    changelog = (ROOT / "CHANGELOG.md").read_text()
    newest = re.search(r"^## (\d\S*)", changelog, re.MULTILINE)
    versions = {
        "manifest.json": manifest_version(),
        "pyproject.toml": tomllib.loads((ROOT / "pyproject.toml").read_text())[
            "project"
        ]["version"],
        "CHANGELOG.md": newest[1] if newest else "no version",
    }
    if tag:
        versions["the tag"] = tag
    if len(set(versions.values())) > 1:
        said = ", ".join(f"{file} says {version}" for file, version in versions.items())
        raise ReleaseError(f"Not one version everywhere: {said}.")
