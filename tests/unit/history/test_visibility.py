"""Nothing that a viewer's queries return is of a hidden listener: each public method, as in a house without that listener."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pytest
from sqlalchemy import Connection

from custom_components.encore.history.columns.counts import Counts
from custom_components.encore.history.database.key_tables import Registers
from custom_components.encore.history.history import History
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
    PodcastRecall,
    Show,
)
from custom_components.encore.history.records.resume_points import keep_episodes
from custom_components.encore.history.records.saved_library import (
    LibraryRecall,
    LibrarySection,
    SavedItem,
    ShelfState,
    keep_shelf,
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
    """Return plays without their row ids, which differ between houses."""
    return sorted(
        (replace(one, id=0) for one in plays),
        key=lambda one: (one.started_at, str(one)),
    )


def asked_of(recall: HistoryQueries, listeners: str) -> list[Any]:
    """Return what a method about listeners answers of all, of the hidden one, and of both."""
    ask = getattr(recall, listeners)
    return [ask(whom) for whom in (None, [BEN.key], [BEN.key, ALVA.key])]


COMPARED: Final[dict[str, Callable[[HistoryQueries], object]]] = {
    "select": lambda recall: [
        recall.select(EVER).total(),
        recall.select(EVER, rooms=(KITCHEN.key,)).total(),
        recall.select(EVER, listeners=(BEN.key, ALVA.key)).kinds(),
    ],
    "listeners": lambda recall: recall.listeners(),
    "listeners_by_id": lambda recall: {*recall.listeners_by_id().values()},
    "rooms": lambda recall: recall.rooms(),
    "rooms_by_id": lambda recall: {*recall.rooms_by_id().values()},
    "devices": lambda recall: recall.devices(),
    "recorded_from": lambda recall: asked_of(recall, "recorded_from"),
    "rooms_heard_from": lambda recall: asked_of(recall, "rooms_heard_from"),
    "coverage": lambda recall: [
        each.by_source() for each in asked_of(recall, "coverage")
    ],
    "plays": lambda recall: [
        plain(recall.plays(EVER)),
        plain(recall.plays(EVER, limit=4)),
        plain(recall.plays(EVER, listeners=[BEN.key])),
        plain(recall.plays(EARLIER)),
    ],
    "total": lambda recall: [
        recall.total(EVER),
        recall.total(EVER, listeners=[BEN.key]),
        recall.total(EARLIER),
    ],
    "kinds": lambda recall: [recall.kinds(EVER), recall.kinds(EARLIER)],
    "top": lambda recall: [
        recall.top(window, of, by=by)
        for of in TopOf
        for by in By
        for window in (EVER, EARLIER)
    ],
    "find": lambda recall: [
        [(thing.name, thing.total) for thing in recall.find(name).things]
        for name in NAMES
    ],
    "find_uri": lambda recall: [
        found and (found.name, found.total)
        for found in map(recall.find_uri, (SECRET.uri, EMBER.uri))
    ],
    "is_name": lambda recall: [recall.is_name(name) for name in NAMES],
    "covers": lambda recall: recall.covers([SECRET.uri, EMBER.uri]),
    "with_covers": lambda recall: [
        recall.with_covers(TopOf.ALBUMS, "Kept", "Hidden Name"),
        recall.with_covers(TopOf.ALBUMS, "Hollow", "Kite Season"),
        recall.with_covers(TopOf.ARTISTS, "Hidden Name"),
    ],
    "pictures": lambda recall: recall.pictures(["Hidden Name", "Kite Season"]),
    "place_of": lambda recall: [
        recall.place_of(thing, EVER, By.PLAYS) for thing in recall.find("Glass").things
    ],
    "playing_at": lambda recall: plain(recall.playing_at(at("2026-07-14 20:31"))),
    "sounded_in": lambda recall: plain(recall.sounded_in(EARLIER, limit=50)),
    "library": lambda recall: [
        recall.library.states(BEN.key),
        recall.library.shelf(BEN.key, LibrarySection.TRACKS),
        recall.library.saved(BEN.key, [SECRET.uri]),
        recall.library.named(BEN.key, [SECRET.uri]),
        recall.library.find(BEN.key, "Confession", [LibrarySection.TRACKS], 9),
    ],
    "podcasts": lambda recall: [
        recall.podcasts.shows(BEN.key),
        recall.podcasts.show(BEN.key, "Hidden show"),
        recall.podcasts.episodes(BEN.key, SHOW.uri, 9),
        recall.podcasts.episode(BEN.key, EPISODE.uri),
        recall.podcasts.named(BEN.key, "Hidden episode"),
        recall.podcasts.new(BEN.key, "2000", 9),
        recall.podcasts.under_way(BEN.key, 9),
    ],
}
"""What is the same in a house in which the hidden listener never was."""

ROWS: Final = range(1, 60)
"""More row ids than the house has of anything."""
AS_OFTEN: Final = Counts(*(np.full(len(ROWS) + 1, 3, np.int64) for _ in range(2)))
"""As if everything had been played as often."""


@dataclass(frozen=True)
class Known:
    """What somebody who guesses could hand in: row ids and plays of a house."""

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
    "visible_under_way": lambda recall, _: recall.visible_under_way(UNDER_WAY),
    "plays_of": lambda recall, _: recall.plays_of(ROWS),
    "resting_on": lambda recall, _: recall.resting_on(WITH_BEN),
    "play_known_as": lambda recall, known: [
        recall.play_known_as(PlayId.of(one)) for one in known.plays
    ],
    "evidence_of": lambda recall, known: [
        recall.evidence_of(one) for one in known.plays
    ],
    "rooms_of": lambda recall, known: recall.rooms_of(ROWS),
    "ranked": lambda recall, _: [
        recall.ranked(of, AS_OFTEN, limit=100)
        for of in TopOf
        if of is not TopOf.SOURCES
    ],
    "ranked_by_id": lambda recall, _: [
        recall.ranked_by_id(of, AS_OFTEN, limit=100, ids=np.arange(len(ROWS) + 1))
        for of in TopOf
        if of is not TopOf.SOURCES
    ],
    "names_of": lambda recall, _: [
        recall.names_of(of, ROWS) for of in TopOf if of is not TopOf.SOURCES
    ],
    "play_of": lambda recall, known: [
        recall.play_of(song, one.started_at)
        for one in known.plays
        for song in known.songs
    ],
    "tracks_of": lambda recall, known: [
        known.titles[row] for song in known.songs for row in recall.tracks_of(song)
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
    "wanted": "for Spotify's metadata",
    "pictures_wanted": "for Spotify's metadata",
    "lookups": "one number for the whole catalog",
    "library": "of an account, for itself",
    "podcasts": "of an account, for itself",
    "made_from": "of an account, for itself",
    "was_imported": "of an account, for itself",
    "newest": "of an account, for itself",
    "seen_until": "of an account, for itself",
    "listener_keys": "for the ids of accounts that are linked",
    "anything_waits": "says nothing of plays",
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
    assert public(LibraryRecall) == {"states", "shelf", "saved", "named", "find"}
    assert public(PodcastRecall) == {
        "shows", "show", "episodes", "episode", "named", "new", "under_way",
    }  # fmt: skip


@pytest.fixture(autouse=True)
def verify_cleanup() -> None:
    """Leave the threads of the shared histories alone, which outlive a test."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    """Return the history of a house in which Ben is."""
    with history_of(tmp_path_factory.mktemp("whole"), WITH_BEN) as history:
        pictured(history)
        history.keep(
            lambda connection, registers: keep_shelf(
                connection,
                registers,
                BEN,
                ShelfState(LibrarySection.TRACKS, 1, 1, 0),
                [SavedItem(SECRET.uri, SECRET.title)],
            )
        ).result()
        history.keep(
            lambda connection, registers: keep_episodes(
                connection, registers, BEN, SHOW, [EPISODE], now=0, first_place=0
            )
        ).result()
        yield history


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    """Return the history of the same house if Ben had never been there."""
    with history_of(tmp_path_factory.mktemp("without"), WITHOUT_BEN) as history:
        pictured(history)
        yield history


@pytest.fixture(scope="module")
def known(whole: History) -> Known:
    """Return all plays and tracks of the house with their row ids."""
    plays = whole.ask(lambda recall: recall.plays(EVER, min_ms=0), hidden=NOBODY_HIDDEN)
    names = whole.ask(
        lambda recall: recall.names_of(TopOf.TRACKS, ROWS), hidden=NOBODY_HIDDEN
    )
    return Known(
        plays.result(), {row: title for row, (title, *_) in names.result().items()}
    )


def pictured(history: History) -> None:
    """Learn a picture of each artist."""
    wanted = history.look_up(lambda recall: recall.pictures_wanted(0, 100)).result()

    def learn(connection: Connection, _registers: Registers) -> None:
        for one in wanted:
            learn_picture(connection, one, f"picture of {one.name}", 0)

    history.keep(learn).result()


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
                lambda recall: GUESSED[method](recall, known), hidden=hidden
            ).result()
        )

    hidden, seen = ask(HIDDEN), ask(NOBODY_HIDDEN)
    assert not [secret for secret in SECRETS if secret in hidden]
    assert [secret for secret in SECRETS if secret in seen]
    assert "Ember" in hidden or "study" in hidden
