"""What a question comes to: facts that its templates say and that its data holds."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from ..history.model import Kind, Play, TopEntry, Total
from ..history.windows import NamedWindow
from .scope import Scope, window_data


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(ABC):
    """The answer to one question, before it is put into words."""

    scope: Scope

    @abstractmethod
    def as_data(self) -> dict[str, object]:
        """Return the answer as JSON can carry it, in the shape that docs/questions.md gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowAnswer(Answer):
    """The answer to a question about a window."""

    when: NamedWindow

    @property
    def about(self) -> dict[str, object]:
        """Which window, whose plays and where, as JSON can carry it."""
        return {"window": window_data(self.scope, self.when), **self.scope.as_data()}


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as doors give it: data, and what is said."""

    data: dict[str, Any]
    """What JSON can carry."""
    speech: str


def play_data(play: Play, scope: Scope) -> dict[str, object]:
    """Return a play as JSON can carry it, with local times to the second."""
    return {
        "title": play.item.title,
        "artists": list(play.item.artists),
        "album": play.item.album or None,
        "kind": Kind(play.item.kind).name.lower(),
        "uri": play.item.uri,
        "listener": play.listener.name,
        "rooms": list(dict.fromkeys(span.room.name for span in play.rooms)),
        "device": play.device.name if play.device else None,
        "started_at": scope.iso(play.started_at),
        "ended_at": scope.iso(play.ended_at),
        "seconds_played": round(play.ms_played / 1000),
        "skipped": play.skipped,
        "under_way": play.under_way,
    }


def total_data(total: Total) -> dict[str, object]:
    """Return a total as JSON can carry it, with its time in minutes."""
    return {"plays": total.plays, "minutes": round(total.ms_played / 60_000)}


def entry_data(entry: TopEntry) -> dict[str, object]:
    """Return one place of a top list as JSON can carry it."""
    return {
        "name": entry.name,
        "artist": entry.artist,
        "uri": entry.uri,
        **total_data(entry.total),
    }
