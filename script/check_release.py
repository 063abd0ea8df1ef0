"""Hold a release against what users need."""

from collections.abc import Callable
import sys

from .bare_house import check_bare_house
from .release import build
from .release_errors import ReleaseError
from .release_notes import notes
from .release_requirements import (
    PLATFORMS,
    check_imports,
    check_neighbours,
    check_ranges,
    check_wheels,
)
from .release_version import check_version, manifest_version
from .set_repository import check_address
from .untranslated import untranslated


def check_translated(version: str | None) -> None:
    """Hold every language against English. Raises ReleaseError for gaps where a version is released, else prints them."""
    gaps = ", ".join(
        f"{language} lacks {len(missing)}"
        for language, missing in untranslated().items()
        if missing
    )
    if gaps and version is not None:
        raise ReleaseError(f"not translated: {gaps}; script/untranslated lists it")
    if gaps:
        print(f"check-release: to be translated before a release: {gaps}")


CHECKS: dict[str, Callable[[], object]] = {
    "an address of the repository": lambda: check_address(_tag()),
    "one version everywhere": lambda: check_version(_tag()),
    "notes of the version": lambda: notes(_tag() or manifest_version()),
    "every language says what English says": lambda: check_translated(_tag()),
    "requirements are ranges": check_ranges,
    "requirements are what is imported": check_imports,
    f"wheels for {', '.join(PLATFORMS)}": check_wheels,
    "room for the versions that Home Assistant's own integrations pin": check_neighbours,
    "the ZIP sets up in a bare Home Assistant": lambda: check_bare_house(build()),
}


def _tag() -> str | None:
    """Return the version that the release's tag says, where one is released."""
    return next(iter(sys.argv[1:]), None)


def main() -> int:
    """Run every check, stop at the first that fails, and return the exit code."""
    for name, check in CHECKS.items():
        print(f"check-release: {name}", flush=True)
        try:
            check()
        except ReleaseError as err:
            print(f"check-release: {err}", file=sys.stderr)
            return 1
    print("check-release: good to release")
    return 0


if __name__ == "__main__":
    sys.exit(main())
