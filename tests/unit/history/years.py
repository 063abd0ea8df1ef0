"""Years of random listening: several listeners, rooms, devices, sources and kinds, the same for the same seed."""

import random

from custom_components.encore.history.model import (
    Device,
    Item,
    Kind,
    Listener,
    Observation,
    Room,
    RoomSpan,
    Source,
)

LISTENERS = tuple(Listener(f"spotify:{name}", name) for name in ("Ada", "Bo", "Cy"))
ROOMS = tuple(Room(name.casefold(), name) for name in ("Attic", "Bath", "Cellar"))
DEVICES = tuple(Device(f"d{name}", name) for name in ("Phone", "Radio"))
FIRST = 1_451_606_400_000
"""2016-01-01 UTC."""
LAST = 1_783_000_000_000
"""In July 2026."""


def _items() -> tuple[Item, ...]:
    chance = random.Random(3)
    artists = [f"Artist {number:02}" for number in range(12)]
    tracks = [
        Item(
            f"spotify:track:{number}",
            Kind.TRACK,
            f"Song {number % 31}",
            tuple(chance.sample(artists, chance.choice((1, 1, 1, 2)))),
            f"Album {number % 9}" if number % 7 else "",
            60_000 + 5_000 * (number % 40),
        )
        for number in range(45)
    ]
    episodes = [
        Item(
            f"spotify:episode:{number}",
            Kind.EPISODE,
            f"Episode {number}",
            (f"Show {number % 3}",),
            "",
            1_800_000,
        )
        for number in range(9)
    ]
    chapters = [
        Item(
            f"spotify:chapter:{number}",
            Kind.CHAPTER,
            f"Chapter {number}",
            ("A Book",),
            "",
            900_000,
        )
        for number in range(4)
    ]
    return (*tracks, *episodes, *chapters)


ITEMS = _items()


def years(plays: int, seed: int = 1) -> list[Observation]:
    """Return what was heard, in no order; some of it by two sources, some within the same second."""
    chance = random.Random(seed)
    reported: list[Observation] = []
    for _ in range(plays):
        item = chance.choice(ITEMS[: chance.choice((8, 20, len(ITEMS)))])
        start = chance.randrange(FIRST, LAST)
        if chance.random() < 0.3:
            # The hours around midnight, the new year, and the nights in which clocks change.
            start = chance.choice(EDGES) + chance.randrange(-7_200_000, 7_200_000)
        ms = chance.choice((10_000, 29_999, 30_000, 61_000, 150_000, 200_000))
        ms = min(ms, item.duration_ms or ms)
        rooms = tuple(
            _sounded_in(room, place, start, ms)
            for place, room in enumerate(
                chance.sample(ROOMS, chance.choice((0, 0, 1, 2)))
            )
        )
        one = Observation(
            chance.choice((Source.LIVE, Source.EXPORT, Source.POLLED)),
            chance.choice(LISTENERS),
            item,
            start,
            start + ms,
            ms,
            device=chance.choice((None, *DEVICES)),
            rooms=rooms,
            skipped=(None, False, True)[start % 3],
        )
        reported.append(one)
        if chance.random() < 0.1:
            other = chance.choice((Source.ACCOUNT_DATA, Source.SONOS))
            reported.append(
                Observation(other, one.listener, item, start, start + ms, ms)
            )
    return reported


def _sounded_in(room: Room, place: int, start: int, ms: int) -> RoomSpan:
    """Return when a room sounded: some join late, some leave early, some do so together, some do not meet."""
    first, last = ((0, 6), (0, 6), (0, 2), (2, 6), (0, 5))[start % 5]
    if place:
        first, last = ((0, 6), (3, 6), (4, 6), (3, 6), (1, 3))[start % 5]
    return RoomSpan(room, start + ms * first // 6, start + ms * last // 6)


EDGES = (
    1_467_324_000_000,  # 2016-07-01 00:00 in Amsterdam
    1_514_764_800_000,  # 2018-01-01 UTC
    1_553_994_000_000,  # 2019-03-31, clocks forward in Amsterdam
    1_572_138_000_000,  # 2019-10-27, clocks back in Amsterdam
    1_583_650_800_000,  # 2020-03-08, clocks forward in New York
    1_604_210_400_000,  # 2020-11-01, clocks back in New York
    1_617_463_800_000,  # 2021-04-03, clocks back by half an hour on Lord Howe
    1_633_188_600_000,  # 2021-10-02, and forward
    1_704_048_300_000,  # 2024-01-01 00:15 in Kathmandu
)
