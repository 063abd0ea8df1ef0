"""Tracks are described as well as anybody can, and releases of one recording are one song."""

from dataclasses import replace

import pytest

from custom_components.encore.history.merge.same_song import normalized, song_keys
from custom_components.encore.history.model import Item, Kind, Source

from .memory import DAY, EPISODE, NOON, SONG, Memory, exported, live, polled, reported

BARE = replace(
    SONG, artists=("Ilse Vann",), duration_ms=None, isrc=None, image_url=None
)
"""The same track as an export describes it."""


@pytest.mark.parametrize("live_first", [True, False])
def test_the_better_description_wins_in_any_order(
    store: Memory, live_first: bool
) -> None:
    """Spotify's API names all artists, the duration and the picture; an export does not."""
    both = [live(NOON), exported(NOON + DAY, item=replace(BARE, title="Slow rivers"))]
    store.append_each(both if live_first else both[::-1])
    assert {play.item for play in store.plays()} == {SONG}


def test_what_is_missing_is_filled_in(store: Memory) -> None:
    """A lesser source may still know what a better one did not say."""
    store.append(live(NOON, item=replace(SONG, isrc=None, image_url=None)))
    store.append(polled(NOON + DAY))
    store.append(
        reported(Source.SONOS, NOON + 2 * DAY, item=replace(SONG, title="Other"))
    )
    assert {play.item for play in store.plays()} == {SONG}


def reissue(**other: object) -> Item:
    """Return another release of the song."""
    return replace(SONG, uri="spotify:track:reissue", **{"album": "Best", **other})  # type: ignore[arg-type]  # names of its fields


@pytest.mark.parametrize(
    ("other", "plays"),
    [
        (reissue(), 1),
        (reissue(title="Anders", artists=("X",)), 1),
        (reissue(isrc=None, duration_ms=201_900), 1),
        (reissue(isrc=None, duration_ms=202_100), 2),
        (reissue(isrc=None, duration_ms=None), 1),
        (reissue(isrc="USXXX0000001"), 1),
        (reissue(isrc=None, title="Slow Rivers - 2011 Remaster", duration_ms=None), 1),
        (reissue(isrc=None, title="Anders"), 2),
        (reissue(isrc=None, artists=("X",)), 2),
    ],
)
def test_another_release_of_the_song_is_the_same_song(
    store: Memory, other: Item, plays: int
) -> None:
    """By its ISRC, or by title and first artist where no duration contradicts."""
    store.append(live(NOON))
    store.append(exported(NOON, item=other))
    assert len(store.plays()) == plays


def test_what_becomes_known_later_changes_what_was_concluded(store: Memory) -> None:
    """A duration parts two releases that had been taken for one, an ISRC joins two others."""
    stage = reissue(isrc=None, duration_ms=None, album="Live")
    store.append(live(NOON), exported(NOON, item=stage))
    assert len(store.plays()) == 1
    changed = store.append(live(NOON + DAY, item=replace(stage, duration_ms=260_000)))
    assert len(store.plays()) == 3
    assert (changed.plays_new, changed.plays_changed) == (2, 1)

    anders = Item("spotify:track:anders", Kind.TRACK, "Anders", ("X",))
    store.append(exported(NOON + DAY, item=anders))
    assert len(store.plays()) == 4
    store.append(
        live(NOON + 9 * DAY, item=replace(anders, isrc="NLB1", duration_ms=260_000)),
        polled(NOON + 9 * DAY, item=replace(stage, isrc="NLB1", duration_ms=260_000)),
    )
    assert [play.sources for play in store.plays()] == [
        {Source.LIVE},
        {Source.EXPORT},
        {Source.LIVE, Source.EXPORT},
        {Source.LIVE, Source.POLLED},
    ]
    before = store.plays()
    store.rebuild()
    assert store.plays() == before


def test_a_daily_show_is_known_by_its_uri(store: Memory) -> None:
    """Two episodes of one title are two episodes."""
    again = replace(EPISODE, uri="spotify:episode:second")
    store.append(live(NOON, item=EPISODE), exported(NOON, item=again))
    assert len(store.plays()) == 2


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Slow Rivers", "slow rivers"),
        ("  SLOW   rivers! ", "slow rivers"),
        ("Slow Rivers (feat. Tor)", "slow rivers"),
        ("Slow Rivers [2011 Remaster]", "slow rivers"),
        ("Slow Rivers - Remastered 2011", "slow rivers"),
        ("Slow Rivers - Live", "slow rivers live"),
        ("Motörhead", "motorhead"),
        ("Straße", "strasse"),
        ("東京", "東京"),
        ("???", "???"),
        ("(with Tor)", "(with tor)"),
    ],
)
def test_names_are_compared_without_their_dress(name: str, plain: str) -> None:
    """Case, accents, punctuation, guests and remasters do not count."""
    assert normalized(name) == plain


def test_keys_of_what_has_no_name_are_its_uri() -> None:
    """A track that nobody names is only itself."""
    assert song_keys(Item("spotify:track:x", Kind.TRACK, "", ())) == ["spotify:track:x"]
    nameless = replace(EPISODE, artists=())
    assert song_keys(nameless) == [EPISODE.uri]


def test_many_tracks_are_forgotten_and_found_again(
    store: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the writer remembers is bounded; the store knows the rest."""
    monkeypatch.setattr(
        "custom_components.encore.history.ingest.catalog._REMEMBERED", 0
    )
    store.append(live(NOON))
    store.append(exported(NOON, item=BARE))
    [play] = store.plays()
    assert play.item == SONG
