"""Laws of the merge, over generated observations: order, repetition, and what is never lost."""

from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import given, settings, strategies as st

from custom_components.encore.history.merge.same_song import is_local
from custom_components.encore.history.model import (
    Device,
    Item,
    Kind,
    Observation,
    Room,
    RoomSpan,
    Source,
)
from tests.unit.history.memory import (
    ALVA,
    BEN,
    HOUR,
    NOON,
    OTHER,
    THE_HOUSEHOLD,
    Memory,
    Shelf,
    content,
    live,
    polled,
)

STUDIO = Item("spotify:track:studio", Kind.TRACK, "Tide", ("Ilse Vann",), "Low", 61_000)
RADIO = Item("spotify:track:radio", Kind.TRACK, "Tide", ("Ilse Vann",), "Hits", 62_500)
STAGE = Item("spotify:track:stage", Kind.TRACK, "Tide", ("Ilse Vann",), "Live", 90_000)
ISRC = "NLA502400017"
REISSUE = Item(
    "spotify:track:reissue", Kind.TRACK, "Tide II", ("I. V.",), "Low", 61_000, ISRC
)
NAMED = Item("encore:track:tide", Kind.TRACK, "Tide", ("Ilse Vann",))
EPISODE = Item("spotify:episode:a", Kind.EPISODE, "Weather", ("Dial",), "", 61_000)
NEXT_DAY = replace(EPISODE, uri="spotify:episode:b", duration_ms=None)
NAMED_EPISODE = Item("encore:episode:weather", Kind.EPISODE, "Weather", ("Dial",))
ITEMS = [replace(STUDIO, isrc=ISRC), RADIO, STAGE, REISSUE, NAMED]
"""Releases that share a title, an ISRC, both or, by their duration, nothing; and one without a URI."""
SPOKEN = [EPISODE, NEXT_DAY, NAMED_EPISODE]
"""Two episodes of one title, and that title."""

EXPORTS = {Source.EXPORT, Source.ACCOUNT_DATA}


def as_reported(item: Item, source: Source) -> Item:
    """Return an item as a source describes it: exports know no duration and no ISRC."""
    if source in EXPORTS:
        return replace(item, duration_ms=None, isrc=None)
    return item


@st.composite
def observations(draw: st.DrawFn) -> Observation:
    """Draw an observation, in a space so small that all kinds of neighbours meet."""
    source = draw(st.sampled_from(Source))
    ms = draw(st.sampled_from([0, 1_000, 30_000, 60_000, 200_000]))
    end = NOON + 500 * draw(st.integers(0, 1_200)) + HOUR * draw(st.integers(0, 1)) * 30
    pause = draw(st.sampled_from([0, 0, 0, 45_000, HOUR, 20 * HOUR]))
    start = end - ms - pause
    rooms = draw(st.lists(st.sampled_from("abc"), unique=True, max_size=2))
    return Observation(
        source,
        draw(st.sampled_from([ALVA, BEN, THE_HOUSEHOLD])),
        as_reported(draw(st.sampled_from([*ITEMS, *SPOKEN])), source),
        start,
        end,
        ms,
        device=draw(st.sampled_from([None, Device("d", "D")])),
        rooms=tuple(RoomSpan(Room(key, key), start, end) for key in rooms),
        skipped=draw(st.sampled_from([None, False, True])),
    )


def known_by(one: Observation) -> tuple[Any, ...]:
    """Return what makes an observation the same one."""
    return one.source, one.listener, one.item.uri, one.ended_at, one.ms_played


said = st.lists(observations(), max_size=14, unique_by=known_by)
few = settings(max_examples=60, deadline=None)


def concluded(shelf: Shelf, parts: list[list[Observation]]) -> list[tuple[Any, ...]]:
    """Return the plays after observations arrived in parts."""
    with shelf.memory() as store:
        for part in parts:
            store.append(*part)
        return content(store.plays())


