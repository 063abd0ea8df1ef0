"""The notes of a release: what CHANGELOG.md has under its version."""

import re

from .release import ARCHIVE, ROOT
from .release_errors import ReleaseError
from .release_version import manifest_version
from .set_repository import address


def notes(version: str) -> str:
    """Return what changed in a version, as GitHub shows it with the release; raise `ReleaseError` where nothing is written.

    Links to pages of the repository lead to them as they are at the release's tag, `v` and the version.
    """
    changelog = (ROOT / "CHANGELOG.md").read_text()
    section = re.search(
        rf"^## {re.escape(version)}\b[^\n]*\n(.*?)(?=^## |\Z)",
        changelog,
        re.MULTILINE | re.DOTALL,
    )
    if section is None or not section[1].strip():
        raise ReleaseError(f"CHANGELOG.md says nothing about {version}.")
    pages = f"{address()}/blob/v{version}/"
    written = re.sub(r"\]\((?!\w+:)", f"]({pages}", section[1].strip())
    return f"{written}\n"


def main() -> None:
    """Write the notes of the manifest's version beside the ZIP."""
    path = ARCHIVE.with_name("notes.md")
    path.parent.mkdir(exist_ok=True)
    path.write_text(notes(manifest_version()), encoding="utf-8")
    print(f"release: {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
