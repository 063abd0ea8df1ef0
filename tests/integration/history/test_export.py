"""A history that is exported and imported: the same plays in an empty house, nothing new in its own."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from hypothesis import given, settings, strategies as st
import msgspec

from custom_components.encore.history.exports.plays_with_sources import (
    SourcesOfPlays,
    pages_of,
)
from custom_components.encore.history.exports.spotify_zip import _row
from custom_components.encore.history.imports.own_format import OwnRow, exported_plays
from custom_components.encore.history.ingest.ingest import ALONE, DUPLICATE, FORGOTTEN
from custom_components.encore.history.ingest.own_export_import import import_own_plays
from custom_components.encore.history.model import (
    Item,
    Kind,
    Listener,
    Observation,
    Play,
    Room,
    Source,
)
from custom_components.encore.history.records.import_report import Skipped
from tests.unit.history.exports import row
from tests.unit.history.living import (
    BRASS,
    FLUT,
    GEZEITEN,
    TIDE,
    TIDE_AGAIN,
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
from tests.unit.history.memory import (
    ALVA,
    BEN,
    DAY,
    EPISODE,
    HOUR,
    KITCHEN,
    MINUTE,
    NOON,
    OTHER,
    PHONE,
    SONG,
    STUDY,
    THE_HOUSEHOLD,
    Memory,
    Shelf,
    content,
    exported as exported_row,
    live,
    polled,
    sonos,
    span,
)

from .test_lives import Arrival, report, some_of

few = settings(max_examples=60, deadline=None)
seen = st.lists(st.booleans(), min_size=9, max_size=9)


def exported(store: Memory, listener: Listener = ALVA) -> list[bytes]:
    """Return the rows of an export as they are in its files."""
    with store._begun():
        merge_rows = SourcesOfPlays(store.connection, listener)
        return [
            msgspec.json.encode(_row(one))
            for page in pages_of(store.connection, listener)
            for one in merge_rows.of(page)
        ]


def imported(store: Memory, rows: list[bytes], listener: Listener = ALVA) -> list[int]:
    """Import rows of an export as the importer does, and return the fate of each."""
    plays, skipped = exported_plays(
        [msgspec.json.decode(row, type=OwnRow) for row in rows]
    )
    assert not skipped
    with store._begun():
        fates = import_own_plays(store.connection, store.ingest, listener, plays)
    store.settle()
    return fates


def whole(plays: list[Play]) -> list[tuple[Any, ...]]:
    """Return all that plays say, items and names included, without their row ids."""
    return [
        (play.item, play.device, play.rooms, *one)
        for play, one in zip(
            sorted(plays, key=lambda p: (p.listener.key, p.started_at, p.item.uri)),
            content(plays),
            strict=True,
        )
    ]


def played(plays: list[Play]) -> Counter[tuple[Item, int]]:
    """Return how often which item was heard for how long."""
    return Counter((play.item, play.ms_played) for play in plays)


@contextmanager
def fresh(store: Memory) -> Iterator[Memory]:
    """Give the same store, empty: another home."""
    with Shelf(store.connection).memory() as empty:
        yield empty


CHAPTER = Item(
    "spotify:episode:0Q86acNRm6V9GYx55SXKwf",
    Kind.CHAPTER,
    "Chapter 3",
    ("The Long Field",),
)
SPOTIFYS_KEYS = [
    key for key in row() if key not in {"username", "user_agent_decrypted"}
]
"""In their order, as exports of 2026 have them."""


def whispered(one: Sounded) -> Observation:
    """Return what a speaker in the study says, which does not know who listens."""
    rooms = (span(STUDY, one.start, one.end),)
    return Observation(
        Source.SONOS,
        THE_HOUSEHOLD,
        one.item,
        one.start + 800,
        one.end + 900,
        one.ms,
        rooms=rooms,
    )


@few
@given(lives(), seen, seen, seen, seen, seen, skews, st.booleans())
def test_what_is_exported_comes_back_the_same(
    shelf: Shelf,
    life: list[Sounded],
    watched: list[bool],
    polled: list[bool],
    rows: list[bool],
    account: list[bool],
    overheard: list[bool],
    skew: int,
    without_network: bool,
) -> None:
    """In an empty home all plays of the listener are identical; in its own nothing changes.

    Speakers that could not tell who listens are among the witnesses, as far as their plays are the listener's;
    where some are the household's, and stay behind, what was heard is still the same.
    """
    synced = life[-1].end + 3 * HOUR
    arrivals: list[Arrival] = [
        *map(lived, some_of(life, watched)),
        *(polled_late(one, skew) for one in some_of(life, polled)),
        *(
            offline_row(one, skew, synced) if without_network else export_row(one, skew)
            for one in some_of(life, rows)
        ),
        *(account_row(one, skew) for one in some_of(life, account)),
        *map(whispered, some_of(life, overheard)),
    ]
    with shelf.memory() as store:
        report(store, arrivals)
        before = whole(store.plays())
        hers = [play for play in store.plays() if play.listener == ALVA]
        others = len(store.plays()) - len(hers)
        reported = exported(store)
        fates = imported(store, reported)
        assert whole(store.plays()) == before
        assert store.rebuild() == 0
        assert set(fates) <= {DUPLICATE}
    with shelf.memory() as empty:
        imported(empty, reported)
        assert empty.rebuild() == 0
        if others:
            # Of two speakers as near as each other, one that stays behind decided who joined whom.
            assert played(empty.plays()) == played(hers)
        else:
            assert whole(empty.plays()) == whole(hers)
            assert exported(empty) == reported


def test_a_song_keeps_the_names_that_others_gave_it(store: Memory) -> None:
    """Two releases met under words that are gone by now, or that another listener's source told: they do so again."""
    store.append(replace(lived(Sounded(FLUT, NOON - DAY, 90_000)), listener=BEN))
    store.append(lived(Sounded(GEZEITEN, NOON, 90_000)))
    import_rows(store, [account_row(Sounded(FLUT, NOON, 90_000), 0)])
    store.settle()
    hers = whole([play for play in store.plays() if play.listener == ALVA])
    assert len(hers) == 1
    reported = exported(store)
    with fresh(store) as empty:
        imported(empty, reported)
        assert whole(empty.plays()) == hers


