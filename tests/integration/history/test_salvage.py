"""What can still be read of a damaged store is saved; one bad page does not cost the whole history."""

from collections.abc import Iterator
from pathlib import Path
import sqlite3

import pytest

from custom_components.encore.history.errors import SalvageFailed, StoreBroken
from custom_components.encore.history.history import History
from custom_components.encore.history.model import Play
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.history.recovery.salvage import (
    SALVAGED,
    Salvaged,
    salvage,
)
from tests.unit.history.memory import (
    ALL,
    BEN,
    HOUR,
    KITCHEN,
    NOON,
    OTHER,
    SONG,
    content,
    exported,
    live,
    span,
)

PAGE = 4096
MANY = 3_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the store is."""
    return tmp_path / "encore.db"


def opened(path: Path, **how: bool) -> History:
    """Return an open history in a file."""
    history = History(f"sqlite:///{path}")
    history.open(**how)
    return history


def plays(history: History) -> list[Play]:
    """Return all plays, the oldest first."""
    return history.ask(
        lambda queries: queries.plays(ALL, min_ms=0, newest_first=False),
        hidden=NOBODY_HIDDEN,
    ).result()


@pytest.fixture
def before(path: Path) -> list[Play]:
    """Fill a store, and return its plays."""
    history = opened(path)
    history.append(
        [
            live(
                NOON + place * HOUR,
                item=OTHER if place % 3 else SONG,
                rooms=(
                    span(KITCHEN, NOON + place * HOUR - 200_000, NOON + place * HOUR),
                ),
            )
            for place in range(MANY)
        ]
    ).result()
    history.append(
        [exported(NOON + place * HOUR, listener=BEN) for place in range(300)]
    ).result()
    reported = plays(history)
    history.close()
    return reported


def pages_of(path: Path, table: str) -> list[int]:
    """Return the leaf pages of a table, in the order of its rows."""
    connection = sqlite3.connect(path)
    try:
        [(root,)] = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)
        )
    finally:
        connection.close()
    return list(_leaves(path.read_bytes(), root))


def _leaves(raw: bytes, number: int) -> Iterator[int]:
    page = raw[(number - 1) * PAGE : number * PAGE]
    kind, cells = page[0], int.from_bytes(page[3:5])
    if kind in {0x0A, 0x0D}:
        yield number
        return
    for place in range(cells):
        at = int.from_bytes(page[12 + 2 * place : 14 + 2 * place])
        yield from _leaves(raw, int.from_bytes(page[at : at + 4]))
    yield from _leaves(raw, int.from_bytes(page[8:12]))


def damage(path: Path, *pages: int) -> None:
    """Write nonsense over pages."""
    raw = bytearray(path.read_bytes())
    for number in pages:
        raw[(number - 1) * PAGE : number * PAGE] = b"\x5a" * PAGE
    path.write_bytes(raw)


def moved_aside(path: Path) -> Path:
    """Open a damaged store, and return where its file lies then."""
    with pytest.raises(StoreBroken) as broken:
        opened(path)
    return broken.value.moved_to


def saved(damaged: Path, path: Path) -> tuple[Salvaged, list[Play]]:
    """Salvage, and return what that came to and the plays of the new store."""
    done = salvage(damaged, path)
    history = opened(path, must_exist=True, thoroughly=True)
    try:
        return done, plays(history)
    finally:
        history.close()


@pytest.mark.parametrize(
    "places", [[0], [5], [-1], [0, 20], [3, 4, 5], [2, 9, 21], [0, -1]]
)
def test_a_damaged_page_of_observations_costs_what_is_on_it(
    path: Path, before: list[Play], places: list[int]
) -> None:
    """Wherever it is, and also where there are several."""
    leaves = pages_of(path, "observation")
    damage(path, *(leaves[place] for place in places))
    damaged = moved_aside(path)
    untouched = damaged.read_bytes()
    done, after = saved(damaged, path)
    assert damaged.read_bytes() == untouched
    expected = len(before) * (1 - len(places) / len(leaves))
    assert len(after) == pytest.approx(expected, abs=0.02 * len(before))
    assert set(map(str, content(after))) <= set(map(str, content(before)))
    assert done.unreadable >= 1
    assert not done.cancelled


def test_plays_are_derived_again_where_their_own_pages_are_damaged(
    path: Path, before: list[Play]
) -> None:
    """Nothing is lost then: they follow from the observations."""
    damage(path, *pages_of(path, "play")[2:5])
    done, after = saved(moved_aside(path), path)
    assert content(after) == content(before)
    assert done.plays_changed > 0


@pytest.mark.parametrize("table", ["listener", "room", "artist"])
def test_names_are_taken_from_an_index(
    path: Path, before: list[Play], table: str
) -> None:
    """The page of the listeners alone would else cost every play."""
    damage(path, *pages_of(path, table))
    _, after = saved(moved_aside(path), path)
    assert len(after) == len(before)
    assert {play.listener.key for play in after} == {
        play.listener.key for play in before
    }


def test_a_damaged_index_costs_nothing(path: Path, before: list[Play]) -> None:
    """What it is made of is whole."""
    damage(path, *pages_of(path, "sqlite_autoindex_play_1"))
    done, after = saved(moved_aside(path), path)
    assert content(after) == content(before)
    assert done.unreadable == 0


def test_a_file_of_which_nothing_can_be_read_is_left_alone(path: Path) -> None:
    """No empty store is made of it."""
    path.write_bytes(b"this is no database" * 500)
    damaged = moved_aside(path)
    with pytest.raises(SalvageFailed):
        salvage(damaged, path)
    assert sorted(each.name for each in path.parent.iterdir()) == [damaged.name]


def test_it_can_be_stopped(path: Path, before: list[Play]) -> None:
    """Then there is no store, and nothing half made."""
    damage(path, pages_of(path, "observation")[3])
    damaged = moved_aside(path)
    assert salvage(damaged, path, stopped=lambda: True).cancelled
    assert not path.exists()
    assert not path.with_name(path.name + SALVAGED).exists()


def test_a_store_that_is_there_again_is_not_replaced(
    path: Path, before: list[Play]
) -> None:
    """Somebody may have restored a backup meanwhile."""
    damaged = moved_aside_whole = path.rename(path.with_name("whole"))
    path.write_bytes(b"restored")
    with pytest.raises(SalvageFailed, match="a store again"):
        salvage(moved_aside_whole, path)
    assert path.read_bytes() == b"restored"
    assert damaged.exists()


def test_progress_goes_on_to_the_end(path: Path, before: list[Play]) -> None:
    """In percent, and in rows."""
    damage(path, pages_of(path, "observation")[3])
    reported: list[tuple[int, int]] = []
    salvage(moved_aside(path), path, progress=lambda *now: reported.append(now))
    percents = [percent for _, percent in reported]
    assert percents == sorted(percents)
    assert percents[-1] == 99
    assert reported[-1][0] > MANY
