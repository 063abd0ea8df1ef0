"""Houses whose answers are read in every language, and the files of what is said in them.

`spoken/<language>.yaml` holds, for a language: `rooms`, each with the words for being in it, and `answers`, each with what
was asked, in which of the HOUSES, what the question suggests if it is answered with yes or no, and what is said. Names, rooms and titles are data, and the same in all of them.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, override

import yaml

from custom_components.encore.history.history import History
from custom_components.encore.history.model import (
    HOUSEHOLD,
    TELEVISION_URI,
    UNDER_WAY,
    Item,
    Kind,
    Listener,
    Observation,
    Play,
    Room,
    RoomSpan,
    Source,
)
from custom_components.encore.history.records.recording_coverage import (
    GapReason,
    Recorded,
    Unrecorded,
)
from custom_components.encore.questions.base.query_context import Expected, QueryContext
from custom_components.encore.questions.naming.listener_groups import Group
from tests.unit.history.memory import note_recorded

from .house import (
    ALVA,
    BATHROOM,
    BEN,
    BERLIN,
    CLEO,
    EMBER,
    GLASS,
    KITCHEN,
    NOW,
    ODD,
    PAST,
    RIVER,
    at,
    heard,
    history_of,
    query_context,
    song,
)

SPOKEN: Final = Path(__file__).parent / "spoken"
MAX: Final = Listener("spotify:max", "Max")
EVERYONE: Final = Listener(HOUSEHOLD, "Household")
STATION: Final = Item("radio:Harbour%20FM", Kind.RADIO, "Harbour FM", (), "", 0)
TELEVISION: Final = Item(TELEVISION_URI, Kind.TELEVISION, "TV", (), "", 0)
CHAPTER: Final = Item(
    "spotify:chapter:one", Kind.CHAPTER, "One", ("The Long Book",), "", 600_000
)
OFTEN: Final = 1_234


@dataclass(frozen=True, slots=True)
class Spoken:
    """What somebody hears who asks something in a home."""

    question: str
    values: Mapping[str, Any]
    house: str
    expected: Expected | None
    said: str

    @override
    def __str__(self) -> str:
        """Return what tells it from others, for the reader of a failed test."""
        values = (f"{name}={value}" for name, value in self.values.items())
        suggested = (f"? {self.expected}",) if self.expected else ()
        return " ".join((self.house, self.question, *values, *suggested))

    def circumstances(self, language: str) -> QueryContext:
        """Return the circumstances in which it is asked."""
        return replace(asking_in(self.house, language), expected=self.expected)


def spoken_languages() -> list[str]:
    """Return the languages whose answers were read."""
    return sorted(path.stem for path in SPOKEN.glob("*.yaml"))


def spoken(language: str) -> list[Spoken]:
    """Return what is said in a language."""
    return [
        Spoken(
            each["ask"],
            each.get("with", {}),
            each.get("in", "house"),
            Expected(each["suggests"]) if "suggests" in each else None,
            each["said"],
        )
        for each in _read(language)["answers"]
    ]


def spoken_rooms(language: str) -> dict[str, str]:
    """Return rooms by their names in a language, with the words for being in them."""
    rooms: dict[str, str] = _read(language)["rooms"]
    return rooms


def _read(language: str) -> dict[str, Any]:
    text = (SPOKEN / f"{language}.yaml").read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.load(text, yaml.CSafeLoader)
    return read


def often() -> list[Observation]:
    """Return that Max heard one song more than a thousand times in three weeks, and an odd one once."""
    first = NOW.local(at("2026-06-20 08:00"))
    songs = [
        heard(MAX, EMBER, f"{first + timedelta(minutes=20 * n):%Y-%m-%d %H:%M}")
        for n in range(OFTEN)
    ]
    return [*songs, heard(MAX, ODD, "2026-07-15 12:00")]


def mixed() -> list[Observation]:
    """Return a chapter, a station, a television and a song, of two listeners and of nobody who can be named."""
    return [
        heard(MAX, CHAPTER, "2026-07-14 08:00", seconds=600, room=KITCHEN),
        heard(EVERYONE, STATION, "2026-07-14 09:00", seconds=1800, room=KITCHEN),
        heard(EVERYONE, TELEVISION, "2026-07-14 20:00", seconds=3600, room=BATHROOM),
        heard(BEN, EMBER, "2026-07-14 21:00", device=None),
    ]


def loved() -> list[Observation]:
    """Return that Alva heard four songs often in January 2025, and another one today."""
    songs = [
        heard(ALVA, item, f"2025-01-{day:02} {hour}:00")
        for hour, item in enumerate((RIVER, GLASS, EMBER, song("Slow Tide")), start=10)
        for day in range(1, 23 - hour)
    ]
    return [*songs, heard(ALVA, ODD, "2026-07-15 12:00")]


@contextmanager
def _lossy(store: str | Path) -> Iterator[History]:
    """Open a home in which Alva's record has gaps, one of two days and one of an hour."""
    with history_of(store, []) as history:
        history.append(
            [
                heard(ALVA, EMBER, "2026-07-02 12:00"),
                heard(ALVA, EMBER, "2026-07-12 12:00"),
            ]
        ).result()
        note_recorded(
            history,
            [
                Recorded(ALVA, Source.LIVE, at("2026-07-02 10:00"), at("2026-07-07")),
                Recorded(ALVA, Source.LIVE, at("2026-07-10"), NOW.now),
            ],
            [
                Unrecorded(
                    ALVA, GapReason.OUT_OF_REACH, at("2026-07-07"), at("2026-07-09")
                ),
                Unrecorded(
                    ALVA,
                    GapReason.PAUSED,
                    at("2026-07-14 16:00"),
                    at("2026-07-14 17:00"),
                ),
            ],
        )
        yield history


