"""Each question's answer is what plain SQL finds among the same plays, for random windows, zones and filters."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
import random
from typing import Any

import pytest

from custom_components.encore.history.history import History
from custom_components.encore.history.model import Window
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.history.time_ranges.local_clock import Clock, back
from custom_components.encore.questions.all_questions import QUESTIONS
from custom_components.encore.questions.base.query_context import QueryContext
from tests.unit.history.memory import note_recorded
from tests.unit.history.years import LAST, LISTENERS, ROOMS, years
from tests.unit.questions.house import answered, history_of
from tests.unit.questions.own_tests import OWN_TESTS

from .oracle import ASSUMED, Case, Oracle, cases, oracle_of, total
from .oracle_coverage import coverage, intervals, let_go
from .oracle_pictures import MISSPELT, SORTS, TEXTS, of_year, search, taste, year

ASKED = 250
"""Random questions for each kind of question."""
NOT_EMPTY = 50
"""How many of them must have something for an answer."""

type Data = dict[str, Any]
type Check = Callable[[Oracle, Case, Data], bool]


class Lives:
    """A history of years on each database, and one oracle for all, because they hold the same."""

    def __init__(self, opened: ExitStack) -> None:
        """Open what is asked for until all of it is closed."""
        self._opened = opened
        self._histories: dict[str, History] = {}
        self._oracle: Oracle | None = None

    def history(self, kind: str, new_store: Callable[[], str]) -> History:
        """Return the history on a database."""
        if kind not in self._histories:
            lived = self._opened.enter_context(history_of(new_store(), []))
            lived.append(years(3_000)).result()
            note_recorded(lived, *intervals())
            self._histories[kind] = lived
        return self._histories[kind]

    def oracle(self, lived: History) -> Oracle:
        """Return an oracle of the plays of a history."""
        everything = Window(0, 1 << 50)
        plays = lived.ask(
            lambda queries: queries.plays(everything, min_ms=0), hidden=NOBODY_HIDDEN
        ).result()
        assert len(plays) > 2_000
        if self._oracle is None:
            self._oracle = self._opened.enter_context(oracle_of(plays))
        assert plays == self._oracle.plays
        return self._oracle


@pytest.fixture(scope="module")
def lives() -> Iterator[Lives]:
    """Give the histories of years."""
    with ExitStack() as opened:
        yield Lives(opened)
    let_go()


@pytest.fixture
def lived(lives: Lives, store_kind: str, new_store: Callable[[], str]) -> History:
    """Give the history of years on the database that this test runs on."""
    return lives.history(store_kind, new_store)


@pytest.fixture
def oracle(lives: Lives, lived: History) -> Oracle:
    """Give an oracle of the same plays."""
    return lives.oracle(lived)


def minutes(ms: int | None) -> int:
    """Return milliseconds as answers give them."""
    return round((ms or 0) / 60_000)


def window_total(oracle: Oracle, case: Case) -> Data:
    """Return the total of all chosen plays."""
    ((plays, ms, assumed),) = oracle.rows(
        f"SELECT count(*), sum(ms), {ASSUMED} FROM chosen",  # noqa: S608  our own words
        case,
    )
    return total(plays, ms, assumed)


def plays(oracle: Oracle, case: Case, data: Data) -> bool:
    """Check the total and the latest plays."""
    assert data["total"] == window_total(oracle, case)
    latest = oracle.rows(
        "SELECT title, listener, round(whole / 1000) FROM chosen"
        " ORDER BY began DESC, listener, uri LIMIT 10",
        case,
    )
    assert [
        (play["title"], play["listener"], play["seconds_played"])
        for play in data["plays"]
    ] == [(title, who, int(seconds)) for title, who, seconds in latest]
    return bool(latest)


RANKED = {
    "tracks": "SELECT title AS name, coalesce(artists[1], '') AS who, uri AS thing, ms, kind FROM chosen",
    "artists": "SELECT unnest(artists) AS name, name AS who, name AS thing, ms, kind FROM chosen",
    "albums": "SELECT album AS name, artists[1] AS who, album || '/' || artists[1] AS thing, ms, kind FROM chosen"
    " WHERE album IS NOT NULL",
    "shows": "SELECT artists[1] AS name, name AS who, name AS thing, ms, kind FROM chosen",
    "rooms": "SELECT unnest(spans) AS s, s['room'] AS name, name AS who, name AS thing, least(whole, s['until'] - s['since']) AS ms, kind FROM chosen",
    "sources": "SELECT unnest(sources) AS name, name AS who, name AS thing, ms, kind FROM chosen",
}


def top(oracle: Oracle, case: Case, data: Data) -> bool:
    """Check the places of a top list."""
    of, by = data["of"], data["by"]
    kind = {"shows": "podcast", "rooms": None, "sources": None}.get(of, "music")
    only = "" if kind is None or "kind" in case.values else f"WHERE kind = '{kind}'"
    first, then = ("plays", "ms") if by == "plays" else ("ms", "plays")
    places = oracle.rows(
        f"SELECT name, who, count(*) AS plays, sum(ms) AS ms FROM ({RANKED[of]}) {only} GROUP BY thing, name, who"  # noqa: S608  our own words
        f" ORDER BY {first} DESC, {then} DESC, name, who, thing LIMIT 10",
        case,
    )
    assert [
        (each["name"], each["artist"], each["play_count"], each["minutes"])
        for each in data["top"]
    ] == [(name, who, count, minutes(ms)) for name, who, count, ms in places]
    assert data["total"] == window_total(oracle, case)
    return bool(places)


def listening_time(oracle: Oracle, case: Case, data: Data) -> bool:
    """Check the time by kind and by day."""
    assert data["total"] == window_total(oracle, case)
    by_kind = oracle.rows(
        "SELECT kind, count(*), sum(ms) FROM chosen GROUP BY kind", case
    )
    assert data["kinds"] == {kind: total(*of_kind) for kind, *of_kind in by_kind}
    days = oracle.rows(
        "SELECT strftime(local, '%Y-%m-%d') AS day, count(*), sum(ms) AS ms FROM chosen"
        " GROUP BY day ORDER BY ms DESC, day",
        case,
    )
    assert data["days"] == len(days)
    if days:
        day, *of_day = days[0]
        assert data["longest_day"] == {"date": day, **total(*of_day)}
    return bool(days)


def heatmap(oracle: Oracle, case: Case, data: Data) -> bool:
    """Check all hours of the week."""
    hours = oracle.rows(
        "SELECT lower(dayname(local)), hour(local), count(*), sum(ms) FROM chosen GROUP BY 1, 2",
        case,
    )
    found: dict[tuple[str, int], int] = {
        (day, hour): plays if data["by"] == "plays" else minutes(ms)
        for day, hour, plays, ms in hours
    }
    for day, counted in data["hours"].items():
        assert counted == [found.get((day, hour), 0) for hour in range(24)]
    of_parts = {
        part: (sum(each[2] for each in some), minutes(sum(each[3] for each in some)))
        for part, some in _parts(data["step"], hours).items()
    }
    assert {
        each["part"]: (each["play_count"], each["minutes"])
        for each in data["parts"]
        if each["play_count"]
    } == of_parts
    return bool(hours)


def _parts(step: str | None, hours: list[Any]) -> dict[str, list[Any]]:
    """Return the hours of a week that something began in by the part that they belong to."""
    parts: dict[str, list[Any]] = {}
    for each in hours:
        day, hour = each[:2]
        match step:
            case "hour":
                part = str(hour)
            case "part_of_day":
                part = (
                    "night"
                    if hour < 5
                    else "morning"
                    if hour < 12
                    else "afternoon"
                    if hour < 18
                    else "evening"
                )
            case "weekday_or_weekend":
                part = "weekend" if day in {"saturday", "sunday"} else "weekday"
            case _:
                continue
        parts.setdefault(part, []).append(each)
    return parts


STARTS = {
    "hour": "strftime(local, '%Y-%m-%dT%H:00')",
    "day": "strftime(local, '%Y-%m-%d')",
    "week": "strftime(date_trunc('week', local), '%Y-%m-%d')",
    "month": "strftime(local, '%Y-%m')",
    "year": "strftime(local, '%Y')",
}


def timeline(oracle: Oracle, case: Case, data: Data) -> bool:
    """Check each step with plays."""
    steps = oracle.rows(
        f"SELECT {STARTS[data['step']]} AS start, count(*), sum(ms) FROM chosen GROUP BY start ORDER BY start",  # noqa: S608  our own words
        case,
    )
    assert data["steps"] == [
        {"start": start, **total(*of_step)} for start, *of_step in steps[-366:]
    ]
    return bool(steps)


def repeat_rate(oracle: Oracle, case: Case, data: Data) -> bool:
    """Check the share of repeats and what was repeated."""
    ((count, different),) = oracle.rows(
        "SELECT count(*), count(DISTINCT uri) FROM chosen", case
    )
    assert (data["total"]["play_count"], data["different"]) == (count, different)
    assert data["repeats"] == count - different
    assert data["repeat_rate"] == (
        round((count - different) / count, 4) if count else None
    )
    first, then = ("plays", "ms") if data["by"] == "plays" else ("ms", "plays")
    grouped = (
        "SELECT title, coalesce(artists[1], '') AS who, count(*) AS plays, sum(ms) AS ms FROM chosen"
        " GROUP BY uri, title, who HAVING count(*) > 1"
    )
    repeated = oracle.rows(
        f"{grouped} ORDER BY {first} DESC, {then} DESC, title, who, uri LIMIT 10", case
    )
    assert [
        (each["name"], each["play_count"], each["minutes"])
        for each in data["most_repeated"]
    ] == [(title, plays, minutes(ms)) for title, _, plays, ms in repeated]
    return bool(repeated)


def discoveries(oracle: Oracle, case: Case, data: Data) -> bool:
    """Check what had its first play in the window, by the filters without the window."""
    of, by = data["of"], data["by"]
    kind = {"shows": "podcast", "rooms": None, "sources": None}.get(of, "music")
    only = "" if kind is None or "kind" in case.values else f"WHERE kind = '{kind}'"
    first, then = ("plays", "ms") if by == "plays" else ("ms", "plays")
    start = oracle.start_of(case)
    before = RANKED[of].replace("FROM chosen", f"FROM filtered WHERE began < {start}")
    before = before.replace(f"{start} WHERE", f"{start} AND")
    statement = (
        f"SELECT name, who, count(*) AS plays, sum(ms) AS ms FROM ({RANKED[of]}) {only} GROUP BY thing, name, who"  # noqa: S608  our own words
        f" HAVING thing NOT IN (SELECT thing FROM ({before}) {only})"
        f" ORDER BY {first} DESC, {then} DESC, name, who, thing"
    )
    new = oracle.rows(statement, case)
    assert data["new"] == len(new)
    assert [
        (each["name"], each["artist"], each["play_count"], each["minutes"])
        for each in data["discoveries"]
    ] == [(name, who, count, minutes(ms)) for name, who, count, ms in new[:10]]
    return bool(new)


def comparison(oracle: Oracle, case: Case, data: Data) -> bool:
    """Check both totals and the change."""
    mine = window_total(oracle, case)
    other = window_total(
        oracle, replace(case, window=f"year(local) = {case.values['compared_with']}")
    )
    assert (data["total"], data["other_total"]) == (mine, other)
    if data["by"] == "plays" and other["play_count"]:
        change = 100 * (mine["play_count"] - other["play_count"]) / other["play_count"]
        assert data["change_percent"] == round(change)
    return bool(mine["play_count"] and other["play_count"])


def streaks(oracle: Oracle, case: Case, data: Data) -> bool:
    """Check days in a row, as islands of days."""
    islands = oracle.rows(
        "SELECT strftime(min(day), '%Y-%m-%d'), strftime(max(day), '%Y-%m-%d'), count(*) AS days FROM ("
        " SELECT day, day - (row_number() OVER (ORDER BY day))::INTEGER AS island"
        " FROM (SELECT DISTINCT local::DATE AS day FROM chosen)"
        ") GROUP BY island ORDER BY days DESC, min(day)",
        case,
    )
    assert data["days"] == sum(days for *_, days in islands)
    assert data["streaks"] == [
        {"first": first, "last": last, "days": days}
        for first, last, days in islands[:10]
    ]
    return bool(islands)


def seconds(moment: str | None) -> int | None:
    """Return a moment of an answer in whole seconds of UTC."""
    return int(datetime.fromisoformat(moment).timestamp()) if moment else None


def sessions(oracle: Oracle, case: Case, data: Data) -> bool:
    """Check stretches without a long silence, as islands of what had sounded before each play."""
    of = "listener"
    played = "SELECT id, listener AS of, began, ms, whole FROM chosen"
    if data["per"] == "room":
        of = "room"
        played = "SELECT unnest(spans) AS s, id, s['room'] AS of, began, least(whole, s['until'] - s['since']) AS ms, whole FROM chosen"
        if asked := case.values.get("room"):
            names = [asked] if isinstance(asked, str) else asked
            listed = ", ".join(f"'{name}'" for name in names)
            played = f"SELECT * FROM ({played}) WHERE of IN ({listed})"  # noqa: S608  our own words
    islands = oracle.rows(
        "SELECT of, min(began), max(began + whole), count(*), sum(ms) AS ms FROM ("  # noqa: S608  our own words
        " SELECT *, sum(new) OVER (PARTITION BY of ORDER BY began, id) AS island FROM ("
        f"  SELECT *, CASE WHEN began - before <= {data['gap'] * 60_000} THEN 0 ELSE 1 END AS new FROM ("
        "   SELECT *, max(began + whole) OVER (PARTITION BY of ORDER BY began, id"
        "    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before"
        f"   FROM ({played}))))"
        " GROUP BY of, island",
        case,
    )
    assert data["sessions"] == len(islands)
    assert data["total"] == total(
        sum(island[3] for island in islands), sum(island[4] for island in islands)
    )

    def shown(island: tuple[Any, ...]) -> tuple[Any, ...]:
        who, start, end, plays, ms = island
        return who, start // 1000, end // 1000, plays, minutes(ms)

    def said(session: Data) -> tuple[Any, ...]:
        return (
            session[of],
            seconds(session["start"]),
            seconds(session["end"]),
            session["play_count"],
            session["minutes"],
        )

    latest = sorted(islands, key=lambda island: (-island[1], island[0]))[:10]
    assert [said(each) for each in data["latest"]] == [shown(each) for each in latest]
    if islands:
        most = (3, 4) if data["by"] == "plays" else (4, 3)
        longest = min(
            islands,
            key=lambda island: (*(-island[place] for place in most), *island[1::-1]),
        )
        assert said(data["longest"]) == shown(longest)
    return len(islands) > 1


def on_this_day(oracle: Oracle, case: Case, data: Data) -> bool:
    """Check each year's day, its total, its first play and its top tracks."""
    today = Clock(LAST + 1, case.zone).today
    day = f"month(local) = {data['month']} AND day(local) = {data['day']} AND local::DATE < DATE '{today}'"
    years = oracle.rows(
        "SELECT strftime(local, '%Y-%m-%d') AS day, count(*), sum(ms), min(began) // 1000"  # noqa: S608  our own words
        f" FROM chosen WHERE {day} GROUP BY day ORDER BY day DESC",
        case,
    )
    assert [
        (each["date"], each["play_count"], each["minutes"], each["first"]["started_at"])
        for each in data["years"]
    ] == [
        (day, plays, minutes(ms), Clock(0, case.zone).local(first * 1000).isoformat())
        for day, plays, ms, first in years
    ]
    only = "" if "kind" in case.values else "AND kind = 'music'"
    first, then = ("plays", "ms") if data["by"] == "plays" else ("ms", "plays")
    for each in data["years"]:
        places = oracle.rows(
            "SELECT title, count(*) AS plays, sum(ms) AS ms FROM chosen"  # noqa: S608  our own words
            f" WHERE strftime(local, '%Y-%m-%d') = '{each['date']}' {only}"
            f" GROUP BY uri, title, artists[1] ORDER BY {first} DESC, {then} DESC, title, artists[1], uri LIMIT 3",
            case,
        )
        assert [
            (place["name"], place["play_count"], place["minutes"])
            for place in each["top"]
        ] == [(title, plays, minutes(ms)) for title, plays, ms in places]
    return bool(years)