def test_what_only_names_are_known_of_shows_the_same_release_again(
    store: Memory,
) -> None:
    """The best described one is shown, so an export says who described it."""
    other = Sounded(TIDE_AGAIN, NOON, 91_500)
    store.append(lived(other))
    nameless = Sounded(TIDE, NOON + DAY, 90_000)
    first = replace(TIDE, uri="spotify:track:a-first")
    rows = [
        export_row(Sounded(first, NOON + 2 * DAY, 90_000), 0),
        account_row(nameless, 0),
    ]
    import_rows(store, rows)
    store.settle()
    before = whole(store.plays())
    assert before[1][0].uri == TIDE_AGAIN.uri
    reported = exported(store)
    with fresh(store) as empty:
        imported(empty, reported)
        assert whole(empty.plays()) == before


def test_rooms_and_devices_keep_the_names_they_have_now(store: Memory) -> None:
    """An export from before a room was renamed does not rename it back."""
    store.append(live(NOON, device=PHONE, rooms=(span(KITCHEN, NOON - MINUTE, NOON),)))
    reported = exported(store)
    pantry, tablet = Room(KITCHEN.key, "Pantry"), replace(PHONE, name="Tablet")
    store.append(
        live(NOON + DAY, device=tablet, rooms=(span(pantry, NOON, NOON + DAY),))
    )
    before = whole(store.plays())
    imported(store, reported)
    assert whole(store.plays()) == before


def test_each_play_is_accounted_for_once(store: Memory) -> None:
    """However many sources it has: new, merged with the best source that had it, or known."""
    store.append(live(NOON), polled(NOON), live(NOON + DAY), polled(NOON + 2 * DAY))
    reported = exported(store)
    with fresh(store) as other:
        other.append(exported_row(NOON), polled(NOON + 2 * DAY))
        assert imported(other, reported) == [Source.EXPORT, ALONE, DUPLICATE]
        assert len(other.plays()) == 3


