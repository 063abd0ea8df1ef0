"""The question: what did I, or we, listen to in a window."""

from dataclasses import dataclass
from typing import Annotated, override

from ..history.model import Kind, Play, TopEntry, Total
from ..history.recall import Recall, TopOf
from ..history.windows import NamedWindow
from .answer import Answer, play_data, total_data
from .asking import Asking
from .parameters import LIMIT, LISTED, SPOKEN
from .registry import Question
from .scope import WindowParameters, scope_of, window_data, window_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaysParameters(WindowParameters):
    """Whose plays, where, when, and how many of them to name."""

    limit: Annotated[int | None, LIMIT] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaysAnswer(Answer):
    """How much was played, and what of it was the latest."""

    when: NamedWindow
    total: Total
    plays: tuple[Play, ...]
    """The latest, newest first."""
    kinds: frozenset[Kind]
    """What kinds of play there were."""
    often: tuple[TopEntry, ...]
    """The two most played artists, where one was heard more than once."""
    limit: int | None

    @property
    def spoken(self) -> tuple[Play, ...]:
        """What is named: each item once, the latest first."""
        named = {play.item.uri: play for play in reversed(self.plays)}
        return tuple(reversed(named.values()))[: self.limit or SPOKEN]

    @override
    def as_data(self) -> dict[str, object]:
        return {
            "window": window_data(self.scope, self.when),
            **self.scope.as_data(),
            "total": total_data(self.total),
            "plays": [play_data(play, self.scope) for play in self.plays],
        }


class Plays(Question[PlaysParameters, PlaysAnswer]):
    """The plays of a window: how many, how long, and the latest."""

    key = "plays"
    title = "What was played"
    description = (
        "Answers what was listened to in a window: how much, and the latest plays."
    )
    icon = "mdi:playlist-music"
    declares = PlaysParameters

    @override
    def answer(
        self, recall: Recall, asked: PlaysParameters, asking: Asking
    ) -> PlaysAnswer:
        when = window_of(asked, asking, default="last_24_hours")
        scope = scope_of(recall, asked, asking)
        plays = recall.plays(when.window, limit=asked.limit or LISTED, **scope.filters)
        total = recall.total(when.window, **scope.filters)
        if total.plays == len(plays):
            kinds = {play.item.kind for play in plays}
        else:
            kinds = set(recall.kinds(when.window, **scope.filters))
        often = recall.top(when.window, TopOf.ARTISTS, limit=2, **scope.filters)
        return PlaysAnswer(
            scope=scope,
            when=when,
            total=total,
            plays=tuple(plays),
            kinds=frozenset(kinds),
            often=tuple(entry for entry in often if entry.total.plays > 1),
            limit=asked.limit,
        )
