"""Things are found by their names, with what was heard of them."""

from typing import Any

import pytest

from custom_components.encore.history.model import (
    Found,
    Item,
    Kind,
    ThingOf,
    Total,
    Window,
)
from custom_components.encore.history.queries.history_queries import HistoryQueries
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN

from .memory import ALL, ALVA, BEN, DAY, EPISODE, NOON, SONG, Memory, live, polled


def song(
    title: str,
    *artists: str,
    album: str = "",
    release: str = "",
    isrc: str | None = None,
) -> Item:
    """Return a song; its URI is made of what tells it from others."""
    uri = f"spotify:track:{title}{artists}{album}{release}"
    return Item(uri, Kind.TRACK, title, artists or ("Nobody",), album, 200_000, isrc)


class Shelves:
    """A store that is filled with one play of each item, and searched."""

    def __init__(self, store: Memory) -> None:
        """Begin with the empty store."""
        self.store = store
        self._end = NOON

    def put(self, *items: Item, **more: Any) -> None:
        """Play items one after the other, a day apart."""
        for item in items:
            self.store.append(live(self._end, item=item, **more))
            self._end += DAY

    def find(self, text: str, **more: Any) -> Found:
        """Return what is found."""
        return HistoryQueries(self.store.connection, NOBODY_HIDDEN).find(text, **more)

    def names(self, text: str, **more: Any) -> list[tuple[str, str]]:
        """Return what is found, as sort and name."""
        return [(str(each.of), each.name) for each in self.find(text, **more).things]


@pytest.fixture
def shelves(store: Memory) -> Shelves:
    """Give an empty store to fill."""
    return Shelves(store)


def test_an_empty_store_has_nothing(shelves: Shelves) -> None:
    """Whatever is asked for."""
    assert shelves.find("anything") == Found((), {})
    assert shelves.find("?!") == Found((), {})


def test_each_sort_of_thing_is_found(shelves: Shelves) -> None:
    """Songs, artists, albums, shows and episodes, by their own names."""
    shelves.put(
        song("Harbour", "Ann"),
        song("One", "Harbour"),
        song("Two", "Bob", album="Harbour"),
        Item("spotify:episode:1", Kind.EPISODE, "Arrivals", ("Harbour",)),
        Item("spotify:episode:2", Kind.EPISODE, "Harbour", ("Ships",)),
        Item("spotify:chapter:1", Kind.CHAPTER, "Harbour", ("A Book",)),
    )
    found = shelves.find("harbour")
    assert sorted((str(each.of), each.name, each.artist) for each in found.things) == [
        ("album", "Harbour", "Bob"),
        ("artist", "Harbour", "Harbour"),
        ("episode", "Harbour", "A Book"),
        ("episode", "Harbour", "Ships"),
        ("show", "Harbour", "Harbour"),
        ("track", "Harbour", "Ann"),
    ]
    assert found.counts == {
        ThingOf.TRACK: 1,
        ThingOf.ARTIST: 1,
        ThingOf.ALBUM: 1,
        ThingOf.SHOW: 1,
        ThingOf.EPISODE: 2,
    }
    assert shelves.names("harbour", of=[ThingOf.ARTIST]) == [("artist", "Harbour")]


@pytest.mark.parametrize(
    "text",
    [
        "Ágætis byrjun",
        "agaetis BYRJUN",
        "byrjun",
        "agae",
        "byrjun agaetis",
        "agetis byrjun",  # a letter short
        "agaetis byrjnu",  # two swapped
        "agaetisbyrjun",
        "the agaetis byrjun",
        "byrjun sigur",
        "agaetis by sigur ros",
        "byr jun",
        "agatis birjan",  # as it sounds
        "agaetisbirjun",
    ],
)
def test_a_name_is_found_as_people_put_it(shelves: Shelves, text: str) -> None:
    """Without accents, in part, in another order, with a typo, with its artist, as it sounds."""
    shelves.put(song("Ágætis byrjun", "Sigur Rós"), song("Svefn", "Sigur Rós"))
    assert shelves.names(text)[0] == ("track", "Ágætis byrjun")


@pytest.mark.parametrize(
    "text", ["hoppipolla", "agatha burger", "bourbon", "jun", "ros"]
)
def test_what_is_called_otherwise_is_not_found(shelves: Shelves, text: str) -> None:
    """Not by more letters than a typo has wrong where it sounds otherwise, and no track by its artist's name alone."""
    shelves.put(song("Ágætis byrjun", "Sigur Rós"))
    assert ("track", "Ágætis byrjun") not in shelves.names(text)


