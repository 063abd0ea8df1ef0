"""Write the address of the repository into every file that names it."""

from pathlib import Path
import re
import subprocess
import sys
import tomllib
from typing import Final

from .release import INTEGRATION, ROOT
from .release_errors import ReleaseError

EXAMPLE: Final = "https://example.com/encore"
"""What stands there until the repository has an address; nobody can register it (RFC 2606)."""

_REPOSITORY: Final = re.compile(
    r"(?P<owner>[A-Za-z\d](?:[A-Za-z\d-]{0,38}))/(?P<name>[\w.-]+)"
)
_BADGES: Final = re.compile(
    r"<!-- (?P<kind>HACS badge|badges) -->.*?<!-- end of (?P=kind) -->", re.DOTALL
)
_CODEOWNERS: Final = re.compile(r'("codeowners":\s*)\[[^\]]*\]')
_MANIFEST: Final = (INTEGRATION / "manifest.json").relative_to(ROOT).as_posix()
_BUILT: Final = "custom_components/encore/panel/"
"""Made from frontend/, whose build names the address too."""


def address(root: Path = ROOT) -> str:
    """Return the address of a repository, as its pyproject.toml has it."""
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    return str(project["urls"]["Repository"])


def check_address(tag: str | None) -> None:
    """Raise `ReleaseError` for a release, which has a tag, of a repository that still has the example address."""
    if tag and address() == EXAMPLE:
        raise ReleaseError(
            "The repository has no address yet; run script/set-repository OWNER/NAME, then script/frontend."
        )


def set_repository(owner: str, name: str, root: Path = ROOT) -> list[str]:
    """Replace the address in the tracked files of a folder; return the files that changed, sorted."""
    old, new = address(root), f"https://github.com/{owner}/{name}"
    changed = []
    for file in _tracked(root):
        path = root / file
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        written = text.replace(old, new)
        if file == "README.md":
            written = _BADGES.sub(
                lambda found: _badges(found["kind"], owner, name), written
            )
        if file == _MANIFEST:
            written = _CODEOWNERS.sub(rf'\1["@{owner}"]', written)
        if written != text:
            path.write_text(written)
            changed.append(file)
    return changed


def _tracked(root: Path) -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=root, check=True, capture_output=True, text=True
    )
    return sorted(
        file
        for file in listed.stdout.splitlines()
        if file != "script/set_repository.py"
        and not file.startswith(_BUILT)
        and (root / file).is_file()
    )


def _badges(kind: str, owner: str, name: str) -> str:
    """Return a part of the README: what adds the repository to HACS, or the badges of its release and its tests."""
    home = f"https://github.com/{owner}/{name}"
    if kind == "HACS badge":
        target = f"https://my.home-assistant.io/redirect/hacs_repository/?owner={owner}&repository={name}&category=integration"
        picture = "https://my.home-assistant.io/badges/hacs_repository.svg"
        shown = (
            f"[![Open your Home Assistant and add Encore to HACS]({picture})]({target})"
        )
    else:
        shields = f"https://img.shields.io/github/v/release/{owner}/{name}"
        tests = f"{home}/actions/workflows/tests.yml"
        shown = (
            f"[![Release]({shields})]({home}/releases) "
            f"[![Tests]({tests}/badge.svg)]({tests}) "
            f"[![HACS](https://img.shields.io/badge/HACS-custom-41BDF5.svg)](https://hacs.xyz)"
        )
    return f"<!-- {kind} -->{shown}<!-- end of {kind} -->"


def main() -> int:
    """Set the repository that the command line names, say what changed, and return the exit code."""
    given = _REPOSITORY.fullmatch(sys.argv[1]) if len(sys.argv) == 2 else None
    if given is None:
        print("usage: script/set-repository OWNER/NAME", file=sys.stderr)
        return 2
    for file in set_repository(given["owner"], given["name"]):
        print(f"set-repository: {file}")
    print("set-repository: run script/frontend, then commit")
    return 0


if __name__ == "__main__":
    sys.exit(main())
