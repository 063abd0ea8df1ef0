"""Room volumes over time."""

from collections.abc import Iterable, Mapping
from typing import Final, final

from ..history.model import Loudness, RoomSpan
from ..history.queries.play_rows import volumes_from
from .group import Group

SETTLED_MS: Final = 5_000
"""A volume that is another one again so soon was on its way: a slider that is dragged is one change."""

type Levels = list[tuple[int, int]]
"""From when on (UTC ms) a room was how loud (percent), in order."""


@final
class Volumes:
    """What groups reported about how loud their rooms are."""

    def __init__(self, known: Mapping[str, Levels] | None = None) -> None:
        """Begin empty, or with what is known by the keys of rooms."""
        self._levels = {room: [*levels] for room, levels in (known or {}).items()}

    @property
    def state(self) -> dict[str, Levels]:
        """What is to be stored."""
        return {room: [*levels] for room, levels in self._levels.items()}

    def see(self, at: int, groups: Iterable[Group]) -> None:
        """Take how loud the rooms of all groups are at a moment (UTC ms), no earlier than the last."""
        for group in groups:
            for room, percent in group.volumes:
                self._take(self._levels.setdefault(room, []), at, percent)

    def _take(self, levels: Levels, at: int, percent: int) -> None:
        if levels and levels[-1][1] == percent:
            return
        if len(levels) > 1 and at - levels[-1][0] < SETTLED_MS:
            levels.pop()
            if levels[-1][1] == percent:
                return
        levels.append((at, percent))

    def during(self, spans: Iterable[RoomSpan]) -> tuple[Loudness, ...]:
        """Return how loud rooms were when they began to sound, and each time they were otherwise while they did."""
        last: dict[str, int] = {}
        found: list[Loudness] = []
        for span in sorted(spans, key=lambda each: (each.start, each.room.key)):
            key = span.room.key
            levels = [each for each in self._levels.get(key, ()) if each[0] < span.end]
            for each in volumes_from(span.room, span.start, levels):
                if last.get(key) != each.percent:
                    found.append(each)
                    last[key] = each.percent
        return tuple(sorted(found, key=lambda each: (each.at, each.room.key)))

    def drop_before(self, at: int) -> None:
        """Forget what no sound from a moment on (UTC ms) could have begun with."""
        for room, levels in self._levels.items():
            later = [each for each in levels if each[0] > at]
            self._levels[room] = [*levels[: len(levels) - len(later)][-1:], *later]

    def move(self, by: int) -> None:
        """Say that all of it was so much later (ms)."""
        for room, levels in self._levels.items():
            self._levels[room] = [(at + by, percent) for at, percent in levels]
