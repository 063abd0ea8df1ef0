"""Sessions as a calendar shows them: whole, with what was heard most, and the one that goes on."""

from collections.abc import Callable, Iterator
from dataclasses import replace
import random

import pytest

from custom_components.encore.history.history import History
from custom_components.encore.history.model import (
    UNDER_WAY,
    Item,
    Kind,
    Listener,
    Play,
    RoomSpan,
    Source,
    Total,
    Window,
)
from custom_components.encore.history.queries.visible_plays import EVER, NOBODY_HIDDEN
from custom_components.encore.language.sentence_files import languages
from custom_components.encore.language.speech import say_session
from custom_components.encore.questions import calendar_sessions as module
from custom_components.encore.questions.base.query_context import QueryContext
from custom_components.encore.questions.calendar_sessions import Listened, listened
from tests.unit.history.years import FIRST, LAST, LISTENERS, years

from .house import (
    ALVA,
    BEN,
    CLEO,
    EMBER,
    GLASS,
    KITCHEN,
    NEWS,
    NOW,
    PAST,
    STUDY,
    ask,
    at,
    heard,
    history_of,
    query_context,
)

MINUTE = 60_000
DAY = 24 * 60 * MINUTE


def told(
    history: History,
    listener: Listener = ALVA,
    window: Window = EVER,
    circumstances: QueryContext | None = None,
) -> tuple[Listened, ...]:
    """Return the sessions of a window."""
    asked = circumstances or query_context()
    return history.ask(
        lambda queries: listened(queries, asked, listener, window), hidden=NOBODY_HIDDEN
    ).result()


def playing(
    item: Item, began: str, *, silent_s: int = 0, ms: int | None = None
) -> Play:
    """Return what Ben plays in the study since a local time, and has until now or some time ago."""
    start, end = at(began), NOW.now - silent_s * 1000
    return Play(
        UNDER_WAY,
        BEN,
        item,
        start,
        end,
        end - start if ms is None else ms,
        frozenset({Source.LIVE}),
        rooms=(RoomSpan(STUDY, start, end),),
    )


@pytest.fixture(scope="module")
def lived(new_store: Callable[[], str]) -> Iterator[History]:
    """Give a history of years."""
    with history_of(new_store(), []) as history:
        history.append(years(2_000)).result()
        yield history


@pytest.mark.parametrize("listener", LISTENERS)
def test_they_are_the_sessions_of_the_question(
    lived: History, listener: Listener
) -> None:
    """Of years, the latest hundred, each with the same plays, minutes and rooms."""
    circumstances = replace(query_context(), me=(listener,), listeners=LISTENERS)
    data = ask(
        lived,
        "sessions",
        circumstances,
        listener=listener.name,
        window="all_time",
        limit=100,
    ).data
    sessions = told(lived, listener, EVER, circumstances)
    assert len(sessions) == data["sessions"] > 100
    clock = circumstances.clock
    assert [
        {
            "listener": listener.name,
            "start": clock.local(each.start).isoformat(timespec="seconds"),
            "end": clock.local(each.end).isoformat(timespec="seconds"),
            "play_count": each.total.plays,
            "minutes": round(each.total.ms_played / MINUTE),
            "rooms": list(each.rooms),
        }
        for each in reversed(sessions[-100:])
    ] == data["latest"]


def test_a_window_has_what_it_touches_and_that_whole(lived: History) -> None:
    """Whatever the window: none is cut where it begins or ends."""
    chance = random.Random(5)
    everything = told(lived, LISTENERS[0])
    several = 0
    for _ in range(60):
        start = chance.choice(everything).start + chance.randrange(-MINUTE, MINUTE)
        window = Window(start, start + chance.choice((1, MINUTE, DAY, 300 * DAY)))
        found = told(lived, LISTENERS[0], window)
        assert found == tuple(
            each
            for each in everything
            if each.start < window.end and each.end > window.start
        )
        several += len(found) > 1
    assert several > 5
    assert told(lived, LISTENERS[0], Window(FIRST - DAY, FIRST)) == ()
    assert told(lived, LISTENERS[0], Window(LAST + DAY, LAST + 2 * DAY)) == ()


