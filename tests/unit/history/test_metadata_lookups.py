"""What no source told of tracks is asked of Spotify: what was played most first, once, and names find their tracks."""

from dataclasses import replace

import pytest

from custom_components.encore.history.ingest.metadata_lookups import (
    Lookups,
    MissingMetadata,
    learn,
    same_track,
)
from custom_components.encore.history.merge.same_song import local_uri
from custom_components.encore.history.model import Item, Kind, Observation, Source
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.history.records.artist_pictures import AGAIN_AFTER_MS

from .memory import (
    ALVA,
    BEN,
    DAY,
    EPISODE,
    HOUR,
    MINUTE,
    NOON,
    OTHER,
    SONG,
    Memory,
    exported,
    live,
    polled,
    reported,
)

BARE = replace(SONG, duration_ms=None, isrc=None, image_url=None, artists=("Ilse Vann",))  # fmt: skip
"""The song as an export tells of it."""
BARE_EPISODE = replace(EPISODE, duration_ms=None)
NAMED = Item(
    local_uri(Kind.TRACK, "Ilse Vann", "Slow Rivers", ""),
    Kind.TRACK,
    "Slow rivers",
    ("Ilse Vann",),
)


def account(end: int, item: Item = NAMED) -> Observation:
    """Return what account data says."""
    return reported(Source.ACCOUNT_DATA, end, item=item)


def wanted(store: Memory, now: int = NOON) -> list[MissingMetadata]:
    """Return what is worth asking of."""
    found = store.operational().missing_metadata(now, 100)
    store.connection.rollback()
    return found


def learnt(store: Memory, item: Item | None, at: int = NOON) -> None:
    """Take in an answer about what is wanted most, and merge again what that moves."""
    asked = wanted(store, at)[0]
    with store.writing() as connection:
        learn(connection, store.ingest, asked, item, at)
    store.settle()


def test_what_was_played_most_is_wanted_first(store: Memory) -> None:
    """By everybody together; what is fully told is not wanted."""
    for hour in range(3):
        store.append(exported(NOON + hour * HOUR, item=BARE_EPISODE))
        store.append(polled(NOON + hour * HOUR + DAY, listener=BEN))
    store.append(exported(NOON, item=BARE, listener=BEN))
    full = replace(OTHER, isrc="DEA", image_url="https://i.scdn.co/x")
    bare = replace(OTHER, uri="spotify:track:bare", title="Bare", duration_ms=None)
    store.append(live(NOON, item=full))
    store.append(exported(NOON, item=bare))
    store.append(exported(NOON + HOUR, item=bare))
    assert [(each.uri, each.plays) for each in wanted(store)] == [
        (EPISODE.uri, 3),
        (bare.uri, 2),
    ]


@pytest.mark.parametrize(
    "lacking",
    [
        replace(SONG, duration_ms=None),
        replace(SONG, isrc=None),
        replace(SONG, image_url=None),
    ],
)
def test_each_detail_is_wanted_by_itself(store: Memory, lacking: Item) -> None:
    """Length, the recording's number and the cover."""
    store.append(live(NOON, item=lacking))
    [one] = wanted(store)
    assert (one.uri, one.artist, one.album) == (SONG.uri, "Ilse Vann", "Low Water")


def test_what_spotify_cannot_know_is_not_wanted(store: Memory) -> None:
    """A file of the listener's own, and episodes and chapters that are names alone."""
    show = ("Daily Dial",)
    for item in (
        Item("spotify:local:Ilse+Vann::Tape:61", Kind.TRACK, "Tape", ("Ilse Vann",)),
        Item(local_uri(Kind.EPISODE, *show, "One", ""), Kind.EPISODE, "One", show),
        Item("spotify:episode:chapter", Kind.CHAPTER, "Chapter", ("A Book",)),
    ):
        store.append(exported(NOON, item=item))
    assert wanted(store) == []


def test_what_was_found_is_never_asked_of_again(store: Memory) -> None:
    """Even where Spotify does not know the number of the recording either."""
    store.append(exported(NOON, item=BARE))
    learnt(store, replace(SONG, isrc=None))
    assert wanted(store, NOON + 10 * AGAIN_AFTER_MS) == []
    [play] = store.plays()
    assert play.item == replace(SONG, isrc=None)


