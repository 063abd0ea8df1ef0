"""Deletes plays and undoes deletions: jobs of the writer, each inside a transaction."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import batched
from typing import Final, NamedTuple

from sqlalchemy import Connection, exists, select

from ..database.bulk import delete_many, rows_of, rows_where_in, run, write_many
from ..database.play_tables import listener, play, play_room, track
from ..deletion_matching.hidden_plays import hidden_by, observations_of
from ..deletion_matching.rule_items import is_uri, keys_of_song
from ..deletion_matching.rule_matching import Judge, Judged, judge_of
from ..errors import ForgettingRefused, Unforgettable
from ..ingest.ingest import Ingest
from ..ingest.songs import songs_of_tracks
from ..model import Total
from ..records import deletion_records
from ..records.deletion_rules import UNDO_MS, Forgetting, Rule, Why

_AT_ONCE: Final = 5_000

_CANDIDATES: Final = (
    select(
        play.c.id,
        play.c.started_at,
        play.c.ms_played,
        play.c.track,
        track.c.song,
        listener.c.key,
    )
    .join(track, track.c.id == play.c.track)
    .join(listener, listener.c.id == play.c.listener)
)


class _Taken(NamedTuple):
    """A play that a rule is about: its row id, and how long it sounded (ms)."""

    id: int
    ms_played: int


class ForgetRequest(NamedTuple):
    """What somebody wants to forget, who, and when (UTC ms)."""

    rule: Rule
    at: int
    by: str | None = None
    why: Why = Why.ASKED
    keep_away: bool = True
    plays: tuple[int, ...] = ()
    """Row ids of the plays that were named, where the rule says that they were."""


def would_take(connection: Connection, rule: Rule, *, hidden: Collection[str]) -> Total:
    """Return what a rule would take of what is not forgotten yet, counting no play of hidden listeners (by key).

    Raises ForgettingRefused for a rule about everything or about an item that was never played.
    """
    rule = _complete(connection, rule)
    taken = _counted(connection, rule, hidden)
    if hidden and not taken.plays and any(_names(rule)):
        # What only hidden listeners played was never played.
        item = replace(rule, listener=None, room=None, start=None, end=None, kind=None)
        if not _counted(connection, item, hidden).plays:
            raise ForgettingRefused(Unforgettable.NEVER_PLAYED, _named(rule))
    return taken


def _counted(connection: Connection, rule: Rule, hidden: Collection[str]) -> Total:
    judge = _judge(connection, rule)
    found = _plays(connection, rule, judge, hidden)
    return sum(map(_total, found), Total(0, 0))


def _total(taken: Sequence[_Taken]) -> Total:
    return Total(len(taken), sum(one.ms_played for one in taken))


def forget(
    connection: Connection, ingest: Ingest, request: ForgetRequest
) -> Forgetting:
    """Hide the plays that a rule is about, and store the rule for plays that arrive later.

    A rule is about what was played up to now, never about what comes. Raises ForgettingRefused for
    one about everything or about an item that was never played.
    """
    rule = request.rule if request.rule.named else _complete(connection, request.rule)
    rule = replace(
        rule, end=min(request.at, request.at if rule.end is None else rule.end)
    )
    candidates = (
        _named_plays(connection, request.plays)
        if rule.named
        else _plays(connection, rule, _judge(connection, rule))
    )
    entered = deletion_records.enter(
        connection,
        rule,
        request.why,
        keep_away=request.keep_away,
        asked_at=request.at,
        asked_by=request.by,
        purge_at=request.at + UNDO_MS,
    )
    taken = Total(0, 0)
    for found in candidates:
        _hide(connection, ingest, entered.id, found)
        taken += _total(found)
    ingest.forgotten.forget()
    return deletion_records.took(connection, entered.id, taken)


def undo(
    connection: Connection, ingest: Ingest, number: int, at: int, by: str | None
) -> Forgetting:
    """Bring back what was forgotten.

    Raises ForgettingRefused when it was undone before, is removed already, or never was.
    """
    known = deletion_records.record(connection, number)
    if known.undone_at is not None:
        raise ForgettingRefused(Unforgettable.UNDONE, str(number))
    if known.purged_at is not None or at >= known.purge_at:
        raise ForgettingRefused(Unforgettable.REMOVED, str(number))
    undone = deletion_records.note(connection, number, undone_at=at, undone_by=by)
    ingest.forgotten.forget()
    for some in batched(hidden_by(connection, number), _AT_ONCE, strict=False):
        stored = observations_of(connection, some)
        songs = songs_of_tracks(connection, {one.track for one in stored})
        around = ingest.look_around(songs)
        seeds = around.read_plays(
            {one.id for one in some}, [(one.listener, one.ended_at) for one in stored]
        )
        ingest.derive_again(around, seeds)
    return undone


def lift(
    connection: Connection, ingest: Ingest, number: int, at: int, by: str | None
) -> Forgetting:
    """Allow again what a rule blocks from import; what it removed, or is about to, does not come back by itself.

    Raises ForgettingRefused when there is no such rule, or it was undone.
    """
    known = deletion_records.record(connection, number)
    if known.undone_at is not None:
        raise ForgettingRefused(Unforgettable.UNDONE, str(number))
    run(connection, "DELETE FROM forgotten_observation WHERE forgetting = ?", (number,))
    run(
        connection,
        "DELETE FROM forgotten_song WHERE song NOT IN (SELECT song FROM forgotten_observation)",
    )
    ingest.forgotten.forget()
    if known.lifted_at is not None:
        return known
    return deletion_records.note(
        connection, number, keep_away=False, lifted_at=at, lifted_by=by
    )


def _complete(connection: Connection, rule: Rule) -> Rule:
    """Return a rule with the keys of the track that it names by a URI."""
    if rule == Rule():  # it would be about everything
        raise ForgettingRefused(Unforgettable.NOTHING_NAMED)
    if rule.track is None or not is_uri(rule.track):
        return rule
    songs = rows_of(connection, "SELECT song FROM track WHERE uri = ?", (rule.track,))
    if not songs:
        raise ForgettingRefused(Unforgettable.NEVER_PLAYED, rule.track)
    return replace(rule, song_keys=keys_of_song(connection, songs[0][0]))


def _judge(connection: Connection, rule: Rule) -> Judge:
    """Return a rule made ready; an item that was never played is rather a slip than a wish."""
    judge = judge_of(connection, rule)
    if not judge.about_something:
        raise ForgettingRefused(Unforgettable.NEVER_PLAYED, _named(rule))
    return judge


def _names(rule: Rule) -> tuple[str | None, ...]:
    return rule.track, rule.artist, rule.album, rule.show


def _named(rule: Rule) -> str:
    return ", ".join(name for name in _names(rule) if name)


def _plays(
    connection: Connection, rule: Rule, judge: Judge, hidden: Collection[str] = ()
) -> Iterator[list[_Taken]]:
    """Yield the plays that a rule is about, many at a time, without those of hidden listeners (by key).

    They may be deleted meanwhile.
    """
    candidates = _CANDIDATES
    if hidden:
        candidates = candidates.where(listener.c.key.not_in(hidden))
    if rule.listener is not None:
        candidates = candidates.where(listener.c.key == rule.listener)
    if rule.start is not None:
        candidates = candidates.where(play.c.started_at >= rule.start)
    if rule.end is not None:
        candidates = candidates.where(play.c.started_at < rule.end)
    if rule.room is not None:
        sounded = play_room.c.play == play.c.id, play_room.c.room == judge.room
        candidates = candidates.where(exists().where(*sounded))
    rooms = () if judge.room is None else (judge.room,)
    last = 0
    while rows := connection.execute(
        candidates.where(play.c.id > last).order_by(play.c.id).limit(_AT_ONCE)
    ).all():
        last = rows[-1].id
        found = [
            _Taken(row.id, row.ms_played)
            for row in rows
            if judge.applies(
                Judged(row.key, row.started_at, row.track, row.song, rooms)
            )
        ]
        if found:
            yield found


def _named_plays(
    connection: Connection, plays: Collection[int]
) -> Iterator[list[_Taken]]:
    """Yield the plays of some row ids, many at a time, without deleted ones. They may be deleted meanwhile."""
    for some in batched(sorted(plays), _AT_ONCE, strict=False):
        statement = "SELECT id, ms_played FROM play WHERE id IN"
        if found := [
            _Taken(*row) for row in rows_where_in(connection, statement, some)
        ]:
            yield found


def _hide(
    connection: Connection, ingest: Ingest, number: int, plays: Sequence[_Taken]
) -> None:
    ids = [one.id for one in plays]
    write_many(
        connection,
        "INSERT INTO hidden_play (play, forgetting, listener, started_at, ended_at, ms_played, sources)"
        " SELECT id, ?, listener, started_at, ended_at, ms_played, sources FROM play WHERE id = ?",
        [(number, one) for one in ids],
    )
    delete_many(connection, "play", "id", ids)
    ingest.changes.plays.update(ids)
