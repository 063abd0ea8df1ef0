"""Lives as sources see them: however they are told, each play counts once, with the best of each."""

from collections import Counter
from typing import Any

from hypothesis import given, settings, strategies as st

from custom_components.encore.history.model import Kind, Observation, Source
from tests.unit.history.living import (
    BRASS,
    FLUT,
    GEZEITEN,
    TIDE,
    Sounded,
    account_row,
    export_row,
    import_rows,
    lived,
    lives,
    offline_row,
    polled_late,
    skews,
)
from tests.unit.history.memory import HOUR, Memory, Shelf, content

few = settings(max_examples=60, deadline=None)

type Arrival = Observation | dict[str, Any]


def report(store: Memory, arrivals: list[Arrival]) -> None:
    """Let what is observed arrive one by one, and rows of exports together."""
    rows: list[dict[str, Any]] = []
    for one in arrivals:
        if isinstance(one, Observation):
            store.append(one)
        else:
            rows.append(one)
    import_rows(store, rows)
    store.settle()


seen = st.lists(st.booleans(), min_size=9, max_size=9)


def some_of(life: list[Sounded], which: list[bool]) -> list[Sounded]:
    """Return part of a life."""
    return [one for one, chosen in zip(life, which, strict=False) if chosen]


def times(store: Memory) -> Counter[tuple[str, int]]:
    """Return how often which item sounded for how long."""
    return Counter((play.item.uri, play.ms_played) for play in store.plays())


def played(life: list[Sounded]) -> Counter[tuple[str, int]]:
    """Return how often which item was really heard for how long."""
    return Counter((one.item.uri, one.ms) for one in life)


@few
@given(lives(), skews)
def test_polled_only(shelf: Shelf, life: list[Sounded], skew: int) -> None:
    """What recently played says is what was heard."""
    with shelf.memory() as store:
        report(store, [polled_late(one, skew) for one in life])
        assert times(store) == played(life)


@few
@given(lives(), seen, seen, seen, skews)
def test_who_saw_parts_of_what_was_seen_live_adds_no_play(
    shelf: Shelf,
    life: list[Sounded],
    polled: list[bool],
    exported: list[bool],
    account: list[bool],
    skew: int,
) -> None:
    """Live and polled, live and export, account data to the minute, or all of them.

    Starts and rooms that were known live are there afterwards, and no more time is played.
    """
    with shelf.memory() as store:
        report(
            store,
            [
                *map(lived, life),
                *(polled_late(one, skew) for one in some_of(life, polled)),
                *(export_row(one, skew) for one in some_of(life, exported)),
                *(account_row(one, skew) for one in some_of(life, account)),
            ],
        )
        plays = store.plays()
        assert [(play.item.uri, play.started_at) for play in plays] == [
            (one.item.uri, one.start) for one in life
        ]
        assert all(play.rooms for play in plays)
        merge_rows = Counter(source for play in plays for source in play.sources)
        assert merge_rows[Source.POLLED] == len(some_of(life, polled))
        assert merge_rows[Source.EXPORT] == len(some_of(life, exported))
        assert sum(play.ms_played for play in plays) == sum(one.ms for one in life)


@few
@given(lives(), seen, seen, skews, st.integers(-5_000, 5_000))
def test_who_saw_parts_of_what_is_exported_adds_no_play(
    shelf: Shelf,
    life: list[Sounded],
    polled: list[bool],
    account: list[bool],
    skew: int,
    late: int,
) -> None:
    """Polled and export, with account data: as many plays as the export has rows."""
    with shelf.memory() as store:
        report(
            store,
            [
                *(polled_late(one, skew + late) for one in some_of(life, polled)),
                *(export_row(one, skew) for one in life),
                *(account_row(one, skew) for one in some_of(life, account)),
            ],
        )
        plays = store.plays()
        assert len(plays) == len(life)
        assert all(Source.EXPORT in play.sources for play in plays)
        assert sum(play.ms_played for play in plays) == sum(one.ms for one in life)


@few
@given(lives(), seen, seen, skews)
def test_two_sources_that_saw_parts_never_make_more_of_it_than_was_played(
    shelf: Shelf,
    life: list[Sounded],
    watched: list[bool],
    exported: list[bool],
    skew: int,
) -> None:
    """Each that somebody saw may be there, and none twice."""
    with shelf.memory() as store:
        report(
            store,
            [
                *map(lived, some_of(life, watched)),
                *(export_row(one, skew) for one in some_of(life, exported)),
            ],
        )
        plays = store.plays()
        assert len(plays) <= len(life)
        assert sum(play.ms_played for play in plays) <= sum(one.ms for one in life)


