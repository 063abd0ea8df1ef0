"""Entries of the event log: accounts, logins, speakers and the like.

Each thing is noted once when it begins and once when it is over, and kept for 30 days. Jobs and what was forgotten have
records of their own, and who asked for what has the audit: they are not noted here a second time.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Final

import msgspec
from sqlalchemy import Connection, delete, select

from ..database.bulk import insert_numbered
from ..database.key_tables import Registers
from ..database.record_tables import logged_event as table

RETENTION_MS: Final = 30 * 86_400_000
"""How long events are kept."""
MOST_EVENTS: Final = 10_000
"""How many are kept, the latest: a speaker that comes and goes all day fills no store, and delays no answer."""


class EventKind(StrEnum):
    """What an event is about. The words are stored, so they never change."""

    ENTRY = "entry"
    """An account, a Sonos household or the history in Home Assistant: added, removed, failing, working."""
    LOGIN = "login"
    """The login of an account: lost, renewed."""
    LINK = "link"
    """An attempt to link an account, or to log in again: linked, refused, abandoned; the account is not noted."""
    NOTICE = "notice"
    """A notice on the repairs page: raised, withdrawn."""
    SPOTIFY = "spotify"
    """Spotify as a whole: paused, resumed; and one of its hosts: left_alone, answers."""
    SPEAKER = "speaker"
    """A Sonos speaker: unreachable, back."""
    STORE = "store"
    """Where the history is kept: moved, held for a backup, released."""
    JOB = "job"
    """Long work: done, failed, cancelled. Derived from the records of jobs."""
    FORGETTING = "forgetting"
    """What was forgotten: asked, undone, lifted, removed. Derived from the records of deletions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedEvent:
    """One event. Its texts name no play."""

    at: int
    """UTC ms."""
    kind: EventKind
    what: str
    about: str | None = None
    """The name of what it happened to."""
    detail: str | None = None
    """Why, or more closely what."""

    def mentions(self, text: str) -> bool:
        """Whether one of its texts contains a text, in any case."""
        texts = (self.kind, self.what, self.about, self.detail)
        return any(text.casefold() in each.casefold() for each in texts if each)


def note_events(
    connection: Connection, _registers: Registers, events: Sequence[LoggedEvent]
) -> None:
    """Store events, and drop those that are too old by the newest of them, or too many."""
    if not events:
        return
    last = insert_numbered(connection, table, [asdict(one) for one in events])
    drop_events(connection, max(one.at for one in events) - RETENTION_MS)
    connection.execute(delete(table).where(table.c.id <= last - MOST_EVENTS))


def drop_events(connection: Connection, before: int) -> int:
    """Drop events from before a moment (UTC ms), and return how many there were."""
    return connection.execute(delete(table).where(table.c.at < before)).rowcount


def events(connection: Connection, since: int) -> list[LoggedEvent]:
    """Return the events from a moment (UTC ms) on, the newest first."""
    found = connection.execute(
        select(table)
        .where(table.c.at >= since)
        .order_by(table.c.at.desc(), table.c.id.desc())
    )
    return msgspec.convert(list(found), list[LoggedEvent], from_attributes=True)
