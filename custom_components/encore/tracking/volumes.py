"""Room volumes over time."""

from collections.abc import Iterable, Mapping
from typing import Final, final

from ..history.model import Loudness, RoomSpan
from ..history.queries.volume_rows import volumes_from
from .group import Group

SETTLED_MS: Final = 5_000
"""A volume that is another one again so soon was on its way: a slider that is dragged is one change."""

type Told = list[tuple[int, int]]
"""From when on (UTC ms) a room was how loud (percent), in order."""


@final
class Volumes:
    """What groups told about how loud their rooms are."""

    def __init__(self, known: Mapping[str, Told] | None = None) -> None:
        """Begin anew, or with what is known by the keys of rooms."""
        self._told = {room: [*told] for room, told in (known or {}).items()}

    @property
    def state(self) -> dict[str, Told]:
        """What is to be stored."""
        return {room: [*told] for room, told in self._told.items()}

    def see(self, at: int, groups: Iterable[Group]) -> None:
        """Take how loud the rooms of all groups are at a moment (UTC ms), no earlier than the last."""
        for group in groups:
            for room, percent in group.volumes:
                self._take(self._told.setdefault(room, []), at, percent)

    def _take(self, told: Told, at: int, percent: int) -> None:
        if told and told[-1][1] == percent:
            return
        if len(told) > 1 and at - told[-1][0] < SETTLED_MS:
            told.pop()
            if told[-1][1] == percent:
                return
        told.append((at, percent))

    def during(self, spans: Iterable[RoomSpan]) -> tuple[Loudness, ...]:
        """Return how loud rooms were when they began to sound, and each time they were otherwise while they did."""
        last: dict[str, int] = {}
        found: list[Loudness] = []
        for span in sorted(spans, key=lambda each: (each.start, each.room.key)):
            key = span.room.key
            told = [each for each in self._told.get(key, ()) if each[0] < span.end]
            for each in volumes_from(span.room, span.start, told):
                if last.get(key) != each.percent:
                    found.append(each)
                    last[key] = each.percent
        return tuple(sorted(found, key=lambda each: (each.at, each.room.key)))

    def drop_before(self, at: int) -> None:
        """Forget what no sound from a moment on (UTC ms) could have begun with."""
        for room, told in self._told.items():
            later = [each for each in told if each[0] > at]
            self._told[room] = [*told[: len(told) - len(later)][-1:], *later]

    def move(self, by: int) -> None:
        """Say that all of it was so much later (ms)."""
        for room, told in self._told.items():
            self._told[room] = [(at + by, percent) for at, percent in told]