@few
@given(lives(), skews, st.booleans())
def test_plays_without_a_network_lie_where_they_were_played(
    shelf: Shelf, life: list[Sounded], skew: int, watched: bool
) -> None:
    """They share the `ts` of one sync; `offline_timestamp` tells when each began."""
    synced = life[-1].end + 3 * HOUR
    with shelf.memory() as store:
        report(
            store,
            [
                *(map(lived, life) if watched else ()),
                *(offline_row(one, skew, synced) for one in life),
            ],
        )
        plays = store.plays()
        assert [play.ms_played for play in plays] == [one.ms for one in life]
        for play, one in zip(plays, life, strict=True):
            off = abs(play.started_at - one.start)
            assert off == 0 if watched else off <= 61_000


@few
@given(lives(), st.lists(st.integers(0, 5_000), min_size=9, max_size=9), skews)
def test_rows_of_an_export_that_overlap_are_plays_of_their_own(
    shelf: Shelf, life: list[Sounded], early: list[int], skew: int
) -> None:
    """Eight in a hundred rows end after the next began; each is heard."""
    overlapping = [
        Sounded(one.item, one.end - sum(early[: place + 1]), one.ms)
        for place, one in enumerate(life)
    ]
    with shelf.memory() as store:
        report(store, [export_row(one, skew) for one in overlapping])
        once = Counter((one.item.uri, one.end // 1000, one.ms) for one in overlapping)
        assert len(store.plays()) >= len(once)
        report(store, [*map(lived, overlapping)])
        assert len(store.plays()) == len(life)


@few
@given(lives([TIDE, GEZEITEN, BRASS]), skews)
def test_an_export_that_names_another_release_adds_no_play(
    shelf: Shelf, life: list[Sounded], skew: int
) -> None:
    """By title, artist and duration, or by an ISRC that is known of both."""
    other = {
        TIDE.uri: ("spotify:track:tide-again", TIDE.title),
        GEZEITEN.uri: (FLUT.uri, FLUT.title),
    }
    rows = []
    for one in life:
        uri, title = other.get(one.item.uri, (one.item.uri, one.item.title))
        names = {"spotify_track_uri": uri, "master_metadata_track_name": title}
        rows.append(export_row(one, skew, **names))
    with shelf.memory() as store:
        report(store, [*map(lived, life), *rows])
        before = len(store.plays())
        # What Spotify says of the other release, a day later.
        store.append(lived(Sounded(FLUT, life[0].end + 24 * HOUR, 90_000)))
        store.append(lived(Sounded(GEZEITEN, life[0].end + 48 * HOUR, 90_000)))
        assert before >= len(life)
        assert len(store.plays()) == len(life) + 2
        assert all(play.item.kind is Kind.TRACK for play in store.plays())


@few
@given(lives(), seen, seen, seen, seen, skews, st.randoms(use_true_random=False))
def test_any_order_of_recording_and_importing_gives_the_same_plays(
    shelf: Shelf,
    life: list[Sounded],
    watched: list[bool],
    polled: list[bool],
    exported: list[bool],
    account: list[bool],
    skew: int,
    random: Any,
) -> None:
    """Before, between or after each other, in any parts, twice, and rebuilt: it is one history."""
    arrivals: list[Arrival] = [
        *map(lived, some_of(life, watched)),
        *(polled_late(one, skew) for one in some_of(life, polled)),
        *(export_row(one, skew) for one in some_of(life, exported)),
        *(account_row(one, skew) for one in some_of(life, account)),
    ]
    with shelf.memory() as store:
        report(store, arrivals)
        expected = content(store.plays())
        assert store.rebuild() == 0
        report(store, arrivals)
        assert content(store.plays()) == expected
    with shelf.memory() as store:
        shuffled = random.sample(arrivals, len(arrivals))
        while shuffled:
            cut = random.randint(1, len(shuffled))
            part, shuffled = shuffled[:cut], shuffled[cut:]
            rows = [one for one in part if not isinstance(one, Observation)]
            for one in part:
                if isinstance(one, Observation):
                    store.append(one)
            import_rows(store, rows)
        store.settle()
        assert content(store.plays()) == expected