def test_what_was_not_found_is_left_alone_for_a_while(store: Memory) -> None:
    """Then it may have come back."""
    store.append(exported(NOON, item=BARE))
    learnt(store, None)
    assert wanted(store, NOON + AGAIN_AFTER_MS) == []
    assert [one.uri for one in wanted(store, NOON + AGAIN_AFTER_MS + 1)] == [SONG.uri]
    learnt(store, SONG, NOON + AGAIN_AFTER_MS + 1)
    assert store.operational().lookups(hidden=NOBODY_HIDDEN) == Lookups(
        wanted=0, found=1, not_found=0
    )


def test_what_hidden_listeners_alone_played_is_not_counted(store: Memory) -> None:
    """Neither what is wanted nor what was asked of: a total would tell how much they listen."""
    store.append(exported(NOON, item=BARE, listener=BEN))
    learnt(store, None)
    store.append(
        exported(NOON + HOUR, item=replace(BARE, uri=OTHER.uri), listener=BEN),
        exported(NOON + 2 * HOUR, item=BARE_EPISODE, listener=BEN),
        exported(NOON + 3 * HOUR, item=BARE_EPISODE, listener=ALVA),
    )
    counts = store.operational().lookups
    assert counts(hidden=NOBODY_HIDDEN) == Lookups(wanted=2, found=0, not_found=1)
    assert counts(hidden=frozenset({BEN.key})) == Lookups(1, 0, 0)
    assert counts(hidden=frozenset({ALVA.key, BEN.key})) == Lookups(0, 0, 0)


def test_an_answer_about_another_release_describes_the_one_that_was_asked_of(
    store: Memory,
) -> None:
    """Spotify gives one that is to be had; the plays stay with theirs."""
    store.append(exported(NOON, item=BARE))
    learnt(store, replace(SONG, uri="spotify:track:elsewhere"))
    assert [play.item for play in store.plays()] == [SONG]
    assert store.count("track") == 1


def test_the_number_of_a_recording_joins_its_releases(store: Memory) -> None:
    """What two sources said of one play under two titles is one play once that is known."""
    other = replace(BARE, uri="spotify:track:single", title="Slow Rivers (Edit)")
    store.append(live(NOON))
    store.append(exported(NOON, item=other))
    assert len(store.plays()) == 2
    learnt(store, replace(SONG, uri=other.uri, title=other.title))
    [play] = store.plays()
    assert play.sources == {Source.LIVE, Source.EXPORT}


def test_names_find_their_track_and_the_plays_stay_as_many(store: Memory) -> None:
    """Each shows the real track, at the time at which it was."""
    store.append_each([account(NOON + number * HOUR) for number in range(5)])
    before = store.plays()
    learnt(store, same_track(wanted(store)[0], [OTHER, SONG]))
    after = store.plays()
    assert [play.item for play in after] == [SONG] * 5
    assert [(play.id, play.started_at, play.ms_played) for play in after] == [
        (play.id, play.started_at, play.ms_played) for play in before
    ]
    assert wanted(store) == []
    assert store.count("observation") == 5


def test_names_that_nothing_is_found_for_stay_as_they_are(store: Memory) -> None:
    """And are not looked for again soon."""
    store.append(account(NOON))
    learnt(store, None)
    assert [play.item.uri for play in store.plays()] == [NAMED.uri]
    assert wanted(store, NOON + DAY) == []


def test_nothing_is_stored_of_what_was_forgotten_while_spotify_was_asked(
    store: Memory,
) -> None:
    """Its names were taken away, and an answer does not bring them back."""
    store.append(exported(NOON, item=BARE))
    store.append(exported(NOON, item=OTHER))
    [_, asked] = sorted(wanted(store), key=lambda one: one.title)
    store.forget(track=SONG.uri)
    store.purge()
    with store.writing() as connection:
        learn(connection, store.ingest, asked, SONG, NOON)
    assert store.names("SELECT title FROM track WHERE title <> ''") == {OTHER.title}
    assert store.count("looked_up") == 0


