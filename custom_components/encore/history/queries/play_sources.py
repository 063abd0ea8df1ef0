"""The observations of a play, and what each contributed."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection

from ..database.bulk import column_of, rows_of
from ..deletion_matching.hidden_plays import PlayRow, Stored, observations_of
from ..merge.field_resolution import (
    ITEM_FROM,
    LENGTH_FROM,
    ROOMS_FROM,
    TIMES_FROM,
    reported_skipped,
)
from ..merge.same_song import is_local
from ..model import HOUSEHOLD, Play, Source


class Certainty(StrEnum):
    """How well a source knows when what it reports began and ended."""

    WATCHED = "watched"
    """It was looked at while it sounded."""
    SECOND = "second"
    """Its end is written down to the second, and how long it sounded to the millisecond."""
    MINUTE = "minute"
    """Its end is written down to the minute."""
    END = "end"
    """Its end was reported afterwards; the start is counted back by the length."""


CERTAINTY: Final = {
    Source.LIVE: Certainty.WATCHED,
    Source.SONOS: Certainty.WATCHED,
    Source.PLAYER: Certainty.WATCHED,
    Source.EXPORT: Certainty.SECOND,
    Source.ACCOUNT_DATA: Certainty.MINUTE,
    Source.POLLED: Certainty.END,
}


class Contributed(StrEnum):
    """What a play can have from a source."""

    LISTENER = "listener"
    ITEM = "item"
    TIMES = "times"
    LENGTH = "length"
    ROOMS = "rooms"
    DEVICE = "device"
    CONTEXT = "context"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One observation of a play, by names. Moments are UTC ms."""

    source: Source
    listener: str
    title: str
    uri: str
    started_at: int
    ended_at: int
    ms_played: int
    certainty: Certainty
    device: str | None
    context_uri: str | None
    skipped: bool | None
    """As it amounts to, with why it ended."""
    shuffle: bool | None
    offline: bool | None
    incognito: bool | None
    reason_start: str | None
    reason_end: str | None
    rooms: tuple[str, ...]
    """The earliest first."""
    contributed: tuple[Contributed, ...]
    """What the play has from it."""


def evidence_of(connection: Connection, play: Play) -> list[Evidence]:
    """Return what a stored play rests on, the best observation of its times first.

    Takes a search by time: observations have no index by their play.
    """
    ((listener_key, sources),) = rows_of(
        connection, "SELECT listener, sources FROM play WHERE id = ?", (play.id,)
    ) or ((None, 0),)
    if listener_key is None:
        return []
    row = PlayRow(play.id, listener_key, play.started_at, play.ended_at, sources)
    evidence = [_read(connection, each) for each in observations_of(connection, [row])]
    evidence.sort(key=lambda each: TIMES_FROM.index(each["source"]))
    from_whom = _contributors(evidence)
    return [
        Evidence(
            certainty=CERTAINTY[each["source"]],
            contributed=tuple(
                what for what in Contributed if from_whom.get(what) is each
            ),
            **{name: value for name, value in each.items() if name != "key"},
        )
        for each in evidence
    ]


type _Evidence = dict[str, Any]


def _contributors(evidence: list[_Evidence]) -> dict[Contributed, _Evidence]:
    """Return from which observation a play has what, as it is concluded (`concluding.play_of`)."""
    # Of rows that repeat a play, the first.
    by_source = {each["source"]: each for each in reversed(evidence)}

    def first(order: tuple[Source, ...], name: str | None = None) -> _Evidence | None:
        return next(
            (
                by_source[source]
                for source in order
                if source in by_source
                and (name is None or by_source[source][name] not in (None, "", ()))
            ),
            None,
        )

    real = (
        by_source[source]
        for source in ITEM_FROM
        if source in by_source and not is_local(by_source[source]["uri"])
    )
    found = {
        Contributed.LISTENER: next(
            (each for each in evidence if each["key"] != HOUSEHOLD), None
        ),
        Contributed.ITEM: next(real, first(ITEM_FROM)),
        Contributed.TIMES: first(TIMES_FROM),
        Contributed.LENGTH: first(LENGTH_FROM),
        Contributed.ROOMS: first(ROOMS_FROM, "rooms"),
        Contributed.DEVICE: first(TIMES_FROM, "device"),
        Contributed.CONTEXT: first(TIMES_FROM, "context_uri"),
        Contributed.SKIPPED: first(LENGTH_FROM, "skipped"),
    }
    return {what: each for what, each in found.items() if each is not None}


_OBSERVED: Final = (
    "SELECT o.source, o.started_at, o.ended_at, o.ms_played, o.context_uri, o.skipped,"
    " o.shuffle, o.offline, o.incognito, l.key, l.name AS listener, t.title, t.uri,"
    " d.name AS device, b.name AS reason_start, e.name AS reason_end FROM observation o"
    " JOIN listener l ON l.id = o.listener JOIN track t ON t.id = o.track"
    " LEFT JOIN device d ON d.id = o.device"
    " LEFT JOIN reason b ON b.id = o.reason_start LEFT JOIN reason e ON e.id = o.reason_end"
)
_ROOMS: Final = "SELECT r.name FROM observation_room o JOIN room r ON r.id = o.room"
_IS: Final = (
    " WHERE o.listener = ? AND o.ended_at = ? AND o.track = ? AND o.source = ?"
    " AND o.ms_played = ? AND o.offline_at = ?"
)
_FLAGS: Final = ("skipped", "shuffle", "offline", "incognito")


def _read(connection: Connection, stored: Stored) -> _Evidence:
    """Return an observation by its key, with the names of what it refers to."""
    (found,) = rows_of(connection, _OBSERVED + _IS, stored[:6])
    evidence: _Evidence = found._asdict()
    for name in _FLAGS:
        evidence[name] = None if evidence[name] is None else bool(evidence[name])
    in_order = f"{_ROOMS}{_IS} ORDER BY o.from_ms, r.key"
    rooms = column_of(connection, in_order, stored[:6])
    source = evidence["source"] = Source(evidence["source"])
    evidence["skipped"] = reported_skipped(
        source, evidence["ended_at"], evidence["skipped"], evidence["reason_end"]
    )
    return evidence | {"rooms": tuple(dict.fromkeys(rooms))}
