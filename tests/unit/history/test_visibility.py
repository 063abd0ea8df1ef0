"""Nothing that a viewer's queries return is of a hidden listener: each public method, as in a house without that listener."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pytest
from sqlalchemy import Connection

from custom_components.encore.history.columns.counts import Counts
from custom_components.encore.history.history import History
from custom_components.encore.history.ingest.ingest import Ingest
from custom_components.encore.history.model import (
    HOUSEHOLD,
    By,
    Item,
    Listener,
    Play,
    Source,
    Thing,
    ThingOf,
    TopOf,
    Total,
    Window,
)
from custom_components.encore.history.queries.history_queries import HistoryQueries
from custom_components.encore.history.queries.operational_queries import (
    OperationalQueries,
)
from custom_components.encore.history.queries.play_ids import PlayId
from custom_components.encore.history.queries.visible_plays import (
    EVER,
    NOBODY_HIDDEN,
    Hidden,
)
from custom_components.encore.history.records.artist_pictures import learn_picture
from custom_components.encore.history.records.podcast_progress import (
    Episode,
    PodcastQueries,
    Show,
)
from custom_components.encore.history.records.resume_points import save_episodes
from custom_components.encore.history.records.saved_library import (
    LibraryQueries,
    LibrarySection,
    SavedItem,
    SectionState,
    store_section,
)
from tests.unit.questions.house import (
    ALVA,
    BEN,
    DEN,
    EMBER,
    KITCHEN,
    PAST,
    STUDY,
    at,
    heard,
    history_of,
    song,
)

SECRET = replace(song("Confession", "Hidden Name", album="Kept"), image_url="secret")
SHARED = replace(EMBER, image_url="shared")
CELLAR = replace(KITCHEN, key="cellar", name="Cellar")
WITH_BEN: Final = [
    *PAST,
    heard(ALVA, SHARED, "2026-05-03 12:00", room=STUDY),
    heard(BEN, SECRET, "2018-01-01 12:00", room=KITCHEN, device=DEN),
    heard(BEN, SECRET, "2026-07-14 20:30", room=CELLAR),
    heard(BEN, SECRET, "2026-07-14 20:40", room=STUDY),
]
WITHOUT_BEN: Final = [one for one in WITH_BEN if one.listener != BEN]
HIDDEN: Final = frozenset({BEN.key})

NAMES: Final = ("Confession", "Hidden Name", "Kept", "Ember", "Kite Season", "Cellar")
SHOW: Final = Show("spotify:show:hidden", "Hidden show", total=1)
EPISODE: Final = Episode("spotify:episode:hidden", "Hidden episode", 1, "2026-01-01")


ANYBODY: Final = Listener(HOUSEHOLD, "Household")
EARLIER: Final = Window(at("2026-07-13"), at("2026-07-15"))


def paused(item: Item, listener: Listener) -> Play:
    """Return a play under way that a speaker shows, which is paused."""
    start = at("2026-07-14 20:30")
    source = frozenset({Source.SONOS})
    return Play(-1, listener, item, start, start + 190_000, 190_000, source)


UNDER_WAY: Final = [
    paused(SECRET, ANYBODY),
    paused(SECRET, BEN),
    paused(EMBER, ANYBODY),
]


def plain(plays: Iterable[Play]) -> list[Play]:
    """Return plays without their row ids, which differ between homes."""
    return sorted(
        (replace(one, id=0) for one in plays),
        key=lambda one: (one.started_at, str(one)),
    )


def asked_of(queries: HistoryQueries, listeners: str) -> list[Any]:
    """Return what a method about listeners answers of all, of the hidden one, and of both."""
    ask = getattr(queries, listeners)
    return [ask(whom) for whom in (None, [BEN.key], [BEN.key, ALVA.key])]


COMPARED: Final[dict[str, Callable[[HistoryQueries], object]]] = {
    "select": lambda queries: [
        queries.select(EVER).total(),
        queries.select(EVER, rooms=(KITCHEN.key,)).total(),
        queries.select(EVER, listeners=(BEN.key, ALVA.key)).kinds(),
    ],
    "listeners": lambda queries: queries.listeners(),
    "listeners_by_id": lambda queries: {*queries.listeners_by_id().values()},
    "rooms": lambda queries: queries.rooms(),
    "rooms_by_id": lambda queries: {*queries.rooms_by_id().values()},
    "devices": lambda queries: queries.devices(),
    "recorded_from": lambda queries: asked_of(queries, "recorded_from"),
    "first_in_a_room": lambda queries: asked_of(queries, "first_in_a_room"),
    "coverage": lambda queries: [
        each.by_source() for each in asked_of(queries, "coverage")
    ],
    "plays": lambda queries: [
        plain(queries.plays(EVER)),
        plain(queries.plays(EVER, limit=4)),
        plain(queries.plays(EVER, listeners=[BEN.key])),
        plain(queries.plays(EARLIER)),
    ],
    "total": lambda queries: [
        queries.total(EVER),
        queries.total(EVER, listeners=[BEN.key]),
        queries.total(EARLIER),
    ],
    "kinds": lambda queries: [queries.kinds(EVER), queries.kinds(EARLIER)],
    "top": lambda queries: [
        queries.top(window, of, by=by)
        for of in TopOf
        for by in By
        for window in (EVER, EARLIER)
    ],
    "find": lambda queries: [
        [(thing.name, thing.total) for thing in queries.find(name).things]
        for name in NAMES
    ],
    "find_uri": lambda queries: [
        found and (found.name, found.total)
        for found in map(queries.find_uri, (SECRET.uri, EMBER.uri))
    ],
    "is_name": lambda queries: [queries.is_name(name) for name in NAMES],
    "covers": lambda queries: queries.covers([SECRET.uri, EMBER.uri]),
    "with_covers": lambda queries: [
        queries.with_covers(TopOf.ALBUMS, "Kept", "Hidden Name"),
        queries.with_covers(TopOf.ALBUMS, "Hollow", "Kite Season"),
        queries.with_covers(TopOf.ARTISTS, "Hidden Name"),
    ],
    "pictures": lambda queries: queries.pictures(["Hidden Name", "Kite Season"]),
    "place_of": lambda queries: [
        queries.place_of(thing, EVER, By.PLAYS)
        for thing in queries.find("Glass").things
    ],
    "playing_at": lambda queries: plain(queries.playing_at(at("2026-07-14 20:31"))),
    "sounded_in": lambda queries: plain(queries.sounded_in(EARLIER, limit=50)),
    "library": lambda queries: [
        queries.library.states(BEN.key),
        queries.library.items(BEN.key, LibrarySection.TRACKS),
        queries.library.saved(BEN.key, [SECRET.uri]),
        queries.library.named(BEN.key, [SECRET.uri]),
        queries.library.find(BEN.key, "Confession", [LibrarySection.TRACKS], 9),
    ],
    "podcasts": lambda queries: [
        queries.podcasts.shows(BEN.key),
        queries.podcasts.show(BEN.key, "Hidden show"),
        queries.podcasts.episodes(BEN.key, SHOW.uri, 9),
        queries.podcasts.episode(BEN.key, EPISODE.uri),
        queries.podcasts.named(BEN.key, "Hidden episode"),
        queries.podcasts.new(BEN.key, "2000", 9),
        queries.podcasts.under_way(BEN.key, 9),
    ],
}
"""What is the same in a home in which the hidden listener never was."""

ROWS: Final = range(1, 60)
"""More row ids than the home has of anything."""
AS_OFTEN: Final = Counts(*(np.full(len(ROWS) + 1, 3, np.int64) for _ in range(2)))
"""As if everything had been played as often."""


@dataclass(frozen=True)
class Known:
    """What somebody who guesses could hand in: row ids and plays of a home."""

    plays: list[Play]
    titles: dict[int, str]

    @property
    def songs(self) -> list[Thing]:
        """A thing for each track there is."""
        nothing = Total(0, 0)
        return [
            Thing(ThingOf.TRACK, row, "", "", None, 1, nothing, 0, 1 << 50)
            for row in self.titles
        ]


GUESSED: Final[dict[str, Callable[[HistoryQueries, Known], object]]] = {
    "visible_under_way": lambda queries, _: queries.visible_under_way(UNDER_WAY),
    "plays_of": lambda queries, _: queries.plays_of(ROWS),
    "resting_on": lambda queries, _: queries.resting_on(WITH_BEN),
    "play_of_id": lambda queries, known: [
        queries.play_of_id(PlayId.of(one)) for one in known.plays
    ],
    "evidence_of": lambda queries, known: [
        queries.evidence_of(one) for one in known.plays
    ],
    "rooms_of": lambda queries, known: queries.rooms_of(ROWS),
    "ranked": lambda queries, _: [
        queries.ranked(of, AS_OFTEN, limit=100)
        for of in TopOf
        if of is not TopOf.SOURCES
    ],
    "ranked_by_id": lambda queries, _: [
        queries.ranked_by_id(of, AS_OFTEN, limit=100, ids=np.arange(len(ROWS) + 1))
        for of in TopOf
        if of is not TopOf.SOURCES
    ],
    "names_of": lambda queries, _: [
        queries.names_of(of, ROWS) for of in TopOf if of is not TopOf.SOURCES
    ],
    "play_of": lambda queries, known: [
        queries.play_of(song, one.started_at)
        for one in known.plays
        for song in known.songs
    ],
    "tracks_of": lambda queries, known: [
        known.titles[row] for song in known.songs for row in queries.tracks_of(song)
    ],
}
"""What takes row ids or plays, which somebody may have guessed."""

OWN_WORK: Final = {
    "jobs": "takes whom the viewer may not see",
    "forgettable": "takes whom the viewer may not see",
    "forgettings": "who shows them leaves out those of hidden listeners",
    "events": "says nothing of plays",
    "audited": "who shows them leaves out what private listeners asked",
    "reads": "who shows them leaves out what private listeners asked",
    "audit_counts": "says nothing of plays",
    "api_calls": "who shows them leaves out the accounts of hidden listeners",
    "missing_metadata": "for Spotify's metadata",
    "missing_pictures": "for Spotify's metadata",
    "lookups": "one number for the whole catalog",
    "library": "of an account, for itself",
    "podcasts": "of an account, for itself",
    "made_from": "of an account, for itself",
    "was_imported": "of an account, for itself",
    "newest": "of an account, for itself",
    "seen_until": "of an account, for itself",
    "listener_keys": "for the ids of accounts that are linked",
    "anything_waits": "says nothing of plays",
    "room_pauses": "says nothing of plays",
    "store_bytes": "shown in whole megabytes",
    "next_purge": "says nothing of plays",
    "generation": "says nothing of plays",
}
"""Why each operational query may be asked without a viewer."""

SECRETS: Final = ("Ben", "Confession", "Hidden", "Kept", "Cellar", "secret")


def public(kind: type) -> set[str]:
    """Return the public methods and properties of a class and of those that it builds on."""
    return {name for name in dir(kind) if not name.startswith("_")}


def test_every_method_is_classified() -> None:
    """A new one says here how it keeps to what its viewer may see."""
    assert public(HistoryQueries) == COMPARED.keys() | GUESSED.keys()
    assert not COMPARED.keys() & GUESSED.keys()
    assert public(OperationalQueries) == OWN_WORK.keys()
    assert public(LibraryQueries) == {"states", "items", "saved", "named", "find"}
    assert public(PodcastQueries) == {
        "shows", "show", "episodes", "episode", "named", "new", "under_way",
    }  # fmt: skip


@pytest.fixture
def threads_may_stay() -> bool:
    """Leave the threads of the shared histories alone, which outlive a test."""
    return True


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    """Return the history of a home in which Ben is."""
    with history_of(tmp_path_factory.mktemp("whole"), WITH_BEN) as history:
        pictured(history)
        history.write(
            lambda connection, ingest: store_section(
                connection,
                ingest.registers,
                BEN,
                SectionState(LibrarySection.TRACKS, 1, 1, 0),
                [SavedItem(SECRET.uri, SECRET.title)],
            )
        ).result()
        history.write(
            lambda connection, ingest: save_episodes(
                connection, ingest.registers, BEN, SHOW, [EPISODE], now=0, first_place=0
            )
        ).result()
        yield history


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    """Return the history of the same home if Ben had never been there."""
    with history_of(tmp_path_factory.mktemp("without"), WITHOUT_BEN) as history:
        pictured(history)
        yield history


@pytest.fixture(scope="module")
def known(whole: History) -> Known:
    """Return all plays and tracks of the home with their row ids."""
    plays = whole.ask(
        lambda queries: queries.plays(EVER, min_ms=0), hidden=NOBODY_HIDDEN
    )
    names = whole.ask(
        lambda queries: queries.names_of(TopOf.TRACKS, ROWS), hidden=NOBODY_HIDDEN
    )
    return Known(
        plays.result(), {row: title for row, (title, *_) in names.result().items()}
    )


def pictured(history: History) -> None:
    """Learn a picture of each artist."""
    wanted = history.look_up(lambda queries: queries.missing_pictures(0, 100)).result()

    def learn(connection: Connection, _ingest: Ingest) -> None:
        for one in wanted:
            learn_picture(connection, one, f"picture of {one.name}", 0)

    history.write(learn).result()


@pytest.mark.parametrize("method", sorted(COMPARED))
def test_it_answers_as_if_a_hidden_listener_had_never_been_there(
    whole: History, without: History, method: str
) -> None:
    """And more to who may see everybody, or the comparison would say nothing."""
    ask = COMPARED[method]
    expected = without.ask(ask, hidden=NOBODY_HIDDEN).result()
    assert whole.ask(ask, hidden=HIDDEN).result() == expected
    assert whole.ask(ask, hidden=NOBODY_HIDDEN).result() != expected


@pytest.mark.parametrize("method", sorted(GUESSED))
def test_guessed_ids_lead_to_nothing_hidden(
    whole: History, known: Known, method: str
) -> None:
    """They do for who may see everybody, and what is not hidden is still found."""

    def ask(hidden: Hidden) -> str:
        return str(
            whole.ask(
                lambda queries: GUESSED[method](queries, known), hidden=hidden
            ).result()
        )

    hidden, seen = ask(HIDDEN), ask(NOBODY_HIDDEN)
    assert not [secret for secret in SECRETS if secret in hidden]
    assert [secret for secret in SECRETS if secret in seen]
    assert "Ember" in hidden or "study" in hidden
