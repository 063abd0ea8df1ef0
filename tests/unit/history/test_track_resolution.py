"""A play of which a source knew only names shows the real track, as soon as that is known."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from custom_components.encore.history.merge.same_song import local_uri
from custom_components.encore.history.model import (
    Item,
    Kind,
    Observation,
    Source,
    TopOf,
    Window,
)
from custom_components.encore.history.queries.history_queries import HistoryQueries
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN

from .memory import (
    DAY,
    EPISODE,
    HOUR,
    NOON,
    SECOND,
    SONG,
    Memory,
    exported,
    live,
    reported,
)

NAMED = Item(
    local_uri(Kind.TRACK, "Ilse Vann", "Slow Rivers", ""),
    Kind.TRACK,
    "Slow rivers",
    ("Ilse Vann",),
)
NAMED_EPISODE = Item(
    local_uri(Kind.EPISODE, "Daily Dial", "The Weather, Again", "Daily Dial"),
    Kind.EPISODE,
    EPISODE.title,
    EPISODE.artists,
)
SAME_TITLE = replace(EPISODE, uri="spotify:episode:zz", duration_ms=1_200_000)


def account(end: int, item: Item = NAMED) -> Observation:
    """Return what account data says."""
    return reported(Source.ACCOUNT_DATA, end, item=item)


def shown(store: Memory) -> list[str]:
    """Return the URIs of all plays."""
    return [play.item.uri for play in store.plays()]


@pytest.mark.parametrize("local_first", [True, False])
def test_a_play_elsewhere_shows_the_real_track(
    store: Memory, local_first: bool
) -> None:
    """They need not be of one play; the song is the same."""
    both = [account(NOON), live(NOON + DAY)]
    store.append_each(both if local_first else both[::-1])
    assert shown(store) == [SONG.uri, SONG.uri]
    assert store.plays()[0].item == SONG


def test_a_top_list_has_one_entry_for_both(store: Memory) -> None:
    """In a short window and in a long one."""
    store.append(account(NOON))
    store.append(live(NOON + DAY))
    for days in (3, 300):
        window = Window(NOON - DAY, NOON + days * DAY)
        [entry] = HistoryQueries(store.connection, NOBODY_HIDDEN).top(
            window, TopOf.TRACKS
        )
        assert (entry.uri, entry.total.plays) == (SONG.uri, 2)
        store.connection.rollback()


def test_the_best_described_release_is_shown(store: Memory) -> None:
    """Of those that one source described it is always the same one."""
    poor = replace(SONG, uri="spotify:track:0", isrc=None, duration_ms=None)
    late = replace(SONG, uri="spotify:track:z", album="Best")
    store.append(account(NOON), exported(NOON + DAY, item=poor))
    assert shown(store)[0] == poor.uri
    store.append(live(NOON + 2 * DAY, item=late))
    assert shown(store)[0] == late.uri
    store.append(live(NOON + 3 * DAY))
    assert shown(store)[0] == SONG.uri


def test_the_release_that_was_played_then_is_shown(store: Memory) -> None:
    """A play that another source saw as well is of the track that that one names."""
    other = replace(SONG, uri="spotify:track:z", isrc=None, duration_ms=None)
    store.append(account(NOON), exported(NOON, item=other), live(NOON + DAY))
    assert shown(store) == [other.uri, SONG.uri]


def test_plays_that_come_to_show_one_track_keep_a_start_of_their_own(
    store: Memory,
) -> None:
    """Two names of one track at one moment stay two plays."""
    with_album = replace(
        NAMED, uri=local_uri(Kind.TRACK, "Ilse Vann", "Slow Rivers", "X")
    )
    store.append(account(NOON), account(NOON, with_album))
    store.append(live(NOON + DAY))
    first, second, _ = store.plays()
    assert first.item == second.item == SONG
    assert second.started_at - first.started_at == 1


def test_an_episode_is_shown_while_it_is_the_only_one_of_its_title(
    store: Memory,
) -> None:
    """A daily show repeats its titles, and then nobody knows which one it was."""
    store.append(account(NOON, NAMED_EPISODE))
    store.append(live(NOON + DAY, item=EPISODE))
    assert shown(store)[0] == EPISODE.uri
    store.append(live(NOON + 2 * DAY, item=SAME_TITLE))
    assert shown(store) == [NAMED_EPISODE.uri, EPISODE.uri, SAME_TITLE.uri]


def test_names_join_no_two_episodes(store: Memory) -> None:
    """Two real episodes of one title at once are two plays, with what only names them beside one."""
    store.append(
        live(NOON, item=EPISODE),
        exported(NOON + 5 * SECOND, item=SAME_TITLE),
        account(NOON + 4 * SECOND, NAMED_EPISODE),
    )
    assert [(play.item.uri, set(play.sources)) for play in store.plays()] == [
        (EPISODE.uri, {Source.LIVE}),
        (SAME_TITLE.uri, {Source.EXPORT, Source.ACCOUNT_DATA}),
    ]


@pytest.mark.parametrize(
    "arrive", [Memory.append_each, lambda store, reported: store.append(*reported)]
)
def test_a_song_that_has_the_names_of_an_episode_is_another_thing(
    store: Memory, arrive: Callable[[Memory, list[Observation]], None]
) -> None:
    """What is known as music is never shown as an episode, nor the other way round."""
    music = replace(SONG, title=EPISODE.title, artists=EPISODE.artists)
    named = replace(NAMED_EPISODE, uri="encore:track:weather", kind=Kind.TRACK)
    arrive(
        store,
        [
            live(NOON, item=music),
            exported(NOON, item=EPISODE),
            account(NOON + DAY, named),
            account(NOON + 2 * DAY, NAMED_EPISODE),
        ],
    )
    assert shown(store) == [EPISODE.uri, music.uri, music.uri, EPISODE.uri]


def test_a_release_that_nobody_played_any_more_is_not_shown(store: Memory) -> None:
    """Its names went with the last play of it; another release of the song still has some."""
    other = replace(SONG, uri="spotify:track:other", title="Slow Rivers (Remastered)")
    store.append(live(NOON))
    store.append(live(NOON + DAY, item=other))
    store.forget(end=NOON + HOUR, keep_away=False)
    store.purge()
    store.append(account(NOON + 2 * DAY))
    assert shown(store) == [other.uri, other.uri]
    assert {play.item.title for play in store.plays()} == {other.title}


def test_an_episode_is_not_mistaken_for_one_that_was_forgotten(store: Memory) -> None:
    """The only one of its title that is left is the one that a play of that title shows."""
    store.append(live(NOON, item=EPISODE))
    store.append(live(NOON + DAY, item=SAME_TITLE))
    store.forget(end=NOON + HOUR, keep_away=False)
    store.purge()
    store.append(account(NOON + 2 * DAY, NAMED_EPISODE))
    assert shown(store) == [SAME_TITLE.uri, SAME_TITLE.uri]
