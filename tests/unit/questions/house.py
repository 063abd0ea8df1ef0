"""A house whose past is known by heart, in a real store.

It is Wednesday, 15 July 2026, half past two in Berlin. Alva's record begins in 2019, Ben's on Monday evening.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from custom_components.encore.history.history import History
from custom_components.encore.history.model import (
    Device,
    Item,
    Kind,
    Listener,
    Observation,
    Room,
    RoomSpan,
    Source,
)
from custom_components.encore.history.queries.history_queries import HistoryQueries
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.history.records.recording_coverage import Recorded
from custom_components.encore.history.time_ranges.local_clock import Clock
from custom_components.encore.language.answering import (
    Response,
    answer_question,
    render,
)
from custom_components.encore.questions.all_questions import QUESTIONS
from custom_components.encore.questions.base.parameters import read
from custom_components.encore.questions.base.query_context import QueryContext
from tests.unit.history.memory import note_recorded

BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> int:
    """Return a local time in Berlin as UTC milliseconds."""
    return int(datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp() * 1000)


NOW = Clock(at("2026-07-15 14:30"), BERLIN)
ALVA = Listener("spotify:alva", "Alva Lind")
BEN = Listener("spotify:ben", "Ben")
CLEO = Listener("spotify:cleo", "Cleo")
KITCHEN = Room("kitchen", "Kitchen")
STUDY = Room("study", "Alva's study")
BATHROOM = Room("bathroom", "Bathroom")
PHONE = Device("1", "Phone")
DEN = Device("4", "Den speaker")
BROWSERS = (Device("2", "Web Player"), Device("3", "Web Player"))


def song(title: str, *artists: str, album: str = "Collected") -> Item:
    """Return a song that lasts 200 seconds."""
    name = title.casefold().replace(" ", "")
    uri = f"spotify:track:{name}"
    return Item(uri, Kind.TRACK, title, artists, album, 200_000)


RIVER = song("River Light", "Aurora Vale", album="Northern")
GLASS = song("Glass", "The Harbours", "Aurora Vale", album="Tides")
EMBER = song("Ember", "Kite Season", album="Hollow")
ODD = song("<b>Robert'); DROP TABLE play;--</b>", "Ünï çødé & Söhne", album="{{ 1 }}")
NEWS = Item(
    "spotify:episode:news", Kind.EPISODE, "Tuesday", ("The Morning Post",), "", 900_000
)


def heard(
    listener: Listener,
    item: Item,
    started: str,
    *,
    seconds: int = 200,
    device: Device | None = PHONE,
    room: Room | None = None,
) -> Observation:
    """Return what was watched of one play from a local time on."""
    start = at(started)
    end = start + seconds * 1000
    return Observation(
        Source.LIVE,
        listener,
        item,
        start,
        end,
        seconds * 1000,
        device=device,
        rooms=(RoomSpan(room, start, end),) if room else (),
    )


PAST = [
    heard(ALVA, EMBER, "2019-03-09 12:00", device=None),
    heard(ALVA, EMBER, "2025-08-03 12:00", device=None),
    heard(ALVA, EMBER, "2026-06-20 12:00", device=None),
    heard(ALVA, EMBER, "2026-06-20 12:10", device=None),
    heard(ALVA, GLASS, "2026-06-20 12:20", device=None),
    heard(BEN, EMBER, "2026-07-13 20:00", device=DEN),
    # Tuesday, and the night to Wednesday
    heard(ALVA, NEWS, "2026-07-14 07:00", seconds=900, room=KITCHEN),
    heard(ALVA, RIVER, "2026-07-14 19:58", room=KITCHEN),
    heard(ALVA, GLASS, "2026-07-14 20:02", room=KITCHEN),
    heard(BEN, EMBER, "2026-07-14 20:01", device=BROWSERS[0]),
    heard(ALVA, RIVER, "2026-07-14 20:06", room=KITCHEN),
    heard(ALVA, RIVER, "2026-07-14 22:00", seconds=20),
    heard(ALVA, EMBER, "2026-07-15 00:30", room=STUDY),
    # this Wednesday
    heard(BEN, EMBER, "2026-07-15 09:00", device=BROWSERS[1]),
    heard(ALVA, ODD, "2026-07-15 14:00"),
]


def recorded_since(past: list[Observation]) -> list[Recorded]:
    """Return that each listener was watched from the first of these observations on, beyond all clocks."""
    first: dict[Listener, int] = {}
    for one in past:
        first[one.listener] = min(one.started_at, first.get(one.listener, NOW.now))
    return [
        Recorded(listener, Source.LIVE, start, at("2030-01-01"))
        for listener, start in first.items()
    ]


@contextmanager
def history_of(store: str | Path, past: list[Observation]) -> Iterator[History]:
    """Open a store at a URL, or a file in a folder, with a past in it that was watched without a gap."""
    url = store if isinstance(store, str) else f"sqlite:///{store / 'encore.db'}"
    history = History(url)
    history.open()
    try:
        if past:
            history.append(past).result()
            note_recorded(history, recorded_since(past))
        yield history
    finally:
        history.close()


def query_context(
    *,
    me: tuple[Listener, ...] = (ALVA,),
    here: Room | None = None,
    clock: Clock = NOW,
) -> QueryContext:
    """Return the circumstances of somebody in the home who asks."""
    return QueryContext(
        clock,
        me=me,
        here=here,
        listeners=(ALVA, BEN, CLEO),
        rooms=(KITCHEN, STUDY, BATHROOM),
    )


def ask(
    history: History,
    question: str,
    circumstances: QueryContext | None = None,
    **values: object,
) -> Response:
    """Ask a question as a door does."""
    asked = circumstances or query_context()
    return history.ask(
        lambda queries: answered(queries, question, values, asked),
        hidden=NOBODY_HIDDEN,
    ).result()


def answered(
    queries: HistoryQueries,
    key: str,
    values: Mapping[str, object],
    query_context: QueryContext,
) -> Response:
    """Return the answer to a question as data and speech."""
    question = QUESTIONS[key]
    asked = read(question.declares, values)
    answer = answer_question(queries, question, asked, query_context)
    return render(question, answer, query_context)
