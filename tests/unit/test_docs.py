"""README and docs: links, length, and the list of what the simulators can do wrong."""

import dataclasses
from pathlib import Path
import re
from typing import Final

import pytest

from simulator.sonos.fault_hooks import FAULT_HOOKS
from simulator.spotify.faults import FaultKind
from simulator.spotify.manners import Manners

ROOT: Final = Path(__file__).parents[2]
PAGES: Final = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))
)
LINK: Final = re.compile(r"\]\(([^)\s]+)\)")
HEADING: Final = re.compile(r"^#+ (.+)$", re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """Return what a page's headings are linked by, as GitHub makes it."""
    headings = HEADING.findall(page.read_text())
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in headings
    }


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_page_and_a_heading(page: str) -> None:
    """Links to other sites are not followed."""
    for target in LINK.findall((ROOT / page).read_text()):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        linked = ((ROOT / page).parent / path).resolve() if path else ROOT / page
        assert linked.exists(), target
        assert not anchor or anchor in anchors(linked), target


@pytest.mark.parametrize("page", PAGES)
def test_no_page_is_long(page: str) -> None:
    """Signs such as those of tables are no words."""
    words = [
        word for word in (ROOT / page).read_text().split() if re.search(r"\w", word)
    ]
    assert len(words) <= (700 if page == "README.md" else 1500)


OWN_WORDS: Final = re.compile(
    r"\b(told|tells|heard|the (whole )?house|windows?|whoever|so many|anew|of late)\b",
    re.IGNORECASE,
)
"""Words of Encore's own for what Home Assistant and its users call otherwise."""


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if not page.startswith("docs/adr/")],
)
def test_a_page_is_in_the_words_of_its_readers(page: str) -> None:
    """Code has names of its own, and so have people, whose sentences are quoted or stand in lists of sentences."""
    text = re.sub(
        r"```.*?```|`[^`\n]*`|“[^”]*”", "", (ROOT / page).read_text(), flags=re.DOTALL
    )
    if page == "docs/questions/sentences.md":
        text = re.sub(r"^- .+$", "", text, flags=re.MULTILINE)
    assert OWN_WORDS.findall(text) == []


def test_every_page_is_in_the_index() -> None:
    """Pages of a folder of their own are in the page of that name."""
    index = (ROOT / "docs" / "README.md").read_text()
    pages = {path.name for path in (ROOT / "docs").glob("*.md")} - {"README.md"}
    assert pages <= set(LINK.findall(index))
    for path in (ROOT / "docs").glob("*/*.md"):
        folder = path.parent
        over = (
            folder / "README.md" if folder.name == "adr" else folder.with_suffix(".md")
        )
        linked = {
            (over.parent / target.partition("#")[0]).resolve()
            for target in LINK.findall(over.read_text())
        }
        assert path in linked | {over}, path


def test_every_fault_of_the_simulators_is_on_their_page() -> None:
    """With where it was seen, in the same row."""
    page = (ROOT / "docs" / "simulator.md").read_text()
    rows = [line for line in page.splitlines() if line.startswith("| ")]
    faults = {
        *FaultKind,
        *(each.name for each in dataclasses.fields(Manners)),
        *FAULT_HOOKS,
    }
    missing = {
        fault
        for fault in faults
        if not any(re.search(rf"`{fault}\b", row.rsplit("|", 2)[0]) for row in rows)
    }
    assert missing == set()
    assert [row for row in rows if not row.rsplit("|", 2)[1].strip()] == []
