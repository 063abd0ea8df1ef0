"""Answers know what is being played while they are given, and tell every play once."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from custom_components.encore.history.history import History
from custom_components.encore.history.model import (
    HOUSEHOLD,
    TELEVISION_URI,
    UNDER_WAY,
    Device,
    Item,
    Kind,
    Listener,
    Play,
    Room,
    RoomSpan,
    Source,
)
from custom_components.encore.history.queries.top_with_active_plays import sounded_for
from custom_components.encore.questions.base.query_context import QueryContext

from .house import (
    ALVA,
    BEN,
    CLEO,
    DEN,
    EMBER,
    GLASS,
    KITCHEN,
    NEWS,
    NOW,
    PHONE,
    RIVER,
    STUDY,
    ask,
    heard,
    history_of,
    query_context,
    song,
)

type Values = dict[str, Any]

TODAY: Values = {"window": "today"}
MORNING = [heard(BEN, EMBER, "2026-07-14 09:00"), heard(BEN, EMBER, "2026-07-15 09:00")]


def playing(
    listener: Listener,
    item: Item,
    *,
    for_s: int = 100,
    silent_s: int = 0,
    heard_out: bool = False,
    device: Device | None = PHONE,
    room: Room | None = None,
) -> Play:
    """Return a play under way that began some seconds ago; it may have paused since."""
    start, end = NOW.now - for_s * 1000, NOW.now - silent_s * 1000
    return Play(
        UNDER_WAY,
        listener,
        item,
        start,
        end,
        end - start,
        frozenset({Source.LIVE}),
        device,
        rooms=(RoomSpan(room, start, end),) if room else (),
        skipped=False if heard_out else None,
    )


def test_what_is_under_way_counts_as_long_as_it_has_sounded_in_the_rooms() -> None:
    """The study joined for the last minute, and the kitchen left before: each second counts once."""
    whole = playing(ALVA, RIVER, for_s=180)
    start, end = whole.started_at, whole.ended_at
    play = replace(
        whole,
        rooms=(
            RoomSpan(KITCHEN, start, end - 30_000),
            RoomSpan(STUDY, end - 60_000, end),
        ),
    )
    assert sounded_for(play, None) == 180_000
    assert sounded_for(play, {KITCHEN.key}) == 150_000
    assert sounded_for(play, {STUDY.key}) == 60_000
    assert sounded_for(play, {KITCHEN.key, STUDY.key}) == 180_000
    assert sounded_for(play, {"elsewhere"}) == 0


def while_on(*plays: Play, me: tuple[Listener, ...] = (ALVA,)) -> QueryContext:
    """Return the circumstances of a question while something is being played."""
    known = query_context(me=me)
    return QueryContext(
        known.clock,
        me=known.me,
        listeners=known.listeners,
        rooms=known.rooms,
        under_way=plays,
    )


@pytest.mark.parametrize(
    ("plays", "values", "speech"),
    [
        (
            [playing(BEN, RIVER)],
            {"listener": "Ben"},
            "Ben played two tracks so far today: “Ember” by Kite Season; right now Ben is listening to “River Light” by Aurora Vale.",
        ),
        (
            [playing(ALVA, RIVER)],
            {"listener": "me"},
            "You played at least one track so far today: “River Light” by Aurora Vale, which you’re listening to right now. Your history begins at 2:28 pm today.",
        ),
        (
            [playing(ALVA, NEWS)],
            {"listener": "everyone"},
            "One track and one episode were played so far today: “Ember” by Kite Season; right now you’re listening to the episode “Tuesday” of The Morning Post.",
        ),
        (
            [playing(ALVA, RIVER), playing(CLEO, GLASS, for_s=50)],
            {"room": None},
            "Three tracks were played so far today: “Ember” by Kite Season; right now Cleo is listening to “Glass” by The Harbours and Aurora Vale and you’re listening to “River Light” by Aurora Vale.",
        ),
        (
            [playing(ALVA, RIVER, for_s=20)],
            {"listener": "me"},
            "As far as I know, you haven’t played anything so far today; right now you’re listening to “River Light” by Aurora Vale. Your history begins at 2:29 pm today.",
        ),
        (
            [playing(BEN, RIVER, for_s=400, silent_s=300)],
            {"listener": "Ben"},
            "Ben played two tracks so far today: “River Light” by Aurora Vale and “Ember” by Kite Season.",
        ),
        (
            [playing(BEN, RIVER)],
            {"listener": "Ben", "limit": 1},
            "Ben played two tracks so far today, five minutes in all; right now Ben is listening to “River Light” by Aurora Vale.",
        ),
        (
            [playing(Listener(HOUSEHOLD, "The house"), RIVER)],
            {"listener": HOUSEHOLD},
            None,
        ),
    ],
)
def test_what_was_played_reports_what_is_playing(
    tmp_path: Path, plays: list[Play], values: Values, speech: str | None
) -> None:
    """It is counted from half a minute on, and named in any case."""
    with history_of(tmp_path, MORNING) as history:
        circumstances = while_on(*plays)
        if speech is None:
            speech = "Two tracks were played so far today: “Ember” by Kite Season; right now “River Light” by Aurora Vale is playing."
            values = {}
        answered = ask(history, "plays", circumstances, **TODAY, **values)
    assert answered.speech == speech


def test_the_first_song_of_all_is_known(tmp_path: Path) -> None:
    """In a home of which nothing was recorded yet, also by its player's name."""
    with history_of(tmp_path, []) as history:
        circumstances = while_on(playing(ALVA, RIVER, device=DEN, room=KITCHEN))
        for values in (TODAY, {**TODAY, "device": "den"}, {**TODAY, "room": "kitchen"}):
            data = ask(history, "plays", circumstances, **values).data
            assert data["total"] == {"play_count": 1, "minutes": 2}
            assert data["recorded_from"] == "2026-07-15T14:28:20+02:00"
        speech = ask(history, "playing_at", circumstances, moment="now").speech
    assert speech == (
        "Right now you’re playing “River Light” by Aurora Vale in the Kitchen."
    )


