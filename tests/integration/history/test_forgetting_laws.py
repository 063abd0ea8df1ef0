"""Laws of forgetting, over generated observations: it does not matter when it is asked for, nor what arrives when."""

from typing import Any

from hypothesis import given, strategies as st

from custom_components.encore.history.merge.linking import Groups
from custom_components.encore.history.merge.same_song import song_keys
from custom_components.encore.history.model import (
    Kind,
    Listener,
    Observation,
    Play,
    RoomSpan,
    Source,
)
from custom_components.encore.history.records.deletion_rules import UNDO_MS, Rule
from tests.unit.history.memory import (
    ALVA,
    BEN,
    DAY,
    HOUR,
    KITCHEN,
    MINUTE,
    NOON,
    STUDY,
    THE_HOUSEHOLD,
    Memory,
    Shelf,
    content,
    live,
)

from .test_merge_laws import ITEMS, SPOKEN, few, known_by, observations, said

CLEO = Listener("spotify:cleo", "Cleo")
ASKED = NOON + 31 * HOUR
"""All that is drawn was over by then, and near enough that the rule alone would not keep it away."""

CATALOGUE = [
    Observation(Source.LIVE, CLEO, item, NOON - day * DAY, NOON - day * DAY, 0)
    for day, item in enumerate([*ITEMS, *SPOKEN], 100)
]
"""What is known of the tracks is known whatever is removed, so that only the plays are compared."""


