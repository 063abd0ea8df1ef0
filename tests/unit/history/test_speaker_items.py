"""What only speakers know is stored: radio stations, television and line-in."""

import pytest
from sqlalchemy.exc import IntegrityError

from custom_components.encore.history.model import (
    HOUSEHOLD,
    TELEVISION_URI,
    Item,
    Kind,
    Listener,
    Observation,
    Play,
    Source,
    TopOf,
    Total,
    Window,
)

from .memory import NOON, SONG, Memory, live

THE_HOUSEHOLD = Listener(HOUSEHOLD, "Household")
STATION = Item("radio:One", Kind.RADIO, "One", ())
TELEVISION = Item(TELEVISION_URI, Kind.TELEVISION, "TV", ())
LINE_IN = Item("line-in:Turntable", Kind.LINE_IN, "Turntable", ())
DAY = Window(NOON - 86_400_000, NOON + 86_400_000)
EVER = Window(0, 1 << 50)


def played(item: Item, end: int = NOON, ms: int = 600_000) -> Observation:
    """Return what a speaker heard."""
    return Observation(Source.SONOS, THE_HOUSEHOLD, item, end - ms, end, ms)


def _items(plays: list[Play]) -> set[str]:
    return {play.item.title for play in plays}


def test_what_only_speakers_know_comes_back_as_it_was(store: Memory) -> None:
    """Each is a play of its kind, of the household."""
    store.append(
        played(STATION), played(TELEVISION, NOON + 1), played(LINE_IN, NOON + 2)
    )
    plays = store.queries().plays(DAY)
    assert {play.item for play in plays} == {STATION, TELEVISION, LINE_IN}
    assert {play.listener for play in plays} == {THE_HOUSEHOLD}


def test_no_other_kind_is_taken(store: Memory) -> None:
    """The table itself refuses it."""
    store.append(live(NOON))
    with pytest.raises(IntegrityError, match=r"(?i)check"):
        store.connection.exec_driver_sql("UPDATE track SET kind = 7")


@pytest.mark.parametrize("window", [DAY, EVER], ids=["short", "ever"])
def test_a_television_is_no_listening_unless_it_is_asked_for(
    store: Memory, window: Window
) -> None:
    """It is told among plays, and counts nstore in totals nor in what was listened to where."""
    store.append(played(TELEVISION), played(STATION, NOON + 1), live(NOON, item=SONG))
    queries = store.queries()
    assert queries.total(window) == Total(2, 800_000)
    assert queries.kinds(window) == {Kind.TRACK: 1, Kind.RADIO: 1}
    assert queries.total(window, kinds=[Kind.TELEVISION]) == Total(1, 600_000)
    assert queries.total(window, television=True) == Total(3, 1_400_000)
    assert _items(queries.plays(window)) == {"TV", "One", SONG.title}
    assert _items(queries.plays(window, limit=5)) == {"TV", "One", SONG.title}
    assert _items(queries.playing_at(NOON - 1)) == {"TV", "One", SONG.title}
    assert [one.name for one in queries.top(window, TopOf.TRACKS)] == [SONG.title]
    (sonos,) = [
        one for one in queries.top(window, TopOf.SOURCES) if one.name == "sonos"
    ]
    assert sonos.total == Total(1, 600_000)