def beliefs(store: Memory) -> list[tuple[Any, ...]]:
    """Return the row of each observation with its play."""
    with store.connection.begin():
        return [
            tuple(row)
            for row in store.connection.exec_driver_sql(
                "SELECT o.listener, o.ended_at, o.track, o.source, o.ms_played, o.play"
                " FROM observation o LEFT JOIN play p ON p.id = o.play WHERE p.id IS NOT NULL"
            )
        ]


@few
@given(said, st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_the_same_plays(
    shelf: Shelf, observed: list[Observation], random: Any
) -> None:
    """At once, one by one, or in any order and parts: the plays are the same."""
    shuffled = random.sample(observed, len(observed))
    cut = random.randint(0, len(observed))
    expected = concluded(shelf, [observed])
    assert concluded(shelf, [[one] for one in shuffled]) == expected
    assert concluded(shelf, [shuffled[cut:], shuffled[:cut]]) == expected


@few
@given(said)
def test_a_rebuild_changes_nothing(shelf: Shelf, observed: list[Observation]) -> None:
    """Plays derived bit by bit are those derived from scratch, with the same row ids."""
    with shelf.memory() as store:
        store.append_each(observed)
        before, believed = store.plays(), beliefs(store)
        assert store.rebuild() == 0
        assert store.plays() == before
        assert beliefs(store) == believed


@few
@given(said)
def test_what_arrives_again_changes_nothing(
    shelf: Shelf, observed: list[Observation]
) -> None:
    """Each observation is taken in once."""
    with shelf.memory() as store:
        store.append_each(observed)
        before = store.plays()
        again = store.append(*observed)
        assert again.stored == again.plays_new == again.plays_changed == 0
        assert store.plays() == before


@few
@given(said)
def test_each_observation_is_part_of_one_play(
    shelf: Shelf, observed: list[Observation]
) -> None:
    """No observation is lost or shared; no play has a source twice or none, but for rows of recently played that tell it again."""
    with shelf.memory() as store:
        stored = sum(store.append(one).stored for one in observed)
        believed = beliefs(store)
        assert len(believed) == stored
        merge_rows = Counter((row[-1], row[3]) for row in believed)
        assert all(
            number == 1 or source == Source.POLLED
            for (_, source), number in merge_rows.items()
        )
        for play in store.plays():
            assert play.sources == {s for s in Source if (play.id, s) in merge_rows}
        assert {row[-1] for row in believed} == {play.id for play in store.plays()}


@few
@given(said)
def test_no_play_is_of_two_episodes(shelf: Shelf, observed: list[Observation]) -> None:
    """What only names one may be of either; a play shows what one of its witnesses really named."""
    with shelf.memory() as store:
        store.append_each(observed)
        with store.connection.begin():
            rows = store.connection.exec_driver_sql(
                "SELECT o.play, t.uri, t.kind FROM observation o JOIN track t ON t.id = o.track"
            ).all()
        real: dict[int, set[str]] = {}
        for play, uri, _ in rows:
            if not is_local(uri):
                real.setdefault(play, set()).add(uri)
        for play, uri, kind in rows:
            if kind != Kind.TRACK:
                assert len(real.get(play, {uri})) == 1
        for play in store.plays():
            assert play.item.uri in real.get(play.id, {play.item.uri})


@few
@given(said)
def test_a_listener_is_not_moved_by_another(
    shelf: Shelf, observed: list[Observation]
) -> None:
    """Without witnesses of the household, Alva's plays are what they are without Ben's."""
    named = [one for one in observed if one.listener != THE_HOUSEHOLD]
    hers = [one for one in named if one.listener == ALVA]
    # What is known of a track is known to both, so that only the plays are compared.
    items = [
        replace(one, listener=ALVA, started_at=0, ended_at=0, ms_played=0)
        for one in named
    ]
    both = [play for play in concluded(shelf, [items, named]) if play[0] == ALVA.key]
    assert both == concluded(shelf, [items, hers])


@st.composite
def lives(draw: st.DrawFn) -> list[tuple[Item, int, int]]:
    """Draw what a person heard, song after song with many repeats: item, start, end."""
    played = []
    now = NOON
    for _ in range(draw(st.integers(1, 8))):
        item = draw(st.sampled_from(ITEMS[:3]))
        now += draw(st.sampled_from([0, 0, 2_000, 300_000]))
        ms = draw(st.integers(100, 240)) * 1_000
        played.append((item, now, now + ms))
        now += ms
    return played


skews = st.integers(-45_000, 45_000)


@few
@given(lives(), skews, skews, st.data())
def test_a_life_is_recorded_play_by_play(
    shelf: Shelf,
    life: list[tuple[Item, int, int]],
    polled_skew: int,
    export_skew: int,
    data: Any,
) -> None:
    """Whoever saw all of a life, and whoever else saw parts: as many plays as were heard.

    Rooms and starts that were known live are there after the import, and the time played is never
    more than what was heard.
    """
    observed: list[Observation] = []
    for item, start, end in life:
        kitchen = (RoomSpan(Room("area:kitchen", "Kitchen"), start, end),)
        seen = Observation(
            Source.LIVE, ALVA, item, start, end, end - start, rooms=kitchen
        )
        observed.append(seen)
        if data.draw(st.booleans()):
            late = end + polled_skew
            observed.append(
                replace(
                    seen,
                    source=Source.POLLED,
                    started_at=late - seen.ms_played,
                    ended_at=late,
                    rooms=(),
                )
            )
    imported = []
    for item, start, end in life:
        second = (end + export_skew) // 1_000 * 1_000
        imported.append(
            Observation(
                Source.EXPORT,
                ALVA,
                as_reported(item, Source.EXPORT),
                second - (end - start),
                second,
                end - start,
            )
        )
    with shelf.memory() as store:
        store.append_each(observed)
        store.append(*imported)
        plays = store.plays()
    assert [(play.item.uri, play.started_at) for play in plays] == [
        (item.uri, start) for item, start, _ in life
    ]
    assert all(play.rooms and Source.EXPORT in play.sources for play in plays)
    assert sum(play.ms_played for play in plays) == sum(
        end - start for _, start, end in life
    )


SONGS = [
    Item(f"spotify:track:song{n}", Kind.TRACK, f"Song {n}", ("Odd Lamp",), "", ms)
    for n, ms in enumerate((40_000, 100_000, 200_000, 900_000))
]
WATCHING = [Source.LIVE, Source.EXPORT, Source.SONOS]


@st.composite
def evenings(draw: st.DrawFn) -> list[Observation]:
    """Draw what sources say of an evening in which plays of two listeners crowd and overlap."""
    observed = []
    for _ in range(draw(st.integers(1, 12))):
        item = draw(st.sampled_from(SONGS))
        end = NOON + 5_000 * draw(st.integers(0, 300)) + draw(st.sampled_from([0, 1]))
        listener = draw(st.sampled_from([ALVA, ALVA, ALVA, BEN]))
        length = item.duration_ms or 0
        if draw(st.integers(0, 2)):
            one = Observation(Source.POLLED, listener, item, end - length, end, length)
        else:
            source = draw(st.sampled_from(WATCHING))
            ms = min(length, draw(st.sampled_from([5_000, 35_000, 200_000, 900_000])))
            pause = draw(st.sampled_from([0, 0, 150_000, HOUR]))
            who = THE_HOUSEHOLD if source is Source.SONOS else listener
            one = Observation(
                source, who, as_reported(item, source), end - ms - pause, end, ms
            )
        observed.append(one)
    return list({known_by(one): one for one in observed}.values())


def clipped_again(store: Memory) -> list[tuple[Any, ...]]:
    """Return the plays as a rebuild leaves them, which must change none."""
    before = store.plays()
    assert store.rebuild() == 0
    assert store.plays() == before
    return content(before)


@few
@given(evenings(), st.data())
def test_what_is_left_of_assumed_plays_does_not_depend_on_the_order(
    shelf: Shelf, observed: list[Observation], data: Any
) -> None:
    """However an evening arrives, and when it is derived anew, the same time is left of each play."""
    expected = concluded(shelf, [observed])
    shuffled = data.draw(st.permutations(observed))
    with shelf.memory() as store:
        store.append_each(shuffled)
        assert clipped_again(store) == expected


@few
@given(evenings())
def test_one_listener_hears_one_thing_at_a_time(
    shelf: Shelf, observed: list[Observation]
) -> None:
    """Plays of assumed length overlap no other play of their listener, but for pauses of that."""
    with shelf.memory() as store:
        store.append_each(observed)
        plays = [play for play in store.plays() if play.listener != THE_HOUSEHOLD]
    for play in plays:
        if play.sources != {Source.POLLED}:
            continue
        assert 0 <= play.ms_played <= (play.item.duration_ms or 0)
        assert play.ms_played <= play.ended_at - play.started_at
        for other in plays:
            if other.id == play.id or other.listener != play.listener:
                continue
            first = max(play.started_at, other.started_at)
            both = min(play.ended_at, other.ended_at) - first
            silent = other.ended_at - other.started_at - other.ms_played
            # Two that have one start are a millisecond apart.
            left = play.ended_at - play.started_at - max(0, both - max(0, silent))
            assert play.ms_played <= left + len(plays)


@few
@given(evenings(), st.data())
def test_forgetting_beside_assumed_plays_moves_none(
    shelf: Shelf, observed: list[Observation], data: Any
) -> None:
    """What is forgotten took its time all the same; undone, all is as before; removed, the rest is what it is derived anew."""
    with shelf.memory() as store:
        store.append_each(observed)
        before = store.plays()
        removed = data.draw(st.lists(st.sampled_from(before), unique_by=lambda p: p.id))
        forgotten = store.forget_plays(removed)
        left = [play for play in before if play not in removed]
        assert store.plays() == left
        assert clipped_again(store) == content(left)
        store.undo(forgotten.id)
        assert content(store.plays()) == content(before)
        store.forget_plays(removed, keep_away=data.draw(st.booleans()))
        store.purge()
        clipped_again(store)


def test_what_made_way_for_a_removed_row_gets_its_time_back(shelf: Shelf) -> None:
    """The row was told late: it had moved to before what was watched meanwhile, and the row before it had made way."""
    with shelf.memory() as store:
        store.append_each(
            [
                polled(NOON, ms=40_000, item=OTHER),
                live(NOON + 210_000, ms=5_000, paused=150_000, item=OTHER),
                polled(NOON + 145_000, ms=100_000),
            ]
        )
        before = store.plays()
        assert before[0].ended_at < NOON
        store.forget_plays([before[1]], keep_away=False)
        store.purge()
        assert store.plays()[0].ended_at == NOON
        clipped_again(store)


@few
@given(said)
def test_a_listener_is_a_person_or_the_household(
    shelf: Shelf, observed: list[Observation]
) -> None:
    """A play's listener is one of its witnesses', and the household only where all are."""
    with shelf.memory() as store:
        store.append_each(observed)
        with store.connection.begin():
            rows = store.connection.exec_driver_sql(
                "SELECT DISTINCT o.play, l.key FROM observation o"
                " JOIN listener l ON l.id = o.listener WHERE l.key <> 'household'"
            ).all()
        persons: dict[int, list[str]] = {}
        for play, person in rows:
            persons.setdefault(play, []).append(person)
        for play in store.plays():
            assert persons.get(play.id, [THE_HOUSEHOLD.key]) == [play.listener.key]