def test_one_that_goes_on_for_days_is_whole(new_store: Callable[[], str]) -> None:
    """However short the window in the middle of it is."""
    past = [
        heard(BEN, NEWS, f"2026-07-{day:02} {hour:02}:00", seconds=3_000)
        for day in range(2, 8)
        for hour in range(24)
    ]
    with history_of(new_store(), past) as history:
        (session,) = told(history, BEN)
        noon = at("2026-07-04 12:00")
        for start in (session.start, noon, session.end - 1):
            assert told(history, BEN, Window(start, start + 1)) == (session,)
        assert session.total.plays == len(past)


def test_there_is_a_limit_to_how_many_are_reported(lived: History) -> None:
    """The latest are."""
    everything = told(lived, LISTENERS[0])
    latest = lived.ask(
        lambda queries: listened(queries, query_context(), LISTENERS[0], most=7),
        hidden=NOBODY_HIDDEN,
    )
    assert latest.result() == everything[-7:]


def test_what_was_played_longest_comes_first(history: History) -> None:
    """A podcast by its show, with how many plays; what was passed over does not count."""
    tuesday = Window(at("2026-07-14"), at("2026-07-15"))
    morning, evening = told(history, ALVA, tuesday)
    assert morning.most == (("The Morning Post", 1),)
    assert evening == Listened(
        at("2026-07-14 19:58"),
        at("2026-07-14 20:09:20"),
        Total(3, 600_000),
        ("Kitchen",),
        (("Aurora Vale", 2), ("The Harbours", 1)),
        others=False,
    )
    assert told(history, CLEO) == ()


@pytest.mark.parametrize(
    ("listener", "began"), [(ALVA, "2026-07-15 14:00"), (BEN, "2026-07-15 09:00")]
)
def test_the_last_one_is_the_last(
    history: History, listener: Listener, began: str
) -> None:
    """Whatever a window has."""
    last = history.ask(
        lambda queries: listened(queries, query_context(), listener, most=1),
        hidden=NOBODY_HIDDEN,
    )
    assert last.result() == told(history, listener)[-1:]
    assert told(history, listener)[-1].start == at(began)


def test_a_listener_without_plays_has_no_last_one(history: History) -> None:
    """Though the account is linked."""
    last = history.ask(
        lambda queries: listened(queries, query_context(), CLEO, most=1),
        hidden=NOBODY_HIDDEN,
    )
    assert last.result() == ()


def test_a_hidden_listener_is_in_no_session(history: History) -> None:
    """Whoever asks for it."""
    circumstances = replace(query_context(), hidden=frozenset({BEN.key}))
    assert told(history, BEN, EVER, circumstances) == ()


def test_what_is_under_way_goes_on_to_its_end(history: History) -> None:
    """It is a session by itself after a silence, expected to last as long as the song does."""
    now = replace(query_context(), under_way=(playing(EMBER, "2026-07-15 14:28"),))
    before, session = told(history, BEN, EVER, now)[-2:]
    assert before == told(history, BEN)[-1]
    assert (session.start, session.end) == (
        at("2026-07-15 14:28"),
        at("2026-07-15 14:31:20"),
    )
    assert session.total == Total(1, 120_000)
    assert (session.rooms, session.most) == (("Alva's study",), (("Kite Season", 1),))
    # Within a window that is over by then it is not.
    morning = Window(at("2026-07-15"), at("2026-07-15 14:28"))
    assert told(history, BEN, morning, now) == (before,)


def test_what_is_paused_has_fallen_silent(history: History) -> None:
    """For now: the session is not expected to go on."""
    paused = playing(EMBER, "2026-07-15 14:20", silent_s=300, ms=60_000)
    now = replace(query_context(), under_way=(paused,))
    assert told(history, BEN, EVER, now)[-1].end == at("2026-07-15 14:25")