def test_forgetting_takes_what_was_looked_up_along(store: Memory) -> None:
    """That it ever was."""
    store.append(exported(NOON, item=BARE))
    learnt(store, SONG)
    store.forget(track=SONG.uri)
    store.purge()
    assert store.count("looked_up") == 0


def test_an_answer_with_the_character_nul_is_taken_in(store: Memory) -> None:
    """PostgreSQL has no such text."""
    store.append(exported(NOON, item=BARE))
    learnt(store, replace(SONG, album="Low\0Water"))
    assert store.plays()[0].item.album == "Low\ufffdWater"


ASKED = MissingMetadata(1, NAMED.uri, "Slow rivers", "ilse vann", "", 201_500, 1)


@pytest.mark.parametrize(
    "found",
    [
        SONG,
        replace(SONG, title="Slow Rivers - Remastered 2011"),
        replace(SONG, title="SLOW RIVERS (feat. Tor)"),
        replace(SONG, duration_ms=204_500),
        replace(SONG, duration_ms=None),
    ],
)
def test_a_track_of_the_same_names_and_length_is_the_one(found: Item) -> None:
    """Names as they are compared everywhere, lengths up to three seconds apart."""
    assert same_track(ASKED, [OTHER, found]) == found


@pytest.mark.parametrize(
    "found",
    [
        replace(SONG, title="Slow Rivers (Live)"),
        replace(SONG, artists=("Tor", "Ilse Vann")),
        replace(SONG, artists=()),
        replace(SONG, duration_ms=204_501),
        replace(SONG, duration_ms=198_499),
        replace(SONG, kind=Kind.EPISODE),
        replace(SONG, uri="spotify:local:Ilse+Vann::Slow+Rivers:200"),
    ],
)
def test_another_track_is_not_taken_for_it(found: Item) -> None:
    """It is left alone."""
    assert same_track(ASKED, [found]) is None


@pytest.mark.parametrize(("longest_ms", "is_it"), [(202_999, True), (203_001, False)])
def test_a_track_without_a_length_is_none_that_is_shorter_than_it_was_played(
    store: Memory, longest_ms: int, *, is_it: bool
) -> None:
    """Account data tells no lengths, but how long it sounded."""
    store.append(
        account(NOON),
        reported(Source.ACCOUNT_DATA, NOON + DAY, item=NAMED, ms=longest_ms),
        reported(Source.ACCOUNT_DATA, NOON + 2 * DAY, item=NAMED, ms=30_000),
    )
    asked = wanted(store)[0]
    assert (
        same_track(asked, [replace(SONG, duration_ms=200_000)]) is not None
    ) == is_it


def test_of_several_that_fit_the_same_album_counts_then_the_length() -> None:
    """Then the order in which Spotify found them."""
    first = replace(SONG, uri="spotify:track:1", duration_ms=203_000, album="Best Of")
    near = replace(SONG, uri="spotify:track:2", duration_ms=201_000, album="Live")
    album = replace(SONG, uri="spotify:track:3", duration_ms=199_000)
    found = [first, near, album]
    assert same_track(ASKED, found) == near
    assert same_track(replace(ASKED, album="LOW WATER"), found) == album
    assert same_track(replace(ASKED, duration_ms=None), found) == first


def test_without_a_title_or_an_artist_nothing_is_sure() -> None:
    """A name alone is many songs'."""
    assert same_track(replace(ASKED, artist=""), [replace(SONG, artists=("",))]) is None
    assert same_track(replace(ASKED, title=""), [replace(SONG, title="")]) is None


def test_a_play_of_nobody_in_particular_counts_too(store: Memory) -> None:
    """All listeners share the catalog."""
    store.append(exported(NOON, item=BARE, listener=ALVA))
    store.append(exported(NOON + MINUTE * 60, item=BARE, listener=BEN))
    [one] = wanted(store)
    assert (one.plays, one.only_names) == (2, False)


def test_what_is_found_after_all_counts_once(store: Memory) -> None:
    """The earlier look-up that found nothing is replaced."""
    store.append(exported(NOON, item=BARE))
    learnt(store, None)
    assert wanted(store) == []
    learnt(store, SONG, NOON * 2)
    found = store.operational().lookups(hidden=NOBODY_HIDDEN)
    assert found == Lookups(wanted=0, found=1, not_found=0)
