"""The names in memory follow the store."""

from dataclasses import replace
from pathlib import Path

import pytest

from custom_components.encore.history.history import History
from custom_components.encore.history.model import Item, Kind
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.history.search import name_cache

from .exports import row, zipped
from .memory import ALVA, DAY, NOON, SONG, exported, live


def song(number: int) -> Item:
    """Return one of many songs."""
    uri, title = f"spotify:track:{number}", f"Song {number:05}"
    return Item(uri, Kind.TRACK, title, ("Ann",), f"Album {number}")


def names(history: History, text: str) -> list[str]:
    """Return the names of what is found."""
    found = history.ask(
        lambda queries: queries.find(text), hidden=NOBODY_HIDDEN
    ).result()
    return [thing.name for thing in found.things]


def test_what_was_just_played_is_found(history: History) -> None:
    """Also artists and albums that are new with it, and after more came."""
    history.append([live(NOON, item=song(1))]).result()
    assert names(history, "00001") == ["Song 00001"]
    for number in (2, 3):
        history.append([live(NOON + number * DAY, item=song(number))]).result()
        assert names(history, f"0000{number}") == [f"Song 0000{number}"]
        assert names(history, f"album {number}")[0] == f"Album {number}"
    assert names(history, "00001") == ["Song 00001"]


def test_a_new_name_replaces_the_one_before(history: History) -> None:
    """Whether it was read at first or since."""
    nameless = Item(SONG.uri, Kind.TRACK, "", ())
    history.append([live(NOON, item=nameless), live(NOON + DAY, item=song(1))]).result()
    assert names(history, SONG.title) == []
    history.append([live(NOON + 2 * DAY)]).result()
    assert names(history, SONG.title)[0] == SONG.title


def test_what_was_just_played_is_found_as_it_sounds(history: History) -> None:
    """A new name, and a better one, by which alone it is found from then on."""
    history.append([exported(NOON, item=replace(SONG, title="Kashmir"))]).result()
    assert names(history, "cashmere") == ["Kashmir"]
    new = Item("spotify:track:new", Kind.TRACK, "Night Train", ("Ann",))
    history.append([live(NOON + DAY, item=new)]).result()
    assert names(history, "nite train") == ["Night Train"]
    history.append([live(NOON + 2 * DAY, item=replace(SONG, title="Tibet"))]).result()
    assert names(history, "cashmere") == []
    assert names(history, "tibbit") == ["Tibet"]


def test_more_than_an_asker_waits_for_is_found_soon(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are read in a thread; until then answers are those of before."""
    monkeypatch.setattr(name_cache, "AT_ONCE", 2)
    history.append([live(NOON, item=song(1))]).result()
    assert names(history, "song") == ["Song 00001"]
    history.append([live(NOON + n * DAY, item=song(n)) for n in range(2, 9)]).result()
    assert names(history, "00001") == ["Song 00001"]
    for _ in range(10_000):
        # Until then a slip of the pen is taken for what is meant.
        if names(history, "00008") == ["Song 00008"]:
            break
    assert names(history, "00008") == ["Song 00008"]


def test_an_import_is_found_when_it_is_over(history: History, tmp_path: Path) -> None:
    """However much it is, if names were asked for before."""
    assert names(history, "slow rivers") == []
    path = zipped(tmp_path / "e.zip", {"Streaming_History_Audio_2024_0.json": [row()]})
    history.import_export(path, ALVA).result()
    assert len(names(history, row()["master_metadata_track_name"])) >= 1
