"""What truly sounded during a walk, from the simulators: by the speakers' own transports, and by Spotify's ledger.

Nobody plays a track twice, and no two people or queues play the same one: a track is one thing heard.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from simulator.sonos import SonosSimulator
from simulator.sonos.transport import PLAYING, STOPPED
from simulator.spotify.ledger import Played

APART_MS: Final = 5_000
"""For so long something may be nowhere while it moves from one speaker to another."""

type Spans = list[tuple[int, int]]
"""From when until when (UTC ms), in order and apart."""


@dataclass(slots=True)
class Sounded:
    """One track, and where it sounded. `person` is whose account played it; None for a speaker's queue."""

    uri: str
    person: str | None
    spans: Spans
    rooms: dict[str, Spans] = field(default_factory=dict)
    there: Spans = field(default_factory=list)
    """When a speaker had it on, paused or not."""

    @property
    def ms(self) -> int:
        """How long it sounded."""
        return total(self.spans)


class SpeakersWatched:
    """Notes what the rooms of a household really play, from each change to the next."""

    def __init__(self, sonos: SonosSimulator) -> None:
        """Watch from now on."""
        self._sonos = sonos
        self._now: dict[str, str] = {}
        self._since = self._ms()
        self._due = False
        self._there: set[str] = set()
        self._since_there = self._since
        self.there: defaultdict[str, Spans] = defaultdict(list)
        """By the URI of a track, when any speaker had it on."""
        self.rooms: defaultdict[str, defaultdict[str, Spans]] = defaultdict(
            lambda: defaultdict(list)
        )
        """By the URI of a track and the name of a room, when it sounded there."""
        sonos.household.watchers.append(self._changed)

    def look(self) -> None:
        """Note what sounded until now."""
        self._due = False
        at, groups = self._ms(), self._sonos.household.groups
        for room, uri in self._now.items():
            spans = self.rooms[uri][room]
            if spans and spans[-1][1] == self._since:
                spans[-1] = spans[-1][0], at
            else:
                spans.append((self._since, at))
        self._since, self._now = at, {}
        for uri in self._there:
            self.there[uri].append((self._since_there, at))
        self._since_there, self._there = at, set()
        for group in groups:
            transport = groups.known(group.coordinator).transport
            track = transport.track
            if transport.state != STOPPED and track is not None and track.spotify_uri:
                self._there.add(track.spotify_uri)
            if transport.state == PLAYING and track is not None and track.spotify_uri:
                for uid in group.members:
                    self._now[groups.known(uid).name] = track.spotify_uri

    def _changed(self) -> None:
        # Once all that changes at this moment has changed.
        if not self._due:
            self._due = True
            asyncio.get_running_loop().call_soon(self.look)

    def _ms(self) -> int:
        return self._sonos.household.clock.now_ms()


def truth(
    watched: SpeakersWatched, ledger: Mapping[str, Sequence[Played]]
) -> dict[str, Sounded]:
    """Return what sounded by URI: of people what the ledger has, else what a queue played."""
    found: dict[str, Sounded] = {}
    for person, rows in ledger.items():
        for row in rows:
            sounded = found.setdefault(row.uri, Sounded(row.uri, person, []))
            # A row of the ledger tells how long it sounded, and not when it paused.
            sounded.spans.append((row.started_at, row.started_at + row.ms_played))
    for uri, rooms in watched.rooms.items():
        if uri not in found:
            spans = merged([span for each in rooms.values() for span in each])
            there = merged(watched.there[uri], APART_MS)
            found[uri] = Sounded(uri, None, spans, there=there)
        found[uri].rooms = {room: merged(spans) for room, spans in rooms.items()}
    return found


def merged(spans: Iterable[tuple[int, int]], apart_ms: int = 0) -> Spans:
    """Return spans in order, those together that are no further apart than that."""
    found: Spans = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1] + apart_ms:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def total(spans: Iterable[tuple[int, int]]) -> int:
    """Return how long spans are together (ms)."""
    return sum(end - start for start, end in spans)