SONGS = "SELECT title AS name, coalesce(artists[1], '') AS who, if(kind = 'music', artists[1] || '/' || title, uri) AS thing, ms, kind FROM chosen"
"""Tracks, their releases together."""


def forgotten_favourites(oracle: Oracle, case: Case, data: Data) -> bool:
    """Check what had many plays in the window and has none of late."""
    of, by = data["of"], data["by"]
    kind = {"shows": "podcast", "rooms": None, "sources": None}.get(of, "music")
    only = "" if kind is None or "kind" in case.values else f"WHERE kind = '{kind}'"
    first, then = ("plays", "ms") if by == "plays" else ("ms", "plays")
    clock = Clock(LAST + 1, case.zone)
    late = back(clock, data["days_without_plays"], "day")
    played = SONGS if of == "tracks" else RANKED[of]
    loved = f"SELECT name, who, thing, count(*) AS plays, sum(ms) AS ms FROM ({played}) {only} GROUP BY thing, name, who"  # noqa: S608  our own words
    ever = played.replace("kind FROM chosen", "kind, began FROM filtered")
    found = oracle.rows(
        f"SELECT name, who, plays, ms, (SELECT max(began) // 1000 FROM ({ever}) AS e {only} {'AND' if only else 'WHERE'} e.thing = loved.thing) AS last"  # noqa: S608  our own words
        f" FROM ({loved}) AS loved WHERE plays >= {data['minimum_plays']}"
        f" ORDER BY {first} DESC, {then} DESC, name, who",
        case,
    )
    assert data["favorite_count"] == len(found)
    forgotten = [each for each in found if each[4] * 1000 < late]
    assert data["forgotten_count"] == len(forgotten)
    assert [
        (
            each["name"],
            each["artist"],
            each["play_count"],
            each["minutes"],
            seconds(each["last_played"]),
        )
        for each in data["forgotten_favorites"]
    ] == [
        (name, who, plays, minutes(ms), last)
        for name, who, plays, ms, last in forgotten[:10]
    ]
    return bool(forgotten)


