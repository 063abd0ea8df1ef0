"""What searches, taste and the year in review come to, in plain SQL."""

from collections import Counter
from dataclasses import replace
from datetime import datetime
from itertools import accumulate
from statistics import median
from typing import Any

from tests.unit.history.years import LAST

from .oracle import ASSUMED, Case, Oracle, total

type Data = dict[str, Any]

MUSIC = {"tracks", "artists", "albums"}
TOPS = {
    "artists": "SELECT unnest(artists) AS name, name AS who, name AS thing, ms, kind, began FROM {plays}",
    "tracks": "SELECT title AS name, coalesce(artists[1], '') AS who, uri AS thing, ms, kind, began FROM {plays}",
    "albums": "SELECT album AS name, artists[1] AS who, album || '/' || artists[1] AS thing, ms, kind, began FROM {plays}"
    " WHERE album IS NOT NULL",
    "shows": "SELECT artists[1] AS name, name AS who, name AS thing, ms, kind, began FROM {plays}",
    "rooms": "SELECT unnest(spans) AS s, s['room'] AS name, name AS who, name AS thing, least(whole, s['until'] - s['since']) AS ms, kind, began FROM {plays}",
}
SORTS = {
    "track": ("music", "title", "artists[1]", "title || '/' || artists[1]", "artists"),
    "album": (
        "music",
        "album",
        "artists[1]",
        "album || '/' || artists[1]",
        "artists[:1]",
    ),
    "artist": ("music", "artist", "artist", "artist", "[]"),
    "show": ("spoken", "artists[1]", "artists[1]", "artists[1]", "[]"),
    "episode": ("spoken", "title", "artists[1]", "uri", "artists[:1]"),
}
"""The sorts of thing: their kind, name, artist, what tells them apart, and whose names they are found by as well."""
TEXTS = (
    "song",
    "song 1",
    "son 30",
    "sonG 07",
    "artist 03",
    "artist 3",
    "song artist",
    "album 4",
    "album artist 11",
    "show",
    "show 2",
    "episode 5",
    "chapter",
    "chapter book",
    "a book",
    "nothing",
)
MISSPELT = ("artits", "sogn", "albun", "epissode", "chaptre 2", "ssong 12")


def minutes(ms: int | None) -> int:
    """Return milliseconds as answers give them."""
    return round((ms or 0) / 60_000)


def second(moment: str) -> int:
    """Return a moment of an answer in seconds of UTC."""
    return round(datetime.fromisoformat(moment).timestamp())


def _sums(oracle: Oracle, case: Case, plays: str = "chosen") -> Data:
    ((count, ms, assumed),) = oracle.rows(
        f"SELECT count(*), sum(ms), {ASSUMED} FROM {plays}",  # noqa: S608  our own words
        case,
    )
    return total(count, ms, assumed)


def _ranked(
    oracle: Oracle, case: Case, of: str, by: str, plays: str = "chosen"
) -> list[tuple[Any, ...]]:
    """Return name, artist, plays, time and first start of all of a sort, in the order of a top list."""
    kind = "music" if of in MUSIC else "podcast" if of == "shows" else None
    only = "" if kind is None or "kind" in case.values else f"WHERE kind = '{kind}'"
    first, then = ("plays", "ms") if by == "plays" else ("ms", "plays")
    return oracle.rows(
        f"SELECT name, who, count(*) AS plays, sum(ms) AS ms, min(began) FROM ({TOPS[of].format(plays=plays)}) {only}"  # noqa: S608  our own words
        f" GROUP BY thing, name, who ORDER BY {first} DESC, {then} DESC, name, who, thing",
        case,
    )


def _check_tops(
    oracle: Oracle, case: Case, data: Data
) -> dict[str, list[tuple[Any, ...]]]:
    ranked = {of: _ranked(oracle, case, of, data["by"]) for of in TOPS}
    for of, places in ranked.items():
        assert [
            (each["name"], each["artist"], each["play_count"], each["minutes"])
            for each in data["top"].get(of, [])
        ] == [(name, who, plays, minutes(ms)) for name, who, plays, ms, _ in places[:5]]
    return ranked


