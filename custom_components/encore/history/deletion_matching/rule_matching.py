"""Which plays a deletion rule hides."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select

from ..database.bulk import highest, rows_where_in
from ..database.play_tables import room as room_table
from ..merge.merge_rows import DerivedPlay, Identity, MergeRow, identity
from ..model import Kind
from ..records.deletion_records import anything_forgotten, records
from ..records.deletion_rules import Forgetting, Rule
from ..records.stored_tracks import Described, described, described_between
from .reimport_blocks import Removed, Traces
from .rule_items import Names

_NO_SONG = 0
_NONE: frozenset[int] = frozenset()


class Judged(NamedTuple):
    """A play as rules look at it: its start (UTC ms), track and song, and its rooms as row ids."""

    listener: str
    started_at: int
    track: int
    song: int
    rooms: Collection[int] = ()


class Judge:
    """One rule, and the tracks it is about."""

    def __init__(self, rule: Rule) -> None:
        """Take the rule; no track was looked at yet."""
        self._rule = rule
        self._names = Names(rule) if rule.names_item else None
        self._tracks: dict[int, int] = {}
        self._songs: frozenset[int] = _NONE
        self.room: int | None = None
        """The row id of the rule's room, if anything ever sounded there."""

    @property
    def names_item(self) -> bool:
        """Whether it depends on how tracks are described."""
        return self._names is not None

    @property
    def about_something(self) -> bool:
        """Whether any track is the item of the rule, if it has one."""
        return self._names is None or bool(self._tracks)

    def look_up(self, connection: Connection) -> None:
        """Find what is stored of what the rule names, before plays are judged."""
        if self._names is not None:
            self._names.look_up(connection)
        if self._rule.room is not None and self.room is None:
            self.room = connection.execute(
                select(room_table.c.id).where(room_table.c.key == self._rule.room)
            ).scalar_one_or_none()

    def follow(self, tracks: Iterable[Described]) -> tuple[set[int], set[int]]:
        """Take note of how tracks are described now.

        Returns the tracks, and the songs, about which the rule says another thing than before.
        """
        if self._names is None:
            return set(), set()
        changed = set()
        for track in tracks:
            fits = self._names.fit(track)
            if (self._tracks.pop(track.id, None) is not None) != fits:
                changed.add(track.id)
            if fits:
                # What is spoken may share its song with others of its title.
                one_song = self._names.by_song and track.item.kind is Kind.TRACK
                self._tracks[track.id] = track.song if one_song else _NO_SONG
        before, self._songs = self._songs, frozenset(self._tracks.values()) - {_NO_SONG}
        return changed, set(before ^ self._songs)

    def applies(self, play: Judged) -> bool:
        """Whether a play is one that the rule is about; plays that were named are known by being hidden alone."""
        rule = self._rule
        if not rule.covers(play.listener, play.started_at):
            return False
        if rule.room is not None and self.room not in play.rooms:
            return False
        return (
            self._names is None
            or play.song in self._songs
            or play.track in self._tracks
        )


