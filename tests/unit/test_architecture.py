"""The map in docs/architecture.md shows the house as it is."""

import re

import pytest

from script.import_graph import PAGE, circles, drawing, imports
from tests.texts import INTEGRATION

TEXT = PAGE.read_text(encoding="utf-8")
WHERE = re.findall(r"^\| ([^|]+) \| `([a-z_/]+\.py)` \|$", TEXT, re.MULTILINE)


def test_the_drawing_is_that_of_the_imports() -> None:
    """`script/import-graph` draws it."""
    assert drawing(imports()) in TEXT


def test_imports_run_downward_among_few_packages() -> None:
    """And every package has its line."""
    found = imports()
    assert circles(found) == []
    assert len(found) <= 25
    assert set(re.findall(r"^\| `([a-z]+)` \|", TEXT, re.MULTILINE)) == set(found)


def test_a_circle_would_be_seen() -> None:
    """However long it is."""
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [
        ["a", "b", "c"]
    ]


@pytest.mark.parametrize(("behavior", "path"), WHERE)
def test_a_behavior_is_found_by_its_path(behavior: str, path: str) -> None:
    """The file exists, and its path has a word of what somebody looks for."""
    assert (INTEGRATION / path).exists()
    words = {word[:4].lower() for word in re.findall(r"\w{4,}", behavior)}
    assert words & {part[:4] for part in re.split(r"[/_.]", path)}


def test_the_files_of_the_walks_exist() -> None:
    """A walk that leads nowhere is worse than none."""
    names = {path.name for path in INTEGRATION.rglob("*.py")}
    walks = TEXT.split("## Walks")[1].split("## Where")[0]
    for path in re.findall(r"`([a-z_/]+\.py)`", walks):
        assert (INTEGRATION / path).exists() or path in names, path
    assert len(WHERE) >= 20
