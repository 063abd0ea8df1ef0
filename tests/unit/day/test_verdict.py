"""The day's verdict: it sees a play that is lost, one that is doubled, one that is astray, and a gap that nobody told of."""

from dataclasses import replace
import json

from benchmarks._day_answers import PLAYER, RECENT, Answers, Owed, owed
from benchmarks._day_calls import calls_of
from benchmarks._day_verdict import judge
from custom_components.encore.history.model import Item, Kind, Listener, Play, Source
from custom_components.encore.history.records.recording_coverage import (
    GapReason,
    Unrecorded,
)
from custom_components.encore.settings.responsiveness import LIMITS, Responsiveness
from simulator.spotify import Asked
from simulator.spotify.ledger import Played

MINUTE = 60_000
HOUR = 60 * MINUTE
LISTENER = Listener("spotify:one", "One")


def row(start: int, length: int = 3 * MINUTE, uri: str = "spotify:track:a") -> Played:
    """Return a row of the ledger, heard to its end."""
    return Played(
        uri=uri,
        kind=uri.split(":")[1],
        title="A",
        artists=("B",),
        album="C",
        started_at=start,
        ended_at=start + length,
        ms_played=length,
        device_id="d",
        device_name="Phone",
        context_uri=None,
        skipped=False,
        private=False,
        shuffle=False,
        reason_start="trackdone",
        reason_end="trackdone",
        platform="p",
        country="NL",
    )


def play(of: Played, late: int = 0) -> Play:
    """Return a play that says so much later (ms) what a row says."""
    item = Item(of.uri, Kind[of.kind.upper()], of.title, of.artists)
    return Play(
        0,
        LISTENER,
        item,
        of.started_at + late,
        of.ended_at + late,
        of.ms_played,
        frozenset({Source.LIVE}),
    )


def asked(endpoint: str, at: int, status: int = 200) -> Asked:
    """Return a request of one listener."""
    return Asked(at, "one", "GET", endpoint, endpoint, "", status)


def player_says(uri: str) -> bytes:
    """Return an answer about the player."""
    return json.dumps({"item": {"uri": uri}, "progress_ms": 1_000}).encode()


def listed(*rows: Played) -> list[Owed]:
    """Return rows as owed because they stood in recently played."""
    return [Owed(row, listed=True) for row in rows]


def seen(row: Played, *, at_ms: int) -> Owed:
    """Return a row as owed because a look saw it, so far in its item."""
    return Owed(row, listed=False, first_ms=at_ms, last_ms=at_ms)


def test_what_is_remembered_as_it_was_is_neither_lost_nor_doubled() -> None:
    """The same song twice in a row is two plays."""
    rows = [row(0), row(3 * MINUTE), row(9 * MINUTE, uri="spotify:track:b")]
    verdict = judge(rows, listed(*rows), [play(each, 900) for each in rows], [], [])
    assert verdict.remembered == verdict.played == verdict.owed == 3
    assert (verdict.lost, verdict.doubled, verdict.astray) == ([], [], [])


def test_a_play_that_is_owed_and_not_there_is_lost() -> None:
    """Only the one, and only when it is owed."""
    rows = [row(0), row(3 * MINUTE)]
    verdict = judge(rows, listed(*rows), [play(rows[1])], [], [])
    assert verdict.lost == [rows[0]]
    assert judge(rows, listed(rows[1]), [play(rows[1])], [], []).lost == []


def test_a_play_too_many_is_doubled() -> None:
    """Of something that was heard once, and of something that was not heard at all."""
    played, never = row(0), row(HOUR, uri="spotify:track:never")
    twice = [play(played), play(played, 20_000)]
    assert judge([played], listed(played), twice, [], []).doubled == [twice[1]]
    assert judge(
        [played], listed(played), [play(played), play(never)], [], []
    ).doubled == [play(never)]


def test_a_play_that_went_on_elsewhere_is_one_or_two() -> None:
    """The ledger has a row for each device."""
    first = replace(row(0), reason_end="remote")
    second = replace(row(3 * MINUTE), reason_start="remote")
    rows = [first, second]
    whole = replace(play(first), ended_at=second.ended_at)
    assert judge(rows, listed(*rows), [whole], [], []).lost == []
    assert judge(rows, listed(*rows), [play(first), play(second)], [], []).doubled == []
    three = [play(first), play(second), whole]
    assert len(judge(rows, listed(*rows), three, [], []).doubled) == 1


def test_who_comes_back_to_a_track_unseen_played_it_once_or_twice() -> None:
    """Unless Spotify told of something in between, listed both, or showed that it had begun anew."""
    first = row(0, 9_000)
    between = row(9_000, 40_000, "spotify:track:b")
    second = row(49_000)
    rows, one = [first, between, second], [play(second)]
    looks = [seen(first, at_ms=2_000), seen(second, at_ms=30_000)]
    assert judge(rows, looks, one, [], []).lost == []
    both = [play(first), play(second)]
    assert judge(rows, looks, both, [], []).doubled == []
    reported = [looks[0], *listed(between), looks[1]]
    assert judge(rows, reported, [*one, play(between)], [], []).lost == [first]
    anew = [looks[0], seen(second, at_ms=1_000)]
    assert judge(rows, anew, one, [], []).lost == [first]
    assert judge(rows, listed(first, second), one, [], []).lost == [first]


