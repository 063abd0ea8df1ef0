"""Laws of what a witness concludes, whatever people do with their speakers."""

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from hypothesis import example, given, settings, strategies as st
import msgspec

from custom_components.encore.history.model import Device, Item, Observation, Source
from custom_components.encore.tracking.group import Group, Transport
from custom_components.encore.tracking.group_tracker import (
    GroupTracker,
    GroupTrackerState,
)
from tests.unit.tracking.evening import EVE, THE_HOUSEHOLD, room, song, station

PLAYERS: Final = ("bath", "kitchen", "living")
ITEMS: Final = (song("A", 200), song("B", 30), song("C", None), station("One"), None)


@dataclass
class Speaker:
    """A speaker as it truly is."""

    coordinator: str
    item: Item | None = None
    transport: Transport = Transport.STOPPED
    position: int = 0


@dataclass(frozen=True)
class Act:
    """What somebody does with a speaker after a while (ms)."""

    after: int
    player: str
    what: str
    item: Item | None
    other: str


acts = st.lists(
    st.builds(
        Act,
        st.sampled_from([0, 1, 700, 5_000, 31_000, 170_000, 205_000, 1_900_000]),
        st.sampled_from(PLAYERS),
        st.sampled_from(
            ["play", "play", "pause", "stop", "resume", "seek", "join", "leave", "gone"]
        ),
        st.sampled_from(ITEMS),
        st.sampled_from(PLAYERS),
    ),
    max_size=14,
)
usual = settings(max_examples=100, deadline=None)


class Speakers:
    """A household that does what it is told, and shows its groups at any moment."""

    def __init__(self, *, positions: bool) -> None:
        """Begin in silence."""
        self.now = EVE
        self.all = {name: Speaker(name) for name in PLAYERS}
        self.gone: set[str] = set()
        self._positions = positions

    def wait(self, ms: int) -> None:
        """Let time pass: what plays goes on, and stands at its end when it is over."""
        self.now += ms
        for speaker in self.all.values():
            if speaker.transport is Transport.PLAYING:
                speaker.position += ms

    def do(self, act: Act) -> None:
        """Carry out an act."""
        speaker = self.all[self.all[act.player].coordinator]
        match act.what:
            case "play":
                speaker.item, speaker.position = act.item, 0
                speaker.transport = Transport.PLAYING if act.item else Transport.STOPPED
            case "pause" if speaker.transport is Transport.PLAYING:
                speaker.transport = Transport.PAUSED
            case "stop":
                speaker.transport, speaker.position = Transport.STOPPED, 0
            case "resume" if speaker.item:
                speaker.transport = Transport.PLAYING
            case "seek":
                speaker.position = 15_000
            case "join":
                self.leave(act.player)
                self.all[act.player].coordinator = self.all[act.other].coordinator
            case "leave":
                self.leave(act.player)
            case "gone":
                self.gone ^= {act.player}

    def leave(self, player: str) -> None:
        """Take a player out of its group; who coordinated hands over to the next."""
        rest = [
            name
            for name, each in self.all.items()
            if each.coordinator == player and name != player
        ]
        if rest:
            heir = self.all[rest[0]]
            before = self.all[player]
            heir.item, heir.transport, heir.position = (
                before.item,
                before.transport,
                before.position,
            )
            for name in rest:
                self.all[name].coordinator = rest[0]
        self.all[player] = Speaker(player)

    def groups(self) -> list[Group]:
        """Return what is to be seen."""
        groups = []
        for name, speaker in self.all.items():
            if speaker.coordinator != name or name in self.gone:
                continue
            members = [
                each
                for each, other in self.all.items()
                if other.coordinator == name and each not in self.gone
            ]
            groups.append(
                Group(
                    Device(name, name),
                    tuple(room(each) for each in members),
                    speaker.transport,
                    speaker.item,
                    speaker.position if self._positions else None,
                    tuple(members),
                )
            )
        return groups