def _sounding(listener: Listener, item: Item, room: Room) -> Play:
    start = NOW.now - 100_000
    return Play(
        UNDER_WAY,
        listener,
        item,
        start,
        NOW.now,
        100_000,
        frozenset({Source.LIVE}),
        None,
        rooms=(RoomSpan(room, start, NOW.now),),
    )


_WHILE_ON: Final = (
    _sounding(ALVA, RIVER, KITCHEN),
    _sounding(BEN, EMBER, BATHROOM),
    _sounding(EVERYONE, STATION, BATHROOM),
)
HOUSES: Final[dict[str, Callable[[str | Path], Any]]] = {
    "house": lambda store: history_of(store, PAST),
    "whole house": lambda store: history_of(store, PAST),
    "sounding": lambda store: history_of(store, PAST),
    "at night": lambda store: history_of(store, PAST),
    "empty": lambda store: history_of(store, []),
    "often": lambda store: history_of(store, often()),
    "mixed": lambda store: history_of(store, mixed()),
    "lossy": _lossy,
    "loved": lambda store: history_of(store, loved()),
    "family": lambda store: history_of(store, PAST),
}
"""By name: the one of `home.py`; asked by nobody known; while something plays; at two at night; and others."""
CHILDREN: Final = ("the kids", "die Kinder", "de kinderen", "les enfants", "los niños")
"""What Ben and Cleo are called together in a family."""


def asking_in(house: str, language: str) -> QueryContext:
    """Return the circumstances of who asks in a home."""
    match house:
        case "whole house":
            circumstances = query_context(me=())
        case "at night":
            circumstances = query_context(
                clock=type(NOW)(at("2026-07-15 02:00"), BERLIN)
            )
        case "family":
            kids = (BEN.key, CLEO.key)
            groups = tuple(Group(name, kids) for name in CHILDREN)
            circumstances = replace(query_context(), groups=groups)
        case "sounding":
            circumstances = replace(query_context(), under_way=_WHILE_ON)
        case _:
            circumstances = query_context()
    return replace(circumstances, language=language)
