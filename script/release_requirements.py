"""The manifest's requirements: what the integration imports, as ranges, with a wheel for every machine."""

import ast
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
import importlib.metadata
import json
from pathlib import Path
import sys
from tempfile import TemporaryDirectory

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from custom_components.encore.runtime.store.store_opening import POSTGRESQL_DRIVER

from .release import INTEGRATION, shipped
from .release_errors import ReleaseError
from .uv import PYTHON, UvError, constraints, uv

PLATFORMS = (
    # Home Assistant's own images are Alpine; everything else in use is glibc.
    "aarch64-unknown-linux-musl",
    "x86_64-unknown-linux-musl",
    "aarch64-unknown-linux-gnu",
    "x86_64-unknown-linux-gnu",
)
NEIGHBOURS = ("sonos", "spotify")
"""Integrations of Home Assistant that people run beside Encore, and whose pins share its site-packages."""

ON_DEMAND = (POSTGRESQL_DRIVER,)
"""What Encore has installed where it is needed, beside the manifest's requirements."""

OURS = {"custom-components", "homeassistant"}
"""What is there whenever the integration is."""


def manifest_requirements() -> list[str]:
    """Return the requirements as the manifest states them."""
    manifest = json.loads((INTEGRATION / "manifest.json").read_text())
    return list(manifest["requirements"])


def check_ranges() -> None:
    """Raise `ReleaseError` when a requirement is pinned: all integrations share one site-packages."""
    for line in (*manifest_requirements(), *ON_DEMAND):
        if any(part.operator in ("==", "===") for part in Requirement(line).specifier):
            raise ReleaseError(
                f"{line} is pinned; give it a range, so that other integrations can use it too."
            )


def check_imports() -> None:
    """Raise `ReleaseError` unless the manifest and `ON_DEMAND` name what the integration imports, and nothing else.

    What Home Assistant itself requires needs no mention.
    """
    providers = importlib.metadata.packages_distributions()
    used = {
        canonicalize_name(distribution)
        for module in imported()
        for distribution in providers.get(module, [module])
    }
    stated = {_name(line) for line in (*manifest_requirements(), *ON_DEMAND)}
    core = {_name(line) for line in importlib.metadata.requires("homeassistant") or []}
    if missing := used - stated - core - OURS:
        raise ReleaseError(
            f"manifest.json lacks what the integration imports: {_listed(missing)}."
        )
    if unused := stated - used:
        raise ReleaseError(
            f"manifest.json asks for what the integration never imports: {_listed(unused)}."
        )


def imported() -> Iterator[str]:
    """Yield the top-level names that the integration imports from outside and outside Python's library."""
    for path in shipped():
        if path.suffix != ".py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Import(names=names):
                    modules = [name.name for name in names]
                case ast.ImportFrom(module=str(module), level=0):
                    modules = [module]
                case _:
                    continue
            for module in modules:
                top = module.partition(".")[0]
                if top not in sys.stdlib_module_names:
                    yield top


def check_wheels() -> None:
    """Raise `ReleaseError` when a platform lacks a wheel for something that is installed anywhere."""
    wanted = [*manifest_requirements(), *ON_DEMAND]
    with ThreadPoolExecutor() as threads:
        # Listed, so that the first failure is raised.
        list(threads.map(lambda platform: resolve_wheels(platform, wanted), PLATFORMS))


def check_neighbours() -> None:
    """Raise `ReleaseError` when a requirement excludes the versions that `NEIGHBOURS` pin."""
    components = constraints(PYTHON).parent / "components"
    wanted = [*manifest_requirements(), *ON_DEMAND]
    for domain in NEIGHBOURS:
        manifest = json.loads((components / domain / "manifest.json").read_text())
        wanted += manifest["requirements"]
    resolve_wheels(PLATFORMS[0], wanted)


def resolve_wheels(platform: str, requirements: list[str]) -> None:
    """Resolve under Home Assistant's constraints to wheels only; raise `ReleaseError` when that fails."""
    with TemporaryDirectory() as scratch:
        wanted = Path(scratch, "wanted.in")
        wanted.write_text("\n".join(requirements))
        try:
            uv(
                *("pip", "compile", "--quiet", "--only-binary", ":all:"),
                *("--python-version", "3.14", "--python-platform", platform),
                *("--constraints", constraints(PYTHON), wanted),
            )
        except UvError as err:
            raise ReleaseError(
                f"The requirements do not install on {platform} without a compiler:\n{err}"
            ) from err


def _name(requirement: str) -> str:
    return canonicalize_name(Requirement(requirement).name)


def _listed(names: Collection[str]) -> str:
    return ", ".join(sorted(names))