@pytest.mark.parametrize("text", ["AC/DC", "acdc", "ac dc", "AC-DC", "ac d"])
def test_punctuation_within_a_name_may_be_there_or_not(
    shelves: Shelves, text: str
) -> None:
    """Nobody is sure of it."""
    shelves.put(song("Thunder", "AC/DC"))
    assert shelves.names(text) == [("artist", "AC/DC")]


def test_what_is_spelt_so_hides_what_is_spelt_almost_so(shelves: Shelves) -> None:
    """A typo is looked for only where nothing else is found among what may be found."""
    shelves.put(song("Ember", "Ann"), song("Umber", "Ann"), listener=ALVA)
    shelves.put(song("Ember", "Ann"), listener=BEN)
    assert shelves.names("umber") == [("track", "Umber")]
    assert shelves.names("umber", listeners=[BEN.key]) == [("track", "Ember")]


def test_what_is_spelt_almost_so_hides_what_sounds_so(shelves: Shelves) -> None:
    """A sound is listened to only where nothing else is found among what may be found."""
    shelves.put(song("Night Train", "Ann"), song("Nile Train", "Ann"), listener=ALVA)
    shelves.put(song("Night Train", "Ann"), listener=BEN)
    assert shelves.names("nite train") == [("track", "Nile Train")]
    assert shelves.names("nite train", listeners=[BEN.key]) == [
        ("track", "Night Train")
    ]


def test_a_sound_never_scores_as_high_as_a_spelling(shelves: Shelves) -> None:
    """Not even as a typo in the name of the artist alone."""
    shelves.put(song("U2", "Kashmir"), song("At Sea", "Kashmir Orchestra"))
    [spelt] = shelves.find("at sea by kashmirr orchestr", of=[ThingOf.TRACK]).things
    sounding = [
        shelves.find("cashmere", of=[ThingOf.ARTIST]).things[0],
        shelves.find("you too").things[0],
        shelves.find("sea at cashmere orkestra", of=[ThingOf.TRACK]).things[0],
    ]
    assert [each.name for each in sounding] == ["Kashmir", "U2", "At Sea"]
    assert max(each.score for each in sounding) < spelt.score


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Coldplay", "coal play"),
        ("Weeknd", "the week end"),
        ("Black Keys", "the black quays"),
        ("U2", "you two"),
        ("The xx", "ex ex"),
        ("The 1975", "nineteen seventy five"),
        ("99 Luftballons", "neunundneunzig luftballons"),
        ("blink-182", "blink one eighty two"),
        ("Sum 41", "some forty one"),
        ("Rocky IV", "rocky four"),
        ("deadmau5", "dead mouse"),
        ("Sk8er Boi", "skater boy"),
        ("P!nk", "pink"),
        ("Ke$ha", "kesha"),
        ("Sufjan", "sufyan"),
        ("Rammstein", "ram stein"),
        ("Dire Straits", "dear straights"),
        ("Sigur Rós", "sigor ross"),
        ("Dákiti", "daquiti"),
    ],
)
def test_a_name_is_found_as_it_sounds(shelves: Shelves, name: str, text: str) -> None:
    """However speech recognition spells it and sets it apart, among others."""
    shelves.put(song("Ember", "Kite Season"), song("Opus", name), song("Glass", "Ann"))
    assert [found for _, found in shelves.names(text, of=[ThingOf.ARTIST])] == [name]


def test_a_title_and_its_artist_are_found_as_they_sound(shelves: Shelves) -> None:
    """Both may be misheard, and set apart elsewhere."""
    shelves.put(song("Clocks", "Coldplay"), song("Clocks", "Ann"), song("X", "Cold"))
    found = shelves.find("clox by coal play", of=[ThingOf.TRACK]).things
    assert [(each.name, each.artist) for each in found] == [("Clocks", "Coldplay")]


def test_names_that_sound_the_same_fit_equally_well(shelves: Shelves) -> None:
    """What was played most comes first; a nearer sound comes before it."""
    shelves.put(
        song("Opus", "Aurora Vale"),
        *(song("Opus", "Aurora Vail"),) * 2,
        *(song("Opus", "Aurora Veel"),) * 3,
    )
    found = shelves.find("orora veil", of=[ThingOf.ARTIST]).things
    names = [each.name for each in found]
    assert names == ["Aurora Vail", "Aurora Vale", "Aurora Veel"]
    assert found[0].score == found[1].score > found[2].score


@pytest.mark.parametrize("text", ["ki", "kai", "cah", "u", "qu", "cee", "0", "9"])
def test_a_short_word_does_not_sound_like_everything(
    shelves: Shelves, text: str
) -> None:
    """Too many names would be what it may mean."""
    shelves.put(song("Key", "Kay"), song("You", "Cue"), song("Sea", "Go"))
    assert shelves.names(text) == []