THINGS = {
    "track": "SELECT title AS name, artists[1] AS who, name || '/' || who AS thing, began, ms FROM chosen WHERE kind = 'music'",
    "artist": "SELECT unnest(artists) AS name, name AS who, name AS thing, began, ms FROM chosen WHERE kind = 'music'",
    "show": "SELECT artists[1] AS name, name AS who, name AS thing, began, ms FROM chosen WHERE kind <> 'music'",
    "episode": "SELECT title AS name, artists[1] AS who, uri AS thing, began, ms FROM chosen WHERE kind <> 'music'",
    "album": "SELECT album AS name, artists[1] AS who, name || '/' || who AS thing, began, ms FROM chosen"
    " WHERE kind = 'music' AND album IS NOT NULL",
}
"""What has a name; of equal names that of an album is meant last."""


def namesakes(oracle: Oracle, case: Case) -> list[tuple[Any, ...]]:
    """Return what is called as the case says and was heard: sort, name, artist, plays, time, first and last second."""
    return [
        (sort, *row)
        for sort, played in THINGS.items()
        for row in oracle.rows(
            f"SELECT name, who, count(*), sum(ms), min(began) // 1000, max(began) // 1000 FROM ({played})"  # noqa: S608  our own words
            f" WHERE lower(name) = '{case.values['thing'].lower()}' GROUP BY thing, name, who",
            case,
        )
    ]