@st.composite
def rules(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a rule about some of what is drawn, and nothing of the catalog's."""
    start = draw(st.sampled_from([-13 * HOUR, 0, 3 * MINUTE, 29 * HOUR]))
    length = draw(st.sampled_from([MINUTE, 10 * MINUTE, 60 * HOUR]))
    rule: dict[str, Any] = {"start": NOON + start, "end": NOON + start + length}
    who = draw(st.sampled_from([None, None, ALVA, BEN, THE_HOUSEHOLD]))
    room = draw(st.sampled_from([None, None, "a", "b"]))
    item = draw(
        st.sampled_from(
            [
                {},
                {},
                {"artist": "I. V."},
                {"album": "low"},
                {"album": "Hits", "artist": "Ilse Vann"},
                {"track": "tide"},
            ]
        )
    )
    return rule | item | {"listener": who and who.key, "room": room}


def songs_of(observed: list[Observation]) -> dict[str, frozenset[str]]:
    """Return with the URI of each item those of all that are the same song: an oracle of its own."""
    items = list({one.item.uri: one.item for one in observed}.values())
    keys = [
        {
            key
            for one in observed
            if one.item.uri == item.uri
            for key in song_keys(one.item)
        }
        for item in items
    ]
    groups = Groups(len(items))
    for i, one in enumerate(keys):
        for j, other in enumerate(keys):
            if one & other:
                groups.join(i, j)
    return {
        items[i].uri: frozenset(items[j].uri for j in members)
        for members in groups.listed()
        for i in members
    }


def is_about(rule: Rule, play: Play, songs: dict[str, frozenset[str]]) -> bool:
    """Whether a rule is about a play: said once more, in other words."""
    assert rule.start is not None
    assert rule.end is not None
    if not rule.start <= play.started_at < min(rule.end, ASKED):
        return False
    if rule.listener not in (None, play.listener.key):
        return False
    if rule.room is not None and rule.room not in {s.room.key for s in play.rooms}:
        return False
    described = {item.uri: item for item in (*ITEMS, *SPOKEN, play.item)}
    music = play.item.kind is Kind.TRACK and rule.album is None
    releases = songs[play.item.uri] if music else {play.item.uri}
    return any(
        (rule.album is None or item.album.lower() == rule.album.lower())
        and (rule.artist is None or rule.artist in item.artists)
        and (rule.track is None or item.title.lower() == rule.track)
        and (rule.artist is None or item.kind is Kind.TRACK)
        for item in (described[uri] for uri in releases if uri in described)
    )


def merge_rows(store: Memory) -> dict[int, set[Any]]:
    """Return the observations of each play, by what makes them known."""
    found: dict[int, set[Any]] = {}
    with store._begun():
        for row in store.connection.exec_driver_sql(
            "SELECT o.play, o.source, l.key, t.uri, o.ended_at, o.ms_played FROM observation o"
            " JOIN listener l ON l.id = o.listener JOIN track t ON t.id = o.track"
        ):
            found.setdefault(row[0], set()).add(tuple(row[1:]))
    return found


def left_of(
    shelf: Shelf, rule: Rule, before: list[Observation], after: list[Observation]
) -> list[Any]:
    """Return what must be left: what was not forgotten, nor rests on something that was removed."""
    songs = songs_of([*CATALOGUE, *before, *after])
    with shelf.memory() as store:
        store.append(*CATALOGUE, *before)
        resting = merge_rows(store)
        removed = {
            merge_row
            for play in store.plays()
            if is_about(rule, play, songs)
            for merge_row in resting[play.id]
        }
    with shelf.memory() as store:
        store.append(*CATALOGUE, *before, *after)
        resting = merge_rows(store)
        return content(
            [
                play
                for play in store.plays()
                if not is_about(rule, play, songs) and not resting[play.id] & removed
            ]
        )


@few
@given(said, rules(), st.data())
def test_it_does_not_matter_when_one_asks(
    shelf: Shelf, observed: list[Observation], asked: dict[str, Any], data: Any
) -> None:
    """Before, between or after the arrivals: the same plays are hidden, and a rebuild hides them too."""
    cut = data.draw(st.integers(0, len(observed)))
    songs = songs_of([*CATALOGUE, *observed])
    with shelf.memory() as store:
        store.append(*CATALOGUE, *observed)
        everything = store.plays()
        expected = content(
            [one for one in everything if not is_about(Rule(**asked), one, songs)]
        )
    with shelf.memory() as store:
        store.append(*CATALOGUE)
        store.append_each(observed[:cut])
        forgotten = store.forget(ASKED, **asked)
        store.append_each(observed[cut:])
        assert content(store.plays()) == expected
        store.rebuild()
        assert content(store.plays()) == expected
        store.undo(forgotten.id, ASKED + 1)
        assert content(store.plays()) == content(everything)
        assert store.count("hidden_play") == 0


@few
@given(said, rules(), st.data())
def test_what_was_removed_stays_away(
    shelf: Shelf, observed: list[Observation], asked: dict[str, Any], data: Any
) -> None:
    """Whatever arrives after the removal, or again, and in whatever order: nothing of it comes back."""
    cut = data.draw(st.integers(0, len(observed)))
    before, after = observed[:cut], observed[cut:]
    expected = left_of(shelf, Rule(**asked), before, after)
    known = [one for one in before if data.draw(st.booleans())]
    again = data.draw(st.permutations([*known, *after]))
    with shelf.memory() as store:
        store.append(*CATALOGUE, *before)
        store.forget(ASKED, **asked)
        store.purge(ASKED + UNDO_MS)
        assert store.count("hidden_play") == 0
        if data.draw(st.booleans()):
            # A restart in between.
            store.ingest.forget()
        store.append_each(again)
        assert content(store.plays()) == expected
        store.rebuild()
        assert content(store.plays()) == expected
        store.purge(ASKED + 2 * UNDO_MS)
        store.append(*again)
        assert content(store.plays()) == expected


def test_what_was_removed_in_one_room_takes_nothing_from_another(shelf: Shelf) -> None:
    """A speaker's play belongs to who played it there, and not to what was removed of them in another room."""
    end = NOON + 30 * HOUR
    study = (RoomSpan(STUDY, end - HOUR, end),)
    kitchen = (RoomSpan(KITCHEN, end - 20 * HOUR, end),)
    item = ITEMS[0]
    left = Observation(Source.LIVE, ALVA, item, end - HOUR, end, 0, rooms=study)
    player = Observation(
        *(Source.PLAYER, ALVA, item, end - 20 * HOUR, end + 9_000, 200_000),
        rooms=kitchen,
    )
    speaker = live(end - 80_000, item=item, listener=THE_HOUSEHOLD, ms=1_000)
    asked: dict[str, Any] = {
        "start": end - HOUR - MINUTE,
        "end": end - HOUR + MINUTE,
    }
    expected = left_of(shelf, Rule(**asked), [left], [speaker, player])
    with shelf.memory() as store:
        store.append(*CATALOGUE, left)
        store.forget(ASKED, **asked)
        store.purge(ASKED + UNDO_MS)
        store.append_each([speaker, player])
        assert content(store.plays()) == expected


@few
@given(said, rules(), rules())
def test_two_rules_hide_what_either_is_about(
    shelf: Shelf,
    observed: list[Observation],
    first: dict[str, Any],
    second: dict[str, Any],
) -> None:
    """And undoing one leaves what the other is about hidden, whichever was asked for first."""
    with shelf.memory() as store:
        store.append(*CATALOGUE, *observed)
        store.forget(ASKED, **second)
        expected = content(store.plays())
    with shelf.memory() as store:
        store.append(*CATALOGUE, *observed)
        one = store.forget(ASKED, **first)
        store.forget(ASKED, **second)
        store.undo(one.id, ASKED + 1)
        assert content(store.plays()) == expected


@few
@given(st.lists(observations(), max_size=14, unique_by=known_by), rules())
def test_nobody_else_loses_anything(
    shelf: Shelf, observed: list[Observation], asked: dict[str, Any]
) -> None:
    """Of a listener that the rule is not about, every play is as it was."""
    rule = asked | {"listener": ALVA.key}
    with shelf.memory() as store:
        store.append(*CATALOGUE, *observed)
        before = [play for play in store.plays() if play.listener != ALVA]
        store.forget(ASKED, **rule)
        store.purge(ASKED + UNDO_MS)
        assert [play for play in store.plays() if play.listener != ALVA] == before