def test_the_data_marks_what_is_under_way(history: History) -> None:
    """It stands among the others, newest first, and counts in the total."""
    before = ask(history, "plays", **TODAY).data
    data = ask(history, "plays", while_on(playing(BEN, NEWS)), **TODAY).data
    assert data["plays"][1:] == before["plays"]
    assert data["plays"][0]["title"] == "Tuesday"
    assert data["plays"][0]["seconds_played"] == 100
    assert [play["in_progress"] for play in data["plays"]] == [
        True,
        False,
        False,
        False,
    ]
    assert data["total"]["play_count"] == before["total"]["play_count"] + 1


def test_the_data_marks_what_can_be_played(history: History) -> None:
    """And no longer once it is paused or over, though it is under way for as long as it may go on."""
    paused = playing(BEN, NEWS, silent_s=60)
    for play, heard_now in ((playing(BEN, NEWS), True), (paused, False)):
        first = ask(history, "plays", while_on(play), **TODAY).data["plays"][0]
        assert (first["in_progress"], first["playing"]) == (True, heard_now)


def test_a_long_answer_ends_with_what_is_playing(history: History) -> None:
    """After what was played most often."""
    circumstances = while_on(playing(BEN, RIVER))
    speech = ask(history, "plays", circumstances, window="this_week").speech
    assert speech == (
        "Ten tracks and episodes were played so far this week, 43 minutes in all. "
        "Most often Kite Season and Aurora Vale; "
        "right now Ben is listening to “River Light” by Aurora Vale."
    )


@pytest.mark.parametrize(
    "values",
    [
        {"window": "yesterday"},
        {"window": "today", "listener": "Ben"},
        {"window": "today", "room": "bathroom"},
        {"window": "today", "device": "den"},
        {"end_time": "2026-07-15 14:00"},
    ],
)
def test_it_must_be_what_is_asked_for(history: History, values: Values) -> None:
    """Of the window by its start, the listener, the room and the player."""
    circumstances = while_on(playing(ALVA, RIVER, room=KITCHEN))
    alone = ask(history, "plays", **values)
    assert ask(history, "plays", circumstances, **values) == alone


@pytest.mark.parametrize(
    "values",
    [
        {"window": "last_hour"},
        {"listener": "me"},
        {"room": "kitchen"},
        {"device": "phone"},
        {"start_time": "2026-07-15 14:28"},
    ],
)
def test_what_is_asked_for_is_found(history: History, values: Values) -> None:
    """By each of them."""
    circumstances = while_on(playing(ALVA, RIVER, room=KITCHEN))
    data = ask(history, "plays", circumstances, **values).data
    assert [play["in_progress"] for play in data["plays"]].count(True) == 1


