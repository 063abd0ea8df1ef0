"""What answers hold as data, and what questions accept."""

from dataclasses import make_dataclass, replace
from datetime import datetime
import json
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.encore.commands.all_commands import COMMANDS
from custom_components.encore.commands.playlists.create_playlist import (
    NewPlaylistParameters,
)
from custom_components.encore.history.errors import InvalidWindow
from custom_components.encore.history.history import History
from custom_components.encore.history.model import Listener, TopOf
from custom_components.encore.language.speech import say_error
from custom_components.encore.questions.all_questions import QUESTIONS
from custom_components.encore.questions.base.errors import (
    BadParameter,
    QuestionError,
    UnknownListener,
    UnknownParameter,
    UnknownQuestion,
)
from custom_components.encore.questions.base.operation import Operation, Registry
from custom_components.encore.questions.base.parameters import (
    LIMIT,
    WINDOW,
    by_label,
    by_public_name,
    parameters_of,
    read,
)
from custom_components.encore.questions.playing_at import PlayingAtParameters
from custom_components.encore.questions.plays import Plays
from custom_components.encore.questions.top import TopParameters

from .house import ALVA, NOW, ask, query_context


def test_plays_as_data(history: History) -> None:
    """The data of a window's plays names whose, where, when, how much, and the latest first."""
    data = ask(history, "plays", window="last_night", listener="Ben", limit=1).data
    speech = data.pop("speech")
    assert isinstance(speech, str)
    assert data == {
        "time_range": {
            "name": "last_night",
            "start": "2026-07-14T18:00:00+02:00",
            "end": "2026-07-15T06:00:00+02:00",
            "complete": True,
            "coverage": 1.0,
            "gap_count": 0,
            "gaps": [],
        },
        "listeners": ["Ben"],
        "groups": [],
        "rooms": [],
        "device": None,
        "recorded_from": "2026-07-13T20:00:00+02:00",
        "time_zone": "Europe/Berlin",
        "assumed": [],
        "total": {"play_count": 1, "minutes": 3},
        "plays": [
            {
                "id": "1784052060000-969b48f3",
                "title": "Ember",
                "artists": ["Kite Season"],
                "album": "Hollow",
                "kind": "track",
                "uri": "spotify:track:ember",
                "image_url": None,
                "listener": "Ben",
                "rooms": [],
                "device": "Web Player",
                "started_at": "2026-07-14T20:01:00+02:00",
                "ended_at": "2026-07-14T20:04:20+02:00",
                "seconds_played": 200,
                "length": "measured",
                "skipped": None,
                "in_progress": False,
                "playing": False,
                "sources": ["live"],
                "context_uri": None,
            }
        ],
        "next": None,
    }


def test_a_top_as_data(history: History) -> None:
    """The data of a top list numbers its places."""
    data = ask(history, "top", window="this_month", of="artists", listener="me").data
    assert data["of"] == "artists"
    assert data["total"] == {"play_count": 6, "minutes": 32}
    assert data["top"] == [
        {
            "rank": 1,
            "name": "Aurora Vale",
            "artist": "Aurora Vale",
            "uri": None,
            "play_count": 3,
            "minutes": 10,
        },
        {
            "rank": 2,
            "name": "Kite Season",
            "artist": "Kite Season",
            "uri": None,
            "play_count": 1,
            "minutes": 3,
        },
        {
            "rank": 3,
            "name": "The Harbours",
            "artist": "The Harbours",
            "uri": None,
            "play_count": 1,
            "minutes": 3,
        },
        {
            "rank": 4,
            "name": "Ünï çødé & Söhne",
            "artist": "Ünï çødé & Söhne",
            "uri": None,
            "play_count": 1,
            "minutes": 3,
        },
    ]