def lived(
    reported: list[Act],
    *,
    positions: bool,
    repeats: list[int],
    restarts: frozenset[int],
) -> tuple[list[Observation], int]:
    """Return what is observed of some acts, and when the evening was over (UTC ms).

    After an act the look is repeated as often as `repeats` says, in the time until the next; after those
    in `restarts` the state is stored and read again.
    """
    speakers = Speakers(positions=positions)
    home = GroupTracker(Source.SONOS, THE_HOUSEHOLD)
    seen = home.see(speakers.now, speakers.groups())
    for number, act in enumerate([*reported, Act(60_000, "bath", "", None, "bath")]):
        looks = repeats[number % len(repeats)] if repeats else 0
        for _ in range(looks):
            speakers.wait(act.after // (looks + 1))
            seen += home.see(speakers.now, speakers.groups())
            seen += home.tick(speakers.now)
        speakers.wait(act.after - looks * (act.after // (looks + 1)))
        speakers.do(act)
        seen += home.see(speakers.now, speakers.groups())
        if number in restarts:
            stored = msgspec.json.decode(
                msgspec.json.encode(home.state), type=GroupTrackerState
            )
            home = GroupTracker(Source.SONOS, THE_HOUSEHOLD, stored)
            seen += home.see(speakers.now, speakers.groups())
    seen += home.stop(speakers.now)
    return seen, speakers.now


def overlaps(spans: list[tuple[int, int]]) -> bool:
    """Whether any two intervals overlap."""
    spans.sort()
    return any(after < end for (_, end), (after, _) in pairwise(spans))


@usual
@example(
    [
        *(Act(0, player, "play", ITEMS[0], player) for player in PLAYERS),
        *(Act(not n, player, "stop", None, player) for n, player in enumerate(PLAYERS)),
    ],
    True,
    [],
)
@given(acts, st.booleans(), st.lists(st.integers(0, 3), max_size=4))
def test_nothing_sounds_longer_than_time_passes(
    reported: list[Act], positions: bool, repeats: list[int]
) -> None:
    """Of one coordinator, and in one room, all plays together; each play within itself."""
    seen, over = lived(
        reported, positions=positions, repeats=repeats, restarts=frozenset()
    )
    rooms: defaultdict[str, int] = defaultdict(int)
    for one in seen:
        assert EVE <= one.started_at <= one.ended_at <= over
        assert 0 <= one.ms_played <= one.ended_at - one.started_at
        for span in one.rooms:
            assert one.started_at <= span.start < span.end <= one.ended_at
            rooms[span.room.key] += span.end - span.start
        for key in {span.room.key for span in one.rooms}:
            assert not overlaps(
                [(span.start, span.end) for span in one.rooms if span.room.key == key]
            )
    assert all(ms <= over - EVE for ms in rooms.values())


@usual
@given(acts, st.booleans(), st.lists(st.integers(0, 3), min_size=1, max_size=4))
def test_looks_that_are_repeated_change_nothing(
    reported: list[Act], positions: bool, repeats: list[int]
) -> None:
    """However often it is said in between what is going on."""
    once, _ = lived(reported, positions=positions, repeats=[], restarts=frozenset())
    often, _ = lived(
        reported, positions=positions, repeats=repeats, restarts=frozenset()
    )
    assert sorted(map(repr, once)) == sorted(map(repr, often))


@usual
@example(
    [
        Act(0, "bath", "play", ITEMS[0], "bath"),
        Act(0, "kitchen", "play", ITEMS[0], "kitchen"),
        Act(5_000, "kitchen", "pause", None, "kitchen"),
        Act(0, "bath", "play", ITEMS[1], "bath"),
    ],
    frozenset({3}),
)
@given(acts, st.frozensets(st.integers(0, 14), max_size=3))
def test_a_restart_that_misses_nothing_changes_nothing(
    reported: list[Act], restarts: frozenset[int]
) -> None:
    """The state is stored, read, and the same groups are there; two rooms with the same song at the same time, too."""
    once, _ = lived(reported, positions=True, repeats=[], restarts=frozenset())
    again, _ = lived(reported, positions=True, repeats=[], restarts=restarts)
    assert sorted(map(repr, once)) == sorted(map(repr, again))


@usual
@given(acts)
def test_no_room_sounds_twice_at_once(reported: list[Act]) -> None:
    """A speaker plays one thing at a time, whoever coordinates it."""
    seen, _ = lived(reported, positions=True, repeats=[], restarts=frozenset())
    spans: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for one in seen:
        for span in one.rooms:
            spans[span.room.key].append((span.start, span.end))
    for each in spans.values():
        assert not overlaps(each)


@usual
@given(acts)
def test_what_is_not_recorded_leaves_no_trace(reported: list[Act]) -> None:
    """Where everything is withheld, nothing is told."""
    speakers = Speakers(positions=True)
    home = GroupTracker(Source.SONOS, THE_HOUSEHOLD)
    seen: list[Observation] = []
    for act in reported:
        speakers.wait(act.after)
        speakers.do(act)
        shown = [replace(group, withheld=True) for group in speakers.groups()]
        seen += home.see(speakers.now, shown)
        assert home.under_way(speakers.now) == []
    assert seen + home.stop(speakers.now) == []