@pytest.mark.parametrize("began", ["2026-07-15 14:28:20", "2026-07-15 14:27:50"])
@pytest.mark.parametrize("release", ["spotify:track:riverlight", "spotify:track:other"])
def test_a_play_that_the_history_has_is_reported_once(
    tmp_path: Path, began: str, release: str
) -> None:
    """It was over just before the answer, or Spotify listed it already, perhaps as another release."""
    stored = heard(
        ALVA,
        Item(release, RIVER.kind, RIVER.title, RIVER.artists, "Live", 200_000),
        began,
        seconds=100,
    )
    with history_of(tmp_path, [stored]) as history:
        circumstances = while_on(playing(ALVA, RIVER))
        data = ask(history, "plays", circumstances, **TODAY).data
        assert [play["in_progress"] for play in data["plays"]] == [False]
        assert data["total"]["play_count"] == 1
        data = ask(history, "playing_at", circumstances, moment="1_minutes_ago").data
        assert len(data["plays"]) == 1


def test_a_play_of_the_history_gets_what_a_speaker_still_reports(
    tmp_path: Path,
) -> None:
    """Spotify listed it, and knows no room; the speaker is paused, and its play may go on."""
    stored = heard(ALVA, RIVER, "2026-07-15 14:28", seconds=100, device=None)
    speaker = replace(
        playing(
            Listener(HOUSEHOLD, "Household"),
            RIVER,
            for_s=115,
            silent_s=10,
            room=KITCHEN,
        ),
        sources=frozenset({Source.SONOS}),
    )
    with history_of(tmp_path, [stored]) as history:
        circumstances = while_on(speaker)
        (play,) = ask(history, "plays", circumstances, **TODAY).data["plays"]
        assert (play["listener"], play["rooms"]) == (ALVA.name, ["Kitchen"])
        data = ask(history, "plays", circumstances, room="Kitchen", **TODAY).data
        assert data["total"]["play_count"] == 1


def test_a_play_of_a_speaker_gets_the_listener_who_still_seems_to_listen(
    tmp_path: Path,
) -> None:
    """The speaker has told its end, and the account was not looked at since."""
    house = Listener(HOUSEHOLD, "Household")
    stored = replace(
        heard(house, RIVER, "2026-07-15 14:28", seconds=100, room=KITCHEN),
        source=Source.SONOS,
    )
    with history_of(tmp_path, [stored]) as history:
        circumstances = while_on(playing(ALVA, RIVER, for_s=120))
        data = ask(history, "plays", circumstances, **TODAY).data
        (play,) = data["plays"]
        assert (play["listener"], play["rooms"]) == (ALVA.name, ["Kitchen"])
        assert data["total"]["play_count"] == 1
        mine = ask(history, "plays", circumstances, listener=ALVA.name, **TODAY).data
        assert mine["total"]["play_count"] == 1


@pytest.mark.parametrize(
    ("item", "listener"),
    [(RIVER, ALVA), (GLASS, ALVA), (RIVER, BEN)],
)
def test_the_same_song_again_is_another_play(
    tmp_path: Path, item: Item, listener: Listener
) -> None:
    """On repeat it follows the last; somebody else may hear it at the same time."""
    began = "2026-07-15 14:25:02" if listener is ALVA else "2026-07-15 14:28:20"
    with history_of(tmp_path, [heard(listener, item, began)]) as history:
        data = ask(history, "plays", while_on(playing(ALVA, RIVER)), **TODAY).data
    assert [play["in_progress"] for play in data["plays"]] == [True, False]


