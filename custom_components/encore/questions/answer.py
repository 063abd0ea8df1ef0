"""Base of answers: what their data and their speech share."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from ..history.model import RADIO, Kind, Play, TopEntry, TopOf, Total
from ..history.queries.play_ids import PlayId
from ..history.time_ranges.ranges import NamedWindow
from .active_plays import sounded_at
from .scope import Scope, window_data


@dataclass(frozen=True, slots=True)
class AnsweredTrack:
    """A track or episode that an answer holds. What only names are known of has no URI of Spotify's."""

    title: str
    by: str
    """Its artists, or its show."""
    uri: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(ABC):
    """The answer to one question, before it is put into words."""

    scope: Scope

    @property
    def tracks(self) -> tuple[AnsweredTrack, ...]:
        """What it holds that can be played, in its order; of a question that `holds_tracks`."""
        return ()

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
    """An answer as interfaces give it: data, and what is said."""

    data: dict[str, Any]
    """What JSON can carry."""
    speech: str
    tracks: tuple[AnsweredTrack, ...] = ()
    """What of it can be played."""


def tracks_of_plays(plays: Iterable[Play]) -> tuple[AnsweredTrack, ...]:
    """Return what was played, in the order of the plays."""
    return tuple(
        AnsweredTrack(play.item.title, ", ".join(play.item.artists), play.item.uri)
        for play in plays
    )


def tracks_of_top(of: TopOf, entries: Iterable[TopEntry]) -> tuple[AnsweredTrack, ...]:
    """Return the tracks of a top list; none where it ranks something else."""
    if of is not TopOf.TRACKS:
        return ()
    return tuple(AnsweredTrack(one.name, one.artist, one.uri) for one in entries)


def play_data(play: Play, scope: Scope) -> dict[str, object]:
    """Return a play as JSON can carry it, with local times to the second; one that is under way has no id yet."""
    return {
        "id": None if play.under_way else PlayId.of(play).text,
        "title": play.item.title,
        "artists": list(play.item.artists),
        "album": play.item.album or None,
        "kind": Kind(play.item.kind).name.lower(),
        "uri": play.item.uri,
        "image_url": play.item.image_url,
        "listener": play.listener.name,
        "rooms": list(dict.fromkeys(span.room.name for span in play.rooms)),
        "device": play.device.name if play.device else None,
        "started_at": scope.iso(play.started_at),
        "ended_at": scope.iso(play.ended_at),
        "seconds_played": round(play.ms_played / 1000),
        "length": "assumed" if play.is_assumed else "measured",
        "skipped": play.skipped,
        "under_way": play.under_way,
        "playing": play.under_way and sounded_at(play, scope.clock.now, None),
        "sources": [source.name.lower() for source in sorted(play.sources)],
        "context_uri": play.context_uri,
        **_station(play),
    }


def _station(play: Play) -> dict[str, object]:
    """Return the radio station that a play was heard on, by name, if it was."""
    context = play.context_uri or ""
    if not context.startswith(RADIO):
        return {}
    return {"station": unquote(context.removeprefix(RADIO))}


def total_data(total: Total) -> dict[str, object]:
    """Return a total as JSON can carry it, with its time in minutes, and how many of those are assumed, if any."""
    return {
        "plays": total.plays,
        "minutes": round(total.ms_played / 60_000),
        **(
            {"assumed_minutes": round(total.assumed_ms / 60_000)}
            if total.assumed_ms
            else {}
        ),
    }


def entry_data(entry: TopEntry) -> dict[str, object]:
    """Return one place of a top list as JSON can carry it."""
    return {
        "name": entry.name,
        "artist": entry.artist,
        "uri": entry.uri,
        **total_data(entry.total),
    }