def is_named(oracle: Oracle, case: Case, data: Data) -> list[tuple[Any, ...]]:
    """Check what was taken for a name and what not, and return what was heard of both."""
    found = namesakes(oracle, case)
    found.sort(key=lambda row: (row[0] == "album", -row[3], -row[4], *row[1:3]))
    if not found:
        assert data["item"]["name"].lower() == case.values["thing"].lower()
        assert data["total"] == total(0, 0)
        ends = [data[name] for name in data if name.startswith(("first", "last"))]
        assert ends == [None, None]
        return []
    taken, *others = [
        (thing["type"], thing["name"], thing["artist"])
        for thing in (data["item"], *data["others"])
    ]
    assert [taken, *others] == [row[:3] for row in found[:6]]
    assert data["total"] == total(found[0][3], found[0][4])
    return found


def count(oracle: Oracle, case: Case, data: Data) -> bool:
    """Check how often what has a name was heard, and its place among all of its sort."""
    if not (found := is_named(oracle, case, data)):
        assert data["rank"] is None
        return False
    sort, _, _, plays, ms, first, last = found[0]
    assert (seconds(data["first_played"]), seconds(data["last_played"])) == (
        first,
        last,
    )
    more = "plays > {0} OR (plays = {0} AND ms > {1})"
    if data["by"] == "minutes":
        more = "ms > {1} OR (ms = {1} AND plays > {0})"
    ((above, places),) = oracle.rows(
        f"SELECT count(*) FILTER ({more.format(plays, ms)}), count(*)"  # noqa: S608  our own words
        f" FROM (SELECT count(*) AS plays, sum(ms) AS ms FROM ({THINGS[sort]}) GROUP BY thing)",
        case,
    )
    assert (data["rank"], data["rank_of"]) == (above + 1, places)
    return True