NOW_PLAYING: list[tuple[list[Play], Values, str]] = [
    (
        [playing(ALVA, RIVER, room=KITCHEN), playing(BEN, EMBER, for_s=3)],
        {"moment": "now"},
        "Right now Ben is playing “Ember” by Kite Season on Phone and you’re playing “River Light” by Aurora Vale in the Kitchen.",
    ),
    (
        [playing(ALVA, RIVER, room=KITCHEN), playing(BEN, EMBER)],
        {"moment": "now", "room": "kitchen"},
        "Right now you’re playing “River Light” by Aurora Vale in the Kitchen.",
    ),
    (
        [playing(ALVA, RIVER, room=KITCHEN)],
        {"moment": "1_minutes_ago"},
        "At 2:29 pm today, you were playing “River Light” by Aurora Vale in the Kitchen.",
    ),
    (
        [playing(ALVA, RIVER, for_s=20)],
        {"moment": "1_minutes_ago"},
        "Right now you’re playing “River Light” by Aurora Vale on Phone.",
    ),
    (
        [playing(ALVA, RIVER, for_s=203, silent_s=3, heard_out=True)],
        {"moment": "now"},
        "Right now you’re playing “River Light” by Aurora Vale on Phone.",
    ),
    (
        [playing(ALVA, RIVER, for_s=100, silent_s=3)],
        {"moment": "now"},
        "As far as I know, nothing is playing right now. The last before was “River Light” by Aurora Vale, until 2:29 pm.",
    ),
    (
        [playing(BEN, RIVER, for_s=400, silent_s=300)],
        {"moment": "now"},
        "As far as I know, nothing is playing right now. The last before was “River Light” by Aurora Vale, until 2:25 pm.",
    ),
    (
        [playing(BEN, RIVER, for_s=400, silent_s=300)],
        {"moment": "6_minutes_ago", "listener": "Ben"},
        "At 2:24 pm today, Ben was playing “River Light” by Aurora Vale on Phone.",
    ),
    (
        [],
        {"moment": "now", "listener": "me"},
        "As far as I know, you’re not playing anything right now. The last before was “<b>Robert'); DROP TABLE play;--</b>” by Ünï çødé & Söhne, until 2:03 pm.",
    ),
    (
        [playing(ALVA, RIVER)],
        {"moment": "now", "listener": "Ben"},
        "As far as I know, Ben isn’t playing anything right now. The last before was “Ember” by Kite Season, until 9:03 am.",
    ),
    (
        [playing(ALVA, RIVER)],
        {"moment": "10_minutes_ago"},
        "As far as I know, nothing was playing at 2:20 pm today. The last before was “<b>Robert'); DROP TABLE play;--</b>” by Ünï çødé & Söhne, until 2:03 pm.",
    ),
    (
        [playing(Listener(HOUSEHOLD, "The house"), RIVER, room=KITCHEN)],
        {"moment": "now"},
        "Right now “River Light” by Aurora Vale is playing in the Kitchen.",
    ),
]


@pytest.mark.parametrize(("plays", "values", "speech"), NOW_PLAYING)
def test_what_is_playing(
    history: History, plays: list[Play], values: Values, speech: str
) -> None:
    """Right now, at a moment of the play under way, and just before it."""
    assert ask(history, "playing_at", while_on(*plays), **values).speech == speech


def test_the_data_of_a_moment_marks_what_is_under_way(history: History) -> None:
    """And its moment is now, where what was just asked for has begun since."""
    circumstances = while_on(playing(ALVA, RIVER, for_s=20))
    data = ask(history, "playing_at", circumstances, moment="1_minutes_ago").data
    assert data["moment"] == "2026-07-15T14:30:00+02:00"
    assert [play["in_progress"] for play in data["plays"]] == [True]
    assert data["before"] is None


def top(
    history: History, of: str, *plays: Play, **values: Any
) -> list[tuple[Any, ...]]:
    """Return what a top list of today names while something is on: name, plays and minutes."""
    data = ask(history, "top", while_on(*plays), **{**TODAY, **values, "of": of}).data
    return [(each["name"], each["play_count"], each["minutes"]) for each in data["top"]]


@pytest.mark.parametrize("silent_s", [0, 60, 1500])
def test_a_top_counts_it_also_while_it_is_paused(
    history: History, silent_s: int
) -> None:
    """For half an hour it may be resumed; nobody has to wait so long for an answer that has it."""
    play = playing(BEN, EMBER, for_s=100 + silent_s, silent_s=silent_s, room=KITCHEN)
    before = ask(history, "top", **TODAY).data
    after = ask(history, "top", while_on(play), **TODAY).data
    assert before["top"][0]["name"] == after["top"][0]["name"] == EMBER.title
    assert after["top"][0]["play_count"] == before["top"][0]["play_count"] + 1
    assert after["total"]["play_count"] == before["total"]["play_count"] + 1
    rooms = {name: plays for name, plays, _ in top(history, "rooms")}
    with_it = {name: plays for name, plays, _ in top(history, "rooms", play)}
    assert with_it == rooms | {"Kitchen": rooms.get("Kitchen", 0) + 1}