class Forgotten:
    """What the writer knows of all that was forgotten, read from the store when it is first needed."""

    def __init__(self, connection: Connection) -> None:
        """Begin with nothing known."""
        self._connection = connection
        self.anything = False
        """Whether anything was ever forgotten; right after `follow`."""
        self._judges: dict[int, Judge] | None = None
        self._traces: Traces | None = None
        self._naming: frozenset[int] = frozenset()
        self._followed = 0

    def forget(self) -> None:
        """Drop what is known: a rule came or went, or a transaction was rolled back."""
        self._judges = self._traces = None

    def ready(self) -> None:
        """Read what is not known: before tracks are described again, or it goes unseen."""
        if self._judges is None:
            self._read()

    def follow(self, redescribed: Collection[int]) -> set[int]:
        """Take note of new tracks, and of those that are described again or are of another song.

        Returns those whose stored observations must be merged again, because the description of
        them here changed.
        """
        self.ready()
        assert self._judges is not None
        for judge in self._judges.values():
            judge.look_up(self._connection)
        return self._follow(redescribed)

    def traces(
        self, listeners: Mapping[int, str], songs: Collection[int] | None
    ) -> list[tuple[MergeRow, int]]:
        """Return what takes the place of what was removed in the merge, each with its forgetting."""
        if not self._traces:
            return []
        return self._traces.read(listeners, songs)

    def leave(self, removed: Sequence[Removed]) -> None:
        """Leave traces of observations that are removed, to know them again."""
        assert self._traces is not None
        self._traces.leave(removed)

    def concerns(self, play: Judged) -> bool:
        """Whether a play that is alone would be hidden, or might be one with what was removed."""
        if self._traces and play.song in self._traces.songs:
            return True
        return self.by(play) is not None

    def by(self, play: Judged) -> int | None:
        """Return the row id of the first forgetting that hides a play."""
        judges = (self._judges or {}).items()
        return next((number for number, judge in judges if judge.applies(play)), None)

    def hidden(
        self, plays: Sequence[DerivedPlay], traces: Mapping[Identity, int]
    ) -> dict[int, int] | None:
        """Return by their places the plays that are hidden, and by which forgetting.

        `traces` are the observations that were removed. None where nothing was ever forgotten.
        """
        if not self.anything:
            return None
        named = self._named(plays)
        found = {}
        for place, play in enumerate(plays):
            left = [
                traces[it] for w in play.merge_rows if (it := identity(w)) in traces
            ]
            left += [named[w.play] for w in play.merge_rows if w.play in named]
            by = min(left) if left else self.by(_as_judged(play))
            if by is not None:
                found[place] = by
        return found

    def _named(self, plays: Sequence[DerivedPlay]) -> dict[int | None, int]:
        """Return the plays that are hidden because they were named, by row id, of which observations are part; and by what."""
        if not self._naming:
            return {}
        before = {w.play for one in plays for w in one.merge_rows if w.play is not None}
        found = rows_where_in(
            self._connection,
            "SELECT play, forgetting FROM hidden_play WHERE play IN",
            before,
        )
        return {play: number for play, number in found if number in self._naming}

    @property
    def _looks_at_tracks(self) -> bool:
        judges = (self._judges or {}).values()
        return bool(self._traces) or any(judge.names_item for judge in judges)

    def _read(self) -> None:
        deletions: list[Forgetting] = records(self._connection)
        self._judges = {one.id: Judge(one.rule) for one in deletions if one.is_active}
        self._traces = Traces(self._connection) if deletions else None
        self._naming = frozenset(
            one.id for one in deletions if one.rule.named and one.is_active
        )
        self.anything = bool(self._judges) or anything_forgotten(self._connection)
        for judge in self._judges.values():
            judge.look_up(self._connection)
        self._followed = 0
        self._follow(())

    def _follow(self, redescribed: Collection[int]) -> set[int]:
        if not self._looks_at_tracks:
            return set()
        before, self._followed = self._followed, highest(self._connection, "track")
        again = {number for number in redescribed if number <= before}
        changed = self._note_tracks(described(self._connection, again))
        for some in described_between(self._connection, before + 1, self._followed):
            changed |= self._note_tracks(some)
        return {number for number in changed if number <= before}

    def _note_tracks(self, tracks: Sequence[Described]) -> set[int]:
        changed = set() if self._traces is None else self._traces.follow(tracks)
        for judge in (self._judges or {}).values():
            its_tracks, songs = judge.follow(tracks)
            changed |= its_tracks
            changed.update(
                number
                for (number,) in rows_where_in(
                    self._connection, "SELECT id FROM track WHERE song IN", songs
                )
            )
        return changed


def judge_of(connection: Connection, rule: Rule) -> Judge:
    """Return a rule with all that is stored of what it names."""
    judge = Judge(rule)
    judge.look_up(connection)
    if judge.names_item:
        for some in described_between(connection, 1, highest(connection, "track")):
            judge.follow(some)
    return judge


def _as_judged(play: DerivedPlay) -> Judged:
    return Judged(
        play.listener,
        play.started_at,
        play.track,
        play.merge_rows[0].song,
        {room for room, _, _ in play.rooms},
    )