def when_heard(oracle: Oracle, case: Case, data: Data) -> bool:
    """Check the first and the last play of what has a name."""
    if not (found := is_named(oracle, case, data)):
        return False
    *_, first, last = found[0]
    for play, began in ((data["first"], first), (data["last"], last)):
        assert seconds(play["started_at"]) == began
        assert data["item"]["name"] in (play["title"], play["album"], *play["artists"])
    return True


CHECKS: dict[str, Check] = {
    "coverage": coverage,
    "search": search,
    "taste": taste,
    "year": year,
    "plays": plays,
    "top": top,
    "listening_time": listening_time,
    "heatmap": heatmap,
    "timeline": timeline,
    "repeat_rate": repeat_rate,
    "discoveries": discoveries,
    "comparison": comparison,
    "streaks": streaks,
    "count": count,
    "when_heard": when_heard,
    "sessions": sessions,
    "on_this_day": on_this_day,
    "forgotten_favourites": forgotten_favourites,
    **{key: own.check for key, own in OWN_TESTS.items()},
}
NAMED = [
    *(f"Song {number}" for number in (0, 1, 5, 12, 20, 30)),
    *("album 3", "Album 4", "artist 03", "Artist 11", "show 1", "A BOOK"),
    *("Episode 2", "Chapter 1"),
]
CHOICES: dict[str, dict[str, list[Any]]] = {
    "coverage": {"limit": [1, 10, 100]},
    "search": {
        "text": [*TEXTS, *MISSPELT],
        "type": [None, None, *SORTS],
        "limit": [100],
    },
    "taste": {"by": ["plays", "minutes"]},
    "year": {"by": ["plays", "minutes"]},
    "top": {"of": [*RANKED], "by": ["plays", "minutes"]},
    "heatmap": {
        "by": ["plays", "minutes"],
        "step": [None, "hour", "part_of_day", "weekday_or_weekend"],
    },
    "timeline": {"step": [*STARTS], "by": ["plays", "minutes"]},
    "repeat_rate": {"by": ["plays", "minutes"]},
    "discoveries": {"of": [*RANKED], "by": ["plays", "minutes"]},
    "comparison": {
        "compared_with": [str(year) for year in range(2016, 2027)],
        "by": ["plays", "minutes"],
    },
    "count": {"thing": NAMED, "by": ["plays", "minutes"]},
    "when_heard": {"thing": NAMED},
    "sessions": {
        "per": ["listener", "room"],
        "gap": [1, 30, 1_440],
        "by": ["plays", "minutes"],
    },
    "on_this_day": {
        "date": [
            "january_1",
            "july_1",
            "october_27",
            "march_31",
            "yesterday",
            "2024-02-29",
        ],
        "by": ["plays", "minutes"],
    },
    "forgotten_favourites": {
        "of": [*RANKED],
        "at_least": [1, 2, 5],
        "quiet_days": [30, 365, 1_500],
        "by": ["plays", "minutes"],
    },
    **{key: own.CHOICES for key, own in OWN_TESTS.items()},
}