def test_a_moment_as_data(history: History) -> None:
    """The data of a moment holds what sounded, or what had sounded before."""
    data = ask(history, "playing_at", moment="yesterday 20:03").data
    assert data["moment"] == "2026-07-14T20:03:00+02:00"
    assert [play["title"] for play in data["plays"]] == ["Glass", "Ember"]
    assert data["plays"][0]["rooms"] == ["Kitchen"]
    assert data["before"] is None
    data = ask(history, "playing_at", moment="yesterday 21:00").data
    assert data["plays"] == []
    assert data["before"]["title"] == "River Light"


def test_a_window_that_began_before_the_record_is_not_complete(
    history: History,
) -> None:
    """Data says where it covers only a part of the window."""
    data = ask(history, "plays", window="this_week", listener="Ben").data
    window = data["time_range"]
    assert window["complete"] is False
    assert window["coverage"] == round(42.5 / 62.5, 4)
    assert window["gaps"] == [
        {
            "start": "2026-07-13T00:00:00+02:00",
            "end": "2026-07-13T20:00:00+02:00",
            "reason": "not_recording",
        }
    ]


def test_a_short_listen_is_no_play(history: History) -> None:
    """Twenty seconds count nowhere, as at Spotify."""
    data = ask(history, "plays", window="last_night", listener="me").data
    assert all(play["seconds_played"] >= 30 for play in data["plays"])


@pytest.mark.parametrize("limit", [1, 2, 100])
def test_a_limit_bounds_data_and_speech(history: History, limit: int) -> None:
    """As many are named as were asked for, and no more."""
    answered = ask(history, "top", of="tracks", listener="me", limit=limit)
    top = answered.data["top"]
    assert isinstance(top, list)
    assert len(top) == min(limit, 4)
    assert answered.speech.count("“") == min(limit, 4)


def test_a_player_in_a_browser_is_one_player(history: History) -> None:
    """Plays on all devices of a name are found by it, whatever ids they have."""
    data = ask(history, "plays", window="this_week", device="Web Player").data
    assert data["total"] == {"play_count": 2, "minutes": 7}


@pytest.mark.parametrize(
    ("name", "listeners"),
    [
        ("alva", ["Alva Lind"]),
        ("ALVA  LIND", ["Alva Lind"]),
        ("spotify:alva", ["Alva Lind"]),
        ("everyone", []),
        ("me", ["Alva Lind"]),
        ("Cleo", ["Cleo"]),
    ],
)
def test_a_listener_is_found_by_name(
    history: History, name: str, listeners: list[str]
) -> None:
    """A full or first name will do, and somebody linked without plays is known too."""
    assert ask(history, "plays", listener=name).data["listeners"] == listeners


@pytest.mark.parametrize("name", ["Al", "lind", "spotify"])
def test_a_part_of_a_word_is_nobody(history: History, name: str) -> None:
    """Names are not guessed from fragments."""
    with pytest.raises(QuestionError):
        ask(history, "plays", listener=name)


def test_a_room_is_found_by_its_id_too(history: History) -> None:
    """Interfaces name areas by id, people by name."""
    for room in ("kitchen", "Kitchen", "KITCHEN"):
        data = ask(history, "plays", window="yesterday", room=room).data
        assert data["rooms"] == ["Kitchen"]


def test_a_player_named_like_a_room_stands_for_it(history: History) -> None:
    """Where no room is recorded, the player of that name is what is meant, and this is told."""
    data = ask(history, "plays", window="monday", room="den").data
    assert (data["rooms"], data["device"], data["assumed"]) == (
        [],
        "Den speaker",
        ["device"],
    )