def test_a_play_far_from_its_time_is_astray_only_if_no_source_reported_it() -> None:
    """Else it is lost where it was, and made up where it is."""
    played = row(0)
    late = play(played, 10 * MINUTE)
    unseen = judge([played], [], [late], [], [])
    assert unseen.astray == [(late, played)]
    assert unseen.doubled == []
    reported = judge([played], listed(played), [late], [], [])
    assert (reported.lost, reported.doubled, reported.astray) == ([played], [late], [])


def test_what_an_outage_hid_must_lie_in_a_gap() -> None:
    """Wanted gaps, such as a private session, explain nothing."""
    hidden = row(10 * MINUTE, uri="spotify:episode:e")
    outages = [(5 * MINUTE, 30 * MINUTE)]
    gap = Unrecorded(LISTENER, GapReason.OUT_OF_REACH, 4 * MINUTE, 31 * MINUTE)
    private = gap._replace(reason=GapReason.PRIVATE)
    assert judge([hidden], [], [], [gap], outages).untold == []
    assert judge([hidden], [], [], [private], outages).untold == [hidden]
    assert judge([hidden], [], [], [], outages).untold == [hidden]
    assert judge([hidden], [], [], [], []).untold == []


def test_gaps_that_touch_are_one() -> None:
    """And one of no length is none."""
    reason = GapReason.RATE_LIMITED
    gaps = [
        Unrecorded(LISTENER, reason, 0, MINUTE),
        Unrecorded(LISTENER, reason, MINUTE, HOUR),
        Unrecorded(LISTENER, reason, 2 * HOUR, 2 * HOUR + 1),
    ]
    assert [(gap.start, gap.end) for gap in judge([], [], [], gaps, []).gaps] == [
        (0, HOUR)
    ]


def test_owed_is_what_was_answered_or_stood_in_recently_played() -> None:
    """Seen while it sounded, listed, or long enough to be listed; not what was private, and nothing from a cut answer."""
    short = [row(n * HOUR, 4_000, f"spotify:episode:{n}") for n in range(4)]
    long, private = row(5 * HOUR), replace(row(6 * HOUR), private=True)
    answers = Answers()
    answers.take(asked(PLAYER[0], 2_000), player_says(short[0].uri))
    answers.take(asked(PLAYER[0], HOUR + 9_000), player_says(short[1].uri))
    answers.take(asked(PLAYER[0], 2 * HOUR + 2_000, 502), player_says(short[2].uri))
    answers.take(asked(PLAYER[0], 2 * HOUR + 2_000), player_says(short[2].uri)[:20])
    page = {
        "items": [
            {"track": {"uri": short[3].uri}, "played_at": "1970-01-01T03:00:03.500Z"}
        ]
    }
    answers.take(asked(RECENT, 4 * HOUR), json.dumps(page).encode())
    answers.take(asked(PLAYER[0], 6 * HOUR + 9_000), player_says(private.uri))
    rows = [*short, long, private]
    assert owed(rows, answers.reported["one"], 7 * HOUR) == [
        seen(short[0], at_ms=1_000),
        *listed(short[3], long),
    ]


def test_a_list_of_few_places_owes_what_could_be_asked_for() -> None:
    """A row that was pushed out while nobody could ask is not owed; one that stood there for long before is."""
    rows = [row(n * 10 * MINUTE) for n in range(8)]
    reported, now = Answers().reported["one"], 2 * HOUR
    assert owed(rows, reported, now, places=3) == listed(*rows)
    outage = [(35 * MINUTE, now)]
    assert owed(rows, reported, now, 3, outage) == listed(rows[0])
    assert owed(rows, reported, now, None, outage) == listed(*rows)


def test_calls_are_counted_by_the_worst_hour() -> None:
    """Of playing, of silence, and above what a mixed hour may cost."""
    sounds = [row(HOUR, 2 * HOUR)]
    calls = [asked("/v1/me/player", HOUR + n * MINUTE) for n in range(0, 120, 2)]
    calls += [asked("/v1/me/player", 4 * HOUR + n * MINUTE) for n in range(12)]
    calls.append(asked("/api/token", HOUR))
    found = calls_of(calls, sounds, 0, 6 * HOUR)
    assert found.all_day == 72
    assert found.worst_playing == 30
    assert found.worst_idle == 12
    assert found.over == 2
    offline = [replace(sounds[0], offline=True)]
    assert calls_of(calls, offline, 0, 6 * HOUR).worst_idle == 30
    command = replace(asked("/v1/me/player/next", 4 * HOUR), method="POST")
    # Of the hours without it, the one that begins five minutes later has the most calls.
    assert calls_of([*calls, command], sounds, 0, 6 * HOUR).worst_idle == 7
    balanced = LIMITS[Responsiveness.BALANCED]
    found = calls_of(
        calls, sounds, 0, 6 * HOUR, limits=balanced, usual=lambda at: at >= 4 * HOUR
    )
    assert (found.worst_usual, found.worst_idle, found.over) == (12, 0, 0)