def test_a_name_in_other_letters_has_no_sound(shelves: Shelves) -> None:
    """It is found as it is written, and is no hindrance to others."""
    shelves.put(song("방탄소년단", "Кино"), song("Kashmir", "がんばれ"))
    assert shelves.names("кино") == [("artist", "Кино")]
    assert shelves.names("кинно") == [("artist", "Кино")]
    assert shelves.names("киноо cashmere") == []
    assert shelves.names("cashmere") == [("track", "Kashmir")]


def test_the_very_name_comes_first_then_what_was_played_most(
    shelves: Shelves,
) -> None:
    """Then whole words before beginnings."""
    shelves.put(
        song("Ember", "Ann"),
        *(song("Ember Days", "Bob"),) * 2,
        *(song("Ember Nights", "Cy"),) * 3,
        *(song("Embers", "Di"),) * 4,
    )
    names = [name for _, name in shelves.names("ember")]
    assert names == ["Ember", "Ember Nights", "Ember Days", "Embers"]
    assert len(shelves.find("ember", limit=2).things) == 2


def test_the_releases_of_a_song_are_one(shelves: Shelves) -> None:
    """It is called as the one that was played most, and is counted with all of them."""
    single = song("Ember", "Ann", release="single", isrc="NLA1")
    album = song("Ember (Album Version)", "Ann", release="album", isrc="NLA1")
    shelves.put(single, album, album)
    [thing] = shelves.find("ember").things
    assert (thing.name, thing.uri) == (album.title, album.uri)
    assert thing.total == Total(3, 600_000)
    assert thing.score == 1  # as the other release is called


def test_counts_and_ends_are_of_the_plays_that_pass(shelves: Shelves) -> None:
    """The window and the filters mean what they always do."""
    shelves.put(song("Ember", "Ann"), song("Ember", "Ann"), listener=ALVA)
    shelves.put(song("Ember", "Ann"), listener=BEN)
    start = NOON - 200_000
    [thing] = shelves.find("ember").things
    assert (thing.total.plays, thing.first, thing.last) == (3, start, start + 2 * DAY)
    [thing] = shelves.find("ember", listeners=[BEN.key]).things
    assert (thing.total.plays, thing.first, thing.last) == (1, *[start + 2 * DAY] * 2)
    [thing] = shelves.find("ember", window=Window(start + 1, start + 2 * DAY)).things
    assert (thing.total.plays, thing.first, thing.last) == (1, *[start + DAY] * 2)
    assert shelves.find("ember", kinds=[Kind.EPISODE]) == Found((), {})
    assert shelves.find("ember", min_ms=200_001) == Found((), {})


def test_plays_can_be_narrowed_to_a_thing(shelves: Shelves) -> None:
    """By the row ids of its tracks: the same in short windows and long ones."""
    duet = song("Ember", "Ann", "Bob", album="Coals")
    talk = Item("spotify:episode:1", Kind.EPISODE, "Ann at Home", ("Bob",))
    shelves.put(
        duet, duet, song("Ash", "Ann", album="Coals"), song("Rain", "Bob"), talk
    )
    queries = HistoryQueries(shelves.store.connection, NOBODY_HIDDEN)
    for text, of, plays in (
        ("ember", ThingOf.TRACK, 2),
        ("coals", ThingOf.ALBUM, 3),
        ("ann", ThingOf.ARTIST, 3),
        ("bob", ThingOf.ARTIST, 3),
        ("bob", ThingOf.SHOW, 1),
        ("ann at home", ThingOf.EPISODE, 1),
    ):
        [thing] = queries.find(text, of=[of]).things
        tracks = queries.tracks_of(thing)
        assert thing.total.plays == plays
        for window in (ALL, Window(NOON - DAY, NOON + 5 * DAY)):
            assert queries.total(window, tracks=tracks) == thing.total
            found = queries.plays(window, tracks=tracks)
            assert [found[-1].started_at, found[0].started_at] == [
                thing.first,
                thing.last,
            ]
    assert queries.total(ALL, tracks=[]) == queries.total(Window(0, DAY), tracks=[])


def test_a_better_description_renames_a_song(shelves: Shelves) -> None:
    """What sources say first may be worth less; it is found by its newest name."""
    store = shelves.store
    nameless = Item(SONG.uri, Kind.TRACK, "", ())
    store.append(polled(NOON, item=nameless))
    assert shelves.find(SONG.title) == Found((), {})
    store.append(live(NOON + DAY), live(NOON + 2 * DAY, item=EPISODE))
    assert shelves.names(SONG.title)[0] == ("track", SONG.title)
    assert shelves.find("weather again").things[0].artist == "Daily Dial"