def _check_kinds(oracle: Oracle, case: Case, data: Data) -> None:
    kinds = oracle.rows(
        "SELECT kind, count(*), sum(ms) FROM chosen GROUP BY kind", case
    )
    for kind, *of_kind in kinds:
        assert data["kinds"][kind].items() >= total(*of_kind).items()
    assert len(data["kinds"]) == len(kinds)


def _fits(text: str, name: str, others: str, *, misspelt: bool) -> str:
    """Return the condition under which something is called so, or nearly so."""

    def has(word: str, words: str) -> str:
        near = f"starts_with(x, '{word}')"
        if misspelt and len(word) >= 4:
            wrong = 2 if len(word) >= 8 else 1
            near += f" OR damerau_levenshtein(x, '{word}') <= {wrong}"
        return (
            f"len(list_filter(string_split(lower({words}), ' '), lambda x: {near})) > 0"
        )

    words = text.lower().split()
    long = [word for word in words if len(word) > 3] or words
    theirs = f"array_to_string({others}, ' ')"
    own = " OR ".join(has(word, name) for word in words)
    every = " AND ".join(f"({has(word, name)} OR {has(word, theirs)})" for word in long)
    same = f"replace(lower({name}), ' ', '') = '{''.join(words)}'"
    return f"(({own}) AND {every} OR {same})"


def _called(
    oracle: Oracle, case: Case, *, misspelt: bool
) -> dict[tuple[str, str], list[Any]]:
    """Return what the text of a case may mean: by sort and key its name, artist, plays, time, first and last start."""
    found: dict[tuple[str, str], list[Any]] = {}
    for sort, (of, name, who, thing, others) in SORTS.items():
        if case.values["type"] not in {None, sort}:
            continue
        every = "*, unnest(artists) AS artist" if sort == "artist" else "*"
        kind = f"kind {'=' if of == 'music' else '<>'} 'music'"
        fits = _fits(case.values["text"], name, others, misspelt=misspelt)
        rows = oracle.rows(
            f"WITH things AS (SELECT {thing} AS thing, * FROM (SELECT {every} FROM every) WHERE {kind} AND {name} IS NOT NULL)"  # noqa: S608  our own words
            f" SELECT thing, any_value({name}), any_value({who}), count(*), sum((SELECT c.ms FROM chosen c WHERE c.id = things.id)), min(began), max(began) FROM things"
            f" WHERE thing IN (SELECT thing FROM things WHERE {fits}) AND id IN (SELECT id FROM chosen) GROUP BY thing",
            case,
        )
        found |= {(sort, key): values for key, *values in rows}
    return found


