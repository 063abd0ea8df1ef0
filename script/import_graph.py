"""Draw the imports between the integration's packages, for docs/architecture.md."""

import argparse
from pathlib import Path
import re
import sys
from typing import Final

import grimp

PACKAGE: Final = "custom_components.encore"
PAGE: Final = Path(__file__).parents[1] / "docs" / "architecture.md"
PLACE: Final = re.compile(
    r"(<!-- import graph[^\n]*-->\n).*?(<!-- end of import graph -->)", re.DOTALL
)


def imports() -> dict[str, set[str]]:
    """Return which packages of the integration each of them imports from; modules at the top are none."""
    graph = grimp.build_graph("custom_components", cache_dir=None)
    modules = graph.find_descendants(PACKAGE)
    packages = {
        child for child in graph.find_children(PACKAGE) if graph.find_children(child)
    }
    found: dict[str, set[str]] = {name_of(package): set() for package in packages}
    for module in modules:
        importer = package_of(module)
        for imported in graph.find_modules_directly_imported_by(module):
            target = package_of(imported)
            if {importer, target} <= found.keys() and importer != target:
                found[importer].add(target)
    return found


def name_of(package: str) -> str:
    """Return the name of a package without that of the integration."""
    return package.removeprefix(f"{PACKAGE}.")


def package_of(module: str) -> str:
    """Return the package of the integration that a module belongs to."""
    return name_of(module).split(".", 1)[0]


def circles(found: dict[str, set[str]]) -> list[list[str]]:
    """Return packages that import one another by some way, each circle once; none where imports run downward."""
    return [
        sorted(each)
        for each in {frozenset(_circle(found, one)) for one in found}
        if each
    ]


def _circle(found: dict[str, set[str]], one: str) -> set[str]:
    return {other for other in _below(found, one) if one in _below(found, other)}


def _below(found: dict[str, set[str]], one: str) -> set[str]:
    seen: set[str] = set()
    waiting = [*found[one]]
    while waiting:
        if (package := waiting.pop()) not in seen:
            seen.add(package)
            waiting += found[package]
    return seen


def drawing(found: dict[str, set[str]]) -> str:
    """Return a Mermaid graph; an arrow that others already imply is left out."""
    lines = ["```mermaid", "graph TD"]
    for package in sorted(found):
        implied = {each for other in found[package] for each in _below(found, other)}
        lines += [
            f"  {package} --> {other}" for other in sorted(found[package] - implied)
        ]
    return "\n".join([*lines, "```", ""])


def main() -> None:
    """Write the drawing, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare")
    check = parser.parse_args().check
    page = PAGE.read_text(encoding="utf-8")
    drawn = PLACE.sub(lambda match: match[1] + drawing(imports()) + match[2], page)
    if drawn == page:
        return
    if check:
        sys.exit(
            "docs/architecture.md does not show the imports as they are; run script/import-graph"
        )
    PAGE.write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    main()