texts = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["me", "everyone", "here", "Alva", "kitchen", "last_night", "8?", "Ember"]
    ),
)
values = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(
            (
                "window",
                "start_time",
                "end_time",
                "moment",
                "listener",
                "room",
                "device",
                "thing",
                "date",
            ),
            texts,
        ),
        "of": texts,
        "limit": st.one_of(st.integers(), texts),
    },
)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(
        ["plays", "top", "playing_at", "count", "when_heard", "on_this_day"]
    ),
    values,
)
def test_whatever_is_asked_is_answered_or_refused_in_words(
    history: History, question: str, values: dict[str, Any]
) -> None:
    """Any input gives JSON and a sentence, or a named error that has one."""
    try:
        answered = ask(history, question, **values)
    except (QuestionError, InvalidWindow) as err:
        said = say_error(err, query_context())
    else:
        said = answered.speech
        assert json.loads(json.dumps(answered.data)) == answered.data
    assert said.endswith((".", "”.", "?"))
    assert "  " not in said
    assert "None" not in said


def test_times_in_data_are_local_with_their_offset(history: History) -> None:
    """A play's times say where they were local."""
    data = ask(history, "plays", window="2019").data
    started = datetime.fromisoformat(data["plays"][0]["started_at"])
    assert started.isoformat() == "2019-03-09T12:00:00+01:00"


def test_a_question_is_registered_once() -> None:
    """A key stands for one question."""
    with pytest.raises(ValueError, match="plays"):
        Registry([Plays(), Plays()], UnknownQuestion)


def test_the_registry_names_what_it_lacks() -> None:
    """A question that does not exist is an error of its own."""
    with pytest.raises(UnknownQuestion) as unknown:
        QUESTIONS["dance"]
    assert unknown.value.words == {"question": "dance"}


def test_parameters_come_from_the_declaration() -> None:
    """Doors learn what a question takes from its dataclass."""
    top = {each.name: each for each in parameters_of(TopParameters)}
    assert list(top) == [
        "of",
        "by",
        "window",
        "start_time",
        "end_time",
        "listener",
        "room",
        "device",
        "kind",
        "source",
        "minimum_played",
        "limit",
    ]
    assert top["of"].choices == tuple(TopOf)
    assert not top["of"].required
    moment, *_ = parameters_of(PlayingAtParameters)
    assert (moment.name, moment.required) == ("moment", True)


def test_a_parameter_without_a_description_is_a_mistake() -> None:
    """Every parameter explains itself."""
    bare = make_dataclass("bare", [("window", str, "today")])
    with pytest.raises(TypeError, match="window"):
        parameters_of(bare)
    described = make_dataclass("described", [("window", Annotated[str, WINDOW])])
    assert [each.name for each in parameters_of(described)] == ["window"]


@pytest.mark.parametrize(
    ("given", "parameter"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": LIMIT.most + 1}, "limit"),
        ({"limit": True}, "limit"),
        ({"limit": "five"}, "limit"),
        ({"of": "shoes"}, "of"),
        ({"window": ""}, "time_range"),
        ({"window": [2019]}, "time_range"),
    ],
)
def test_a_value_that_cannot_be_is_refused(
    given: dict[str, object], parameter: str
) -> None:
    """A value out of range or of another kind names its parameter."""
    with pytest.raises(BadParameter) as refused:
        read(TopParameters, given)
    assert refused.value.words == {"parameter": parameter}


@pytest.mark.parametrize(
    ("given", "read_as"),
    [
        ({"limit": "5"}, {"limit": 5}),
        ({"limit": 5.0}, {"limit": 5}),
        ({"window": 2019}, {"window": "2019"}),
        ({"window": " last_night "}, {"window": "last_night"}),
        ({"window": None}, {}),
    ],
)
def test_a_value_is_read_as_templates_write_it(
    given: dict[str, object], read_as: dict[str, Any]
) -> None:
    """Numbers as text, texts as numbers, spaces around; and nothing for what is left open."""
    assert read(TopParameters, given) == TopParameters(**read_as)


def test_what_it_does_not_take_is_reported_with_what_it_takes() -> None:
    """A slip in a name is found by reading the message."""
    with pytest.raises(UnknownParameter) as refused:
        read(TopParameters, {"windw": "last_night"})
    assert refused.value.words["name"] == "windw"
    assert "time_range" in refused.value.words["known"].split(", ")