def test_what_is_hidden_is_not_exported_and_what_was_forgotten_stays_away(
    store: Memory,
) -> None:
    """As in every answer; an older export does not bring it back."""
    store.append(live(NOON), live(NOON + DAY), polled(NOON + DAY))
    reported = exported(store)
    store.forget(start=NOON, end=NOON + 2 * DAY)
    assert len(exported(store)) == 1
    assert imported(store, reported) == [DUPLICATE, DUPLICATE]
    store.purge()
    assert imported(store, reported) == [DUPLICATE, FORGOTTEN]
    assert len(store.plays()) == 1


def test_the_household_and_others_are_exported_for_themselves(store: Memory) -> None:
    """What nobody can be named for comes back as the household's, Ben's as Ben's."""
    store.append(
        sonos(NOON, item=OTHER), live(NOON, listener=BEN), sonos(NOON), live(NOON + DAY)
    )
    reported = {one: exported(store, one) for one in (THE_HOUSEHOLD, BEN, ALVA)}
    before = store.plays()
    assert len(before) == 3
    for listener, rows in reported.items():
        with fresh(store) as empty:
            imported(empty, rows, listener)
            theirs = whole([play for play in before if play.listener == listener])
            assert whole(empty.plays()) == theirs
            assert len(theirs) == 1


def test_in_spotifys_keys_a_play_is_one_row_whatever_was_played(store: Memory) -> None:
    """Other programs read tracks, episodes, chapters, and files without a URI; the time is the best known."""
    store.append(
        live(NOON, device=PHONE, ms=200_000),
        replace(
            exported_row(NOON), reason_end="fwdbtn", skipped=True, ms_played=150_000
        ),
        live(NOON + HOUR, item=EPISODE, ms=60_000),
        live(NOON + 2 * HOUR, item=CHAPTER, ms=60_000),
    )
    import_rows(store, [account_row(Sounded(BRASS, NOON + 3 * HOUR, 60_000), 0)])
    track, episode, chapter, own = map(msgspec.json.decode, exported(store))
    for one in (track, episode, chapter, own):
        assert [key for key in one if not key.startswith("encore_")] == SPOTIFYS_KEYS
        assert (one["conn_country"], one["ip_addr"]) == ("ZZ", None)
    assert (track["ts"], track["ms_played"], track["reason_end"], track["skipped"]) == (
        "2024-06-01T12:00:00Z",
        150_000,
        "fwdbtn",
        True,
    )
    assert track["platform"] == PHONE.name
    assert track["spotify_track_uri"] == SONG.uri
    assert track["master_metadata_album_artist_name"] == SONG.artists[0]
    assert episode["spotify_episode_uri"] == EPISODE.uri
    assert episode["episode_show_name"] == EPISODE.artists[0]
    assert episode["master_metadata_track_name"] is None
    assert chapter["audiobook_chapter_uri"] == CHAPTER.uri
    assert chapter["audiobook_title"] == "The Long Field"
    assert own["spotify_track_uri"] is None
    assert own["master_metadata_track_name"] == BRASS.title


def test_rows_that_cannot_be_are_skipped_with_their_reason(store: Memory) -> None:
    """Somebody may have edited the file; none of it reaches the store in part."""
    store.append(live(NOON), polled(NOON))
    [row] = exported(store)
    wrong = {
        Skipped.NO_ITEM: {"encore_observations": []},
        Skipped.IMPOSSIBLE_TIME: {"ended_at": 5},
        Skipped.NO_LENGTH: {"ms_played": -1},
    }
    for reason, change in wrong.items():
        reported = msgspec.json.decode(row)
        if reason is Skipped.NO_ITEM:
            reported |= change
        else:
            reported["encore_observations"][1] |= change
        plays, skipped = exported_plays([msgspec.convert(reported, OwnRow)])
        assert not plays
        assert skipped == {reason: 1}
    reported = msgspec.json.decode(row)
    reported["encore_observations"][0]["started_at"] = NOON + 1
    assert exported_plays([msgspec.convert(reported, OwnRow)])[1] == {
        Skipped.IMPOSSIBLE_TIME: 1
    }
    reported = msgspec.json.decode(row)
    reported["encore_item"]["duration_ms"] = 1 << 40
    assert exported_plays([msgspec.convert(reported, OwnRow)])[1] == {
        Skipped.NO_LENGTH: 1
    }