def test_a_song_under_way_joins_the_session_before_it(
    new_store: Callable[[], str],
) -> None:
    """Half an hour of silence does not end one; what the history has by now is not counted twice."""
    past = [*PAST, heard(BEN, GLASS, "2026-07-15 14:10", room=KITCHEN)]
    with history_of(new_store(), past) as history:
        now = replace(query_context(), under_way=(playing(EMBER, "2026-07-15 14:28"),))
        session = told(history, BEN, EVER, now)[-1]
        assert (session.start, session.end) == (
            at("2026-07-15 14:10"),
            at("2026-07-15 14:31:20"),
        )
        assert session.total == Total(2, 320_000)
        assert session.rooms == ("Alva's study", "Kitchen")
        # A window that only the end of it touches has it whole.
        rest = Window(at("2026-07-15 14:20"), at("2026-07-15 15:00"))
        assert told(history, BEN, rest, now) == (session,)
        known = replace(
            query_context(), under_way=(playing(GLASS, "2026-07-15 14:10"),)
        )
        assert told(history, BEN, EVER, known)[-1].total == Total(1, 200_000)


def test_what_does_not_tell_when_it_ends_goes_on_for_a_while(
    history: History,
) -> None:
    """A stream of a radio has no length."""
    radio = Item("x-radio:1", Kind.RADIO, "Night Wire", ())
    now = replace(query_context(), under_way=(playing(radio, "2026-07-15 14:00"),))
    session = told(history, BEN, EVER, now)[-1]
    assert session.end == NOW.now + module.LASTS_MS
    assert (session.most, session.others) == ((), False)


SESSIONS = {
    "one": Listened(0, 1, Total(1, 200_000), (), (("Aurora Vale", 1),), others=False),
    "some": Listened(
        0,
        1,
        Total(14, 3_480_000),
        ("Alva's study", "Kitchen"),
        (("Aurora Vale", 9), ("The Harbours", 5)),
        others=False,
    ),
    "many": Listened(
        0,
        1,
        Total(40, 9_000_000),
        ("Kitchen",),
        (("Aurora Vale", 20), ("The Harbours", 5), ("<b>Zed</b>", 4)),
        others=True,
    ),
    "station": Listened(0, 1, Total(1, 200_000), ("Kitchen",), (), others=False),
}
ENGLISH = {
    "one": ("Aurora Vale", "One play, three minutes."),
    "some": (
        "Aurora Vale and The Harbours",
        "14 plays, 58 minutes in Alva's study and the Kitchen. Most played: Aurora Vale (9), The Harbours (5).",
    ),
    "many": (
        "Aurora Vale, The Harbours, <b>Zed</b> and others",
        "40 plays, two hours and 30 minutes in the Kitchen. Most played: Aurora Vale (20), The Harbours (5), <b>Zed</b> (4).",
    ),
    "station": ("Listening", "One play, three minutes in the Kitchen."),
}


@pytest.mark.parametrize("which", SESSIONS)
def test_they_are_reported_in_words(which: str) -> None:
    """In English to the letter; names are not escaped, because a calendar shows text."""
    assert say_session(SESSIONS[which], query_context()) == ENGLISH[which]


@pytest.mark.parametrize("language", sorted(languages() - {"en"}))
def test_other_languages_have_words_of_their_own(language: str) -> None:
    """With the same names and numbers in them."""
    said = {
        which: say_session(session, replace(query_context(), language=language))
        for which, session in SESSIONS.items()
    }
    for which, session in SESSIONS.items():
        summary, description = said[which]
        assert all(name in summary for name, _ in session.most)
        assert summary and (summary, description) != ENGLISH[which]
        assert description.endswith(".") and "  " not in description
        assert description[:1].isupper() or description[:1].isdigit()
    for name, plays in SESSIONS["many"].most:
        assert f"{name} ({plays})" in said["many"][1]