def test_a_missing_value_is_refused_and_none_is_left_out() -> None:
    """A required parameter must be given; None is the same as nothing."""
    with pytest.raises(BadParameter):
        read(PlayingAtParameters, {"moment": None})
    assert read(TopParameters, {"window": None}) == TopParameters()


def test_weeks_of_a_timeline_and_of_a_heatmap_begin_on_the_first_weekday(
    history: History,
) -> None:
    """From Sunday on, where that is the custom."""
    sunday = query_context(clock=replace(NOW, first_weekday=6))
    steps = ask(history, "timeline", sunday, step="week", window="2026-07").data
    assert [step["start"] for step in steps["steps"]] == ["2026-07-12"]
    hours = ask(history, "heatmap", sunday).data["hours"]
    assert [*hours][:2] == ["sunday", "monday"]
    usual = ask(history, "heatmap").data["hours"]
    assert next(iter(usual)) == "monday"
    assert hours == usual


KATHMANDU = ZoneInfo("Asia/Kathmandu")


@pytest.mark.parametrize(
    ("listener", "me", "zone"),
    [
        ("Alva", (), "Asia/Kathmandu"),
        ("me", (ALVA,), "Asia/Kathmandu"),
        ("Ben", (), "Europe/Berlin"),
        (["Alva", "Ben"], (), "Europe/Berlin"),
        (None, (ALVA,), "Europe/Berlin"),
    ],
)
def test_a_listener_with_a_clock_of_their_own_is_answered_by_it(
    history: History, listener: object, me: tuple[Listener, ...], zone: str
) -> None:
    """Where nobody else is meant: days begin when theirs do, and times are theirs."""
    asked = replace(query_context(me=me), zones=((ALVA, KATHMANDU),))
    data = ask(history, "plays", asked, window="today", listener=listener).data
    assert data["time_zone"] == zone
    midnight = "2026-07-15T00:00:00"
    assert data["time_range"]["start"] == midnight + (
        "+05:45" if zone == "Asia/Kathmandu" else "+02:00"
    )


def test_sentences_go_by_the_same_clock_as_the_answer(history: History) -> None:
    """Two in the afternoon in Berlin is a quarter to six in Kathmandu."""
    asked = replace(query_context(), zones=((ALVA, KATHMANDU),))
    speech = ask(history, "plays", asked, window="last_hour", listener="me").speech
    assert "at 5:45 pm today" in speech


def test_a_question_without_a_known_listener_says_so_before_all_else(
    history: History,
) -> None:
    """Also in a home with clocks of its own."""
    asked = replace(query_context(), zones=((ALVA, KATHMANDU),))
    with pytest.raises(UnknownListener):
        ask(history, "plays", asked, listener="Zoe")


@pytest.mark.parametrize(
    "operation", [*QUESTIONS, *COMMANDS], ids=lambda each: each.key
)
def test_no_two_parameters_have_one_public_name(operation: Operation[Any, Any]) -> None:
    """What an interface gives is read under the name that code and sentences have for it, and shown under its own again."""
    names = [each.public_name for each in operation.parameters]
    assert len(set(names)) == len(names)
    labelled = by_label(operation.declares, dict.fromkeys(names, "x"))
    assert list(labelled) == [each.name for each in operation.parameters]
    assert list(by_public_name(labelled)) == names


def test_a_label_is_no_public_name() -> None:
    """One name for everybody: what sentences call a time range is refused, also inside of a command's question."""
    with pytest.raises(UnknownParameter):
        by_label(TopParameters, {"window": "today"})
    given = {"question": "top", "parameters": {"time_range": "today"}}
    labelled = {"question": "top", "asked": {"window": "today"}}
    assert by_label(NewPlaylistParameters, given) == labelled
    assert by_public_name(labelled) == given
    with pytest.raises(UnknownParameter):
        by_label(NewPlaylistParameters, {"parameters": {"window": "today"}})