@pytest.mark.parametrize(
    ("of", "name"),
    [
        ("tracks", "Brand New"),
        ("artists", "Nobody Yet"),
        ("albums", "Collected"),
        ("rooms", "Kitchen"),
        ("sources", "live"),
    ],
)
def test_a_top_names_what_was_never_played_before(
    tmp_path: Path, of: str, name: str
) -> None:
    """The first song in a new home, by all that it can be ranked by."""
    play = playing(ALVA, song("Brand New", "Nobody Yet"), for_s=120, room=KITCHEN)
    with history_of(tmp_path, []) as history:
        assert top(history, of, play) == [(name, 1, 2)]
        assert top(history, of, play, by="minutes", limit=1) == [(name, 1, 2)]


def test_a_top_counts_what_is_asked_for_and_no_more(history: History) -> None:
    """Not a play too short to count, of another kind or room or listener, that the history has, or a television."""
    television = Item(TELEVISION_URI, Kind.TELEVISION, "Television", ())
    alone = top(history, "tracks")
    assert top(history, "tracks", playing(ALVA, EMBER, for_s=20)) == alone
    assert top(history, "tracks", playing(ALVA, NEWS)) == alone
    shows = [("The Morning Post", 1, 2)]
    assert top(history, "shows", playing(ALVA, NEWS)) == shows
    rooms = top(history, "rooms")
    assert top(history, "rooms", playing(ALVA, television, room=STUDY)) == rooms
    play = playing(ALVA, EMBER, room=KITCHEN)
    for values in ({"room": "study"}, {"listener": "Ben"}):
        without = top(history, "tracks", **values)
        assert top(history, "tracks", play, **values) == without


@pytest.mark.parametrize("silent_s", [0, 1500])
def test_listening_time_has_it_also_while_it_is_paused(
    history: History, silent_s: int
) -> None:
    """In all, by kind and on its day; it may be the first of a day or of a kind."""
    before = ask(history, "listening_time", **TODAY).data
    play = playing(BEN, RIVER, for_s=120 + silent_s, silent_s=silent_s)
    after = ask(history, "listening_time", while_on(play), **TODAY).data
    assert after["total"]["play_count"] == before["total"]["play_count"] + 1
    assert after["total"]["minutes"] == before["total"]["minutes"] + 2
    music = after["kinds"]["music"]
    assert music["play_count"] == before["kinds"]["music"]["play_count"] + 1
    assert after["days"] == before["days"]
    assert after["longest_day"]["minutes"] == before["longest_day"]["minutes"] + 2
    spoken = ask(history, "listening_time", while_on(playing(BEN, NEWS)), **TODAY).data
    assert spoken["kinds"]["podcast"]["play_count"] == 1


@pytest.mark.parametrize("step", ["hour", "day", "week", "month", "year"])
def test_a_timeline_has_it_in_its_step(tmp_path: Path, step: str) -> None:
    """Beside what was played in that step before, and where it is the first."""
    play = playing(ALVA, RIVER, for_s=120)
    stored = heard(ALVA, EMBER, "2026-07-15 14:00")
    circumstances = while_on(play)
    with history_of(tmp_path, [stored]) as history:
        data = ask(history, "timeline", circumstances, step=step).data
        (found,) = data["steps"]
        (alone,) = ask(history, "timeline", step=step).data["steps"]
        assert found["start"] == alone["start"]
        assert (
            alone["play_count"],
            found["play_count"],
            data["total"]["play_count"],
        ) == (
            1,
            2,
            2,
        )
    (tmp_path / "new").mkdir()
    with history_of(tmp_path / "new", []) as history:
        (first,) = ask(history, "timeline", circumstances, step=step).data["steps"]
    assert first == {"start": alone["start"], "play_count": 1, "minutes": 2}


def test_a_top_of_a_room_counts_as_long_as_it_sounded_there(tmp_path: Path) -> None:
    """The study joined for the last minute."""
    whole = playing(ALVA, RIVER, for_s=180)
    start, end = whole.started_at, whole.ended_at
    spans = (RoomSpan(KITCHEN, start, end), RoomSpan(STUDY, end - 60_000, end))
    play = replace(whole, rooms=spans)
    with history_of(
        tmp_path, [heard(ALVA, RIVER, "2026-07-15 08:00", room=STUDY)]
    ) as history:
        study = top(history, "tracks", play, room="study")
        assert study == [(RIVER.title, 2, round((200 + 60) / 60))]
        assert top(history, "rooms", play) == [
            (STUDY.name, 2, round((200 + 60) / 60)),
            (KITCHEN.name, 1, 3),
        ]