@pytest.mark.parametrize(
    "question",
    [
        # By one worker, on all databases: the oracle is asked once.
        pytest.param(question, marks=pytest.mark.xdist_group(f"oracle of {question}"))
        for question in CHECKS
    ],
)
def test_the_oracle_agrees(lived: History, oracle: Oracle, question: str) -> None:
    """And often enough there is something to agree on."""
    oracle.keep_for(question)
    chance = random.Random(question)
    not_empty = 0
    for case in cases(ASKED, seed=sum(question.encode())):
        if question == "year":
            case = of_year(case, chance.randrange(2016, 2027))
        choices = CHOICES.get(question, {})
        if question == "coverage":
            whose = {"listener", "window", "start_time", "end_time", "source"}
            parameters = {
                name: case.values[name] for name in whose & case.values.keys()
            }
            case = replace(case, values=parameters)
        values = case.values | {
            name: chance.choice(options) for name, options in choices.items()
        }
        query_context = QueryContext(
            Clock(LAST + 1, case.zone), listeners=LISTENERS, rooms=ROOMS
        )

        def ask(
            queries: Any,
            values: Data = values,
            query_context: QueryContext = query_context,
        ) -> Data:
            return answered(queries, question, values, query_context).data

        case = replace(case, values=values)
        not_empty += CHECKS[question](
            oracle, case, lived.ask(ask, hidden=NOBODY_HIDDEN).result()
        )
    assert not_empty >= NOT_EMPTY


def test_every_question_about_a_window_has_an_oracle() -> None:
    """What is answered is also checked."""
    assert {question.key for question in QUESTIONS} - {"playing_at"} == {*CHECKS}