def search(oracle: Oracle, case: Case, data: Data) -> bool:
    """Check what is called so: how often it was heard, and when first and last."""
    expected = _called(oracle, case, misspelt=False)
    expected = expected or _called(oracle, case, misspelt=True)
    assert data["count"] == len(expected)
    assert data["counts"] == Counter(sort for sort, _ in expected)
    assert sorted(
        (
            each["type"],
            each["name"],
            each["artist"],
            each["play_count"],
            each["minutes"],
            second(each["first_played"]),
            second(each["last_played"]),
        )
        for each in data["found"]
    ) == sorted(
        (sort, name, who, count, minutes(ms), first // 1000, last // 1000)
        for (sort, _), (name, who, count, ms, first, last) in expected.items()
    )
    order = [(-each["score"], -each["play_count"]) for each in data["found"]]
    assert order == sorted(order)
    return bool(expected)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _bounds(case: Case, data: Data) -> tuple[int, int]:
    """Return from when until when the window of a case is, in UTC milliseconds."""
    values, window = case.values, data["time_range"]
    ends = (
        values.get("start_time", window["start"]),
        values.get("end_time", window["end"]),
    )
    start, end = (
        round(datetime.fromisoformat(each).timestamp() * 1000) for each in ends
    )
    return start, end


def taste(oracle: Oracle, case: Case, data: Data) -> bool:
    """Check the whole picture."""
    assert data["total"] == _sums(oracle, case)
    _check_kinds(oracle, case, data)
    for kind in data["kinds"].values():
        assert 0 <= kind["share"] <= 1
    ranked = _check_tops(oracle, case, data)
    hours = oracle.rows(
        "SELECT isodow(local) - 1, hour(local), local::DATE, uri FROM chosen", case
    )
    assert data["days"] == len({day for _, _, day, _ in hours})
    by_hour = Counter(hour for _, hour, _, _ in hours)
    assert data["hours"] == [by_hour[hour] for hour in range(24)]
    by_weekday = Counter(weekday for weekday, *_ in hours)
    assert [*data["weekdays"].values()] == [by_weekday[day] for day in range(7)]
    repeats = len(hours) - len({uri for *_, uri in hours})
    assert data["repeat_rate"] == _share(repeats, len(hours))
    start, end = _bounds(case, data)
    end = min(end, LAST + 1)
    earlier = f"(SELECT * FROM filtered WHERE began < {start})"  # noqa: S608  our own number
    for of in ("artists", "tracks"):
        things = [(name, who) for name, who, *_ in ranked[of]]
        plays = sorted((count for _, _, count, *_ in ranked[of]), reverse=True)
        sums = [*accumulate(plays)]
        half = sum(2 * reached < sums[-1] for reached in sums) + 1 if sums else 0
        assert data["different"][of] == len(things)
        assert data["half_of_plays"][of] == half
        if of == "artists":
            known = {
                (name, who)
                for name, who, *_ in _ranked(oracle, case, of, "plays", earlier)
            }
            new = sum(thing not in known for thing in things)
            assert data["discovery_rate"][of] == _share(new, len(things))
    any_length = case.filters
    if "minimum_played" not in case.values:
        any_length = any_length.replace(" AND ms >= 30000", "")
    ((skipped, reported),) = oracle.rows(
        "SELECT count(*) FILTER (skipped), count(skipped) FROM chosen",
        replace(case, filters=any_length),
    )
    assert data["skip_rate"] == _share(skipped, reported)
    if 2 * start - end < 0:
        assert data["before"] is None
    else:
        before = f"(SELECT * FROM filtered WHERE began >= {2 * start - end} AND began < {start})"  # noqa: S608  our own numbers
        assert data["before"].items() >= _sums(oracle, case, before).items()
    return bool(hours)


def of_year(case: Case, year: int) -> Case:
    """Return a case that asks for a year instead of a window."""
    values = {
        name: value
        for name, value in case.values.items()
        if name not in {"window", "start_time", "end_time"}
    }
    window = f"year(local) = {year}"
    return replace(case, values={**values, "year": year}, window=window)


def year(oracle: Oracle, case: Case, data: Data) -> bool:
    """Check all that a year in review tells."""
    by, year = data["by"], data["year"]
    assert year == case.values["year"]
    assert data["total"] == _sums(oracle, case)
    _check_kinds(oracle, case, data)
    ranked = _check_tops(oracle, case, data)
    assert data["different"] == {of: len(places) for of, places in ranked.items()}
    _check_days(oracle, case, data)
    months = oracle.rows(
        "SELECT strftime(local, '%Y-%m') AS month, count(*), sum(ms) FROM chosen GROUP BY month ORDER BY month",
        case,
    )
    assert [
        (each["month"], each["play_count"], each["minutes"]) for each in data["months"]
    ] == [(month, count, minutes(ms)) for month, count, ms in months]
    assert [
        (each["month"], each["top_track"]["name"], each["top_track"]["play_count"])
        for each in data["months"]
        if each["top_track"]
    ] == _top_of_months(oracle, case, by)
    most = 1 if by == "plays" else 2
    if months:
        assert data["top_month"] == max(months, key=lambda each: each[most])[0]
    first = oracle.rows("SELECT uri, began FROM chosen ORDER BY began LIMIT 2", case)
    if first:
        assert second(data["first_play"]["started_at"]) == first[0][1] // 1000
    _check_session(oracle, case, data)
    start = round(datetime(year, 1, 1, tzinfo=case.zone).timestamp() * 1000)
    until = f"(SELECT * FROM filtered WHERE year(local) <= {year})"  # noqa: S608  our own number
    since = {
        name: began
        for name, _, _, _, began in _ranked(oracle, case, "artists", by, until)
    }
    new = [place for place in ranked["artists"] if since[place[0]] >= start]
    assert data["new_artists"] == len(new)
    if new:
        assert data["new_favorite"]["name"] == new[0][0]
    if ranked["artists"]:
        end = min(_bounds(case, data)[1], LAST + 1)
        known = median(end - since[name] for name, *_ in ranked["artists"][:50])
        assert (
            abs(data["favorites_known_years"] - known / (365.2425 * 86_400_000)) < 0.06
        )
    before = data["before"]
    last = second(before["end"]) * 1000
    assert last == min(
        start, second(before["start"]) * 1000 + (LAST + 1 - start) // 1000 * 1000
    )
    year_before = (
        f"(SELECT * FROM filtered WHERE year(local) = {year - 1} AND began < {last})"  # noqa: S608  our own numbers
    )
    if last % 86_400_000 == start % 86_400_000:
        assert before.items() >= _sums(oracle, case, year_before).items()
    return bool(months)


def _top_of_months(oracle: Oracle, case: Case, by: str) -> list[tuple[Any, ...]]:
    """Return the most played track of each month, with its plays."""
    only = "" if "kind" in case.values else "WHERE kind = 'music'"
    first, then = ("plays", "ms") if by == "plays" else ("ms", "plays")
    return oracle.rows(
        "SELECT strftime(local, '%Y-%m') AS month, title, count(*) AS plays"  # noqa: S608  our own words
        f" FROM (SELECT *, coalesce(artists[1], '') AS who FROM chosen) {only} GROUP BY month, uri, title, who"
        f" QUALIFY row_number() OVER (PARTITION BY month ORDER BY {_ordered(first)} DESC, {_ordered(then)} DESC, title, who, uri) = 1"
        " ORDER BY month",
        case,
    )


def _ordered(by: str) -> str:
    return {"plays": "count(*)", "ms": "sum(ms)"}[by]


def _check_days(oracle: Oracle, case: Case, data: Data) -> None:
    """Check the biggest day, the longest streak, and what was repeated most in a day."""
    days = oracle.rows(
        "SELECT local::DATE AS day, count(*), sum(ms) FROM chosen GROUP BY day ORDER BY day",
        case,
    )
    assert data["days"] == len(days)
    if not days:
        assert data["biggest_day"] is data["longest_streak"] is None
        return
    most = 1 if data["by"] == "plays" else 2
    day, *of_day = max(days, key=lambda each: each[most])
    assert data["biggest_day"] == {"date": day.isoformat(), **total(*of_day)}
    (streak,) = oracle.rows(
        "WITH days AS (SELECT DISTINCT local::DATE AS day FROM chosen),"
        " numbered AS (SELECT day, day - (row_number() OVER (ORDER BY day))::INTEGER AS of FROM days)"
        " SELECT min(day), max(day), count(*) AS days FROM numbered GROUP BY of ORDER BY days DESC, 1 LIMIT 1",
        case,
    )
    first, last, count = streak
    assert data["longest_streak"] == {
        "first": first.isoformat(),
        "last": last.isoformat(),
        "days": count,
    }
    repeated = oracle.rows(
        "SELECT local::DATE AS day, title, count(*) AS plays, sum(ms) AS ms FROM chosen WHERE kind = 'music'"
        " GROUP BY day, uri, title HAVING plays > 1 ORDER BY plays DESC, ms DESC, day",
        case,
    )
    reported = data["most_repeated_in_a_day"]
    if not repeated:
        assert reported is None
        return
    day, _, plays, ms = repeated[0]
    assert (reported["date"], reported["play_count"], reported["minutes"]) == (
        day.isoformat(),
        plays,
        minutes(ms),
    )
    assert reported["name"] in {
        title for on, title, *same in repeated if (on, *same) == (day, plays, ms)
    }


def _check_session(oracle: Oracle, case: Case, data: Data) -> None:
    """Check the longest session: no silence of more than half an hour in it."""
    sessions: list[list[int]] = []
    whose, over = "", 0
    for who, began, ms, whole in oracle.rows(
        "SELECT listener, began, ms, whole FROM chosen ORDER BY listener, began", case
    ):
        if who != whose or began - over > 1_800_000:
            sessions.append([0, -began, 0, 0])
            over = 0
        whose, over = who, max(over, began + whole)
        session = sessions[-1]
        session[0] += ms
        session[2] += 1
        session[3] = over
    if not sessions:
        assert data["longest_session"] is None
        return
    ms, start, plays, end = max(sessions, key=lambda each: each[:2])
    reported = data["longest_session"]
    assert (second(reported["start"]), second(reported["end"])) == (
        -start // 1000,
        end // 1000,
    )
    assert (reported["play_count"], reported["minutes"]) == (plays, minutes(ms))
