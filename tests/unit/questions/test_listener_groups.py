"""Groups of listeners: asked about together, by one name, as those know them who ask."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC
import json
import re
from typing import Any, Final
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st
import pytest

from custom_components.encore.history.history import History
from custom_components.encore.history.model import Listener
from custom_components.encore.language.grammar import triggers, understand
from custom_components.encore.language.sentence_files import languages
from custom_components.encore.language.speech import say_error
from custom_components.encore.language.understood import Names
from custom_components.encore.questions.all_questions import QUESTIONS
from custom_components.encore.questions.base.errors import UnknownListener
from custom_components.encore.questions.base.query_context import QueryContext
from custom_components.encore.questions.naming.listener_groups import (
    Group,
    group_called,
)
from custom_components.encore.questions.naming.names import bare, spoken_forms, tidied

from .house import ALVA, BEN, CLEO, PAST, ask, history_of, query_context
from .own_tests import NEEDED

KIDS = Group("the kids", (BEN.key, CLEO.key))
GROWN_UPS = Group("die Großen", (ALVA.key,))


ASKED: Final[dict[str, dict[str, object]]] = {
    "playing_at": {"moment": "yesterday 20:03"},
    "top": {"of": "artists"},
    "count": {"thing": "Ember"},
    "when_heard": {"thing": "Ember"},
    "search": {"text": "Ember"},
    # Several who are named are compared with each other where no second time is.
    "comparison": {"window": "this_week", "compared_with": "last_month"},
    "timeline": {"step": "day", "window": "this_week"},
    **NEEDED,
}
"""With what questions are asked that cannot go without."""


def with_groups(*groups: Group, me: tuple[Listener, ...] = (ALVA,)) -> QueryContext:
    """Return the circumstances of somebody in a home with these groups."""
    return replace(query_context(me=me), groups=groups)


def without_names(data: dict[str, Any]) -> dict[str, Any]:
    """Return an answer without how those are called whom it is about."""
    return {
        name: value for name, value in data.items() if name not in ("groups", "speech")
    }


@pytest.mark.parametrize(
    "question",
    [
        each.key
        for each in QUESTIONS
        if "listener" in {parameter.name for parameter in each.parameters}
    ],
)
def test_a_group_is_answered_about_as_its_members_are(
    history: History, question: str
) -> None:
    """Every question that can be about a listener tells the same of a group as of those in it."""
    house = with_groups(Group("the two", (ALVA.key, BEN.key)))
    values = ASKED.get(question, {})
    asked = ask(history, question, house, listener="the two", **values)
    both = ("Alva Lind", "Ben")
    members = ask(history, question, house, listener=both, **values)
    assert without_names(asked.data) == without_names(members.data)
    # Names are capitalized as they stand; a group's is where a sentence begins with it.
    named = re.sub(r"(^|\. )Alva Lind and Ben", r"\1The two", members.speech)
    assert asked.speech == named.replace("Alva Lind and Ben", "the two")


@pytest.mark.parametrize(
    "name", ["the kids", "kids", "The Kids", "KIDS", "  the   kids "]
)
def test_a_group_is_found_with_and_without_its_article(
    history: History, name: str
) -> None:
    """As people type it; the answer has its own name."""
    data = ask(history, "plays", with_groups(KIDS), listener=name).data
    assert data["listeners"] == ["Ben", "Cleo"]
    assert data["groups"] == ["the kids"]


@pytest.mark.parametrize(
    ("listener", "window", "said"),
    [
        ("the kids", "yesterday", "The kids played one track yesterday"),
        (
            "die Großen",
            "yesterday",
            "Die Großen played four tracks and episodes yesterday",
        ),
        (
            ("the kids", "die Großen"),
            "yesterday",
            "The kids and die Großen played five tracks",
        ),
        (
            ("the kids", "Alva"),
            "yesterday",
            "The kids and Alva Lind played five tracks",
        ),
        (("Ben", "the kids"), "yesterday", "Ben and the kids played one track"),
        (("me", "the kids"), "yesterday", "Alva Lind and the kids played five tracks"),
    ],
)
def test_the_answer_says_the_names_that_were_asked_with(
    history: History, listener: str | tuple[str, ...], window: str, said: str
) -> None:
    """Two groups, a group and somebody else, somebody who is in it, and the asker."""
    house = with_groups(KIDS, GROWN_UPS)
    answered = ask(history, "plays", house, listener=listener, window=window)
    assert answered.speech.startswith(said)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("the kids", "The kids’ top track"),
        ("the children", "The children’s top track"),
        ("Mum & Dad", "Mum & Dad’s top track"),
    ],
)
def test_what_is_a_groups_is_said_as_of_several(
    history: History, name: str, said: str
) -> None:
    """The plural has its own apostrophe, and its own verb."""
    house = with_groups(Group(name, (BEN.key,)))
    answered = ask(history, "top", house, of="tracks", listener=name, window="today")
    assert answered.speech.startswith(said)
    silent = ask(history, "playing_at", house, moment="now", listener=name)
    assert f"{name} aren’t playing anything" in silent.speech


def test_a_group_of_the_asker_alone_is_not_the_asker(history: History) -> None:
    """The name of the group is what was asked with."""
    house = with_groups(Group("the bosses", (ALVA.key,)))
    said = ask(
        history, "plays", house, listener="the bosses", window="yesterday"
    ).speech
    assert said.startswith("The bosses played four tracks")


def test_plays_of_the_asker_in_a_group_are_theirs(history: History) -> None:
    """Within the answer, each play is told of who heard it."""
    house = with_groups(Group("the two", (ALVA.key, BEN.key)), me=(BEN,))
    said = ask(history, "when_heard", house, thing="Ember", listener="the two").speech
    assert said.startswith("The two played “Ember”")
    assert "by you on Web Player" in said


def test_a_listener_is_meant_before_a_group_of_the_same_name(history: History) -> None:
    """Somebody may be linked under a name that was a group's until then."""
    house = with_groups(Group("Ben", (ALVA.key,)))
    data = ask(history, "plays", house, listener="Ben").data
    assert (data["listeners"], data["groups"]) == (["Ben"], [])


@pytest.mark.parametrize(
    "groups",
    [
        (),
        (Group("the kids", ()),),
        (Group("the kids", ("spotify:gone", "spotify:never")),),
        (Group("the kin", (BEN.key,)),),
    ],
)
def test_a_group_of_nobody_is_as_unknown_as_a_made_up_name(
    history: History, groups: tuple[Group, ...]
) -> None:
    """Emptied, of listeners whose history is gone, or never named: in the same words."""
    house = with_groups(*groups)
    refused = []
    for name in ("the kids", "the zebras"):
        with pytest.raises(UnknownListener) as error:
            ask(history, "plays", house, listener=name)
        refused.append(say_error(error.value, house).replace(name, "…"))
        assert "the kids" not in error.value.known
    assert refused[0] == refused[1]


def test_a_member_whose_history_is_gone_is_no_member(history: History) -> None:
    """The others are told of, and the group keeps its name."""
    house = with_groups(Group("the kids", ("spotify:gone", BEN.key)))
    data = ask(history, "plays", house, listener="the kids", window="yesterday").data
    assert data["listeners"] == ["Ben"]
    assert str(data["speech"]).startswith("The kids played one track")


def test_groups_are_reported_among_those_that_are_known(history: History) -> None:
    """Who asks for somebody unknown is told of groups as of listeners."""
    with pytest.raises(UnknownListener) as error:
        ask(history, "plays", with_groups(KIDS, GROWN_UPS), listener="Zoe")
    assert error.value.known == ("Alva Lind", "Ben", "Cleo", "die Großen", "the kids")


def test_the_days_of_a_group_go_by_the_clock_that_its_members_share(
    history: History,
) -> None:
    """Where they do not share one, by the home's."""
    tokyo = ZoneInfo("Asia/Tokyo")
    for zones, zone in (
        (((BEN, tokyo), (CLEO, tokyo)), "Asia/Tokyo"),
        (((BEN, tokyo), (CLEO, UTC)), "Europe/Berlin"),
        (((BEN, tokyo),), "Europe/Berlin"),
    ):
        house = replace(with_groups(KIDS), zones=zones)
        assert ask(history, "plays", house, listener="kids").data["time_zone"] == zone


@pytest.fixture(scope="module")
def past(new_store: Callable[[], str]) -> Iterator[History]:
    """Return a history of its own for names that are made up."""
    with history_of(new_store(), PAST) as history:
        yield history


ODD_NAMES: Final = (
    "L’équipe",
    "Mum & Dad",
    "{{ 1 }}",
    "(a|b) [c] <who>",
    "Robert'); DROP TABLE play;--",
    "the the",
    "the",
    "<b>kids</b>",
    "👨‍👩‍👧‍👦",
    "子供たち",
    "x" * 50,
    "spotify:ben2",
    "everyone else",
    "me and you",
)


@pytest.mark.parametrize("name", ODD_NAMES)
@pytest.mark.parametrize("language", sorted(languages()))
def test_any_name_is_found_and_said(past: History, name: str, language: str) -> None:
    """As data: it is neither a template nor a word of the sentence around it."""
    house = replace(with_groups(Group(name, (BEN.key,))), language=language)
    answered = ask(past, "plays", house, listener=name, window="yesterday")
    assert json.loads(json.dumps(answered.data)) == answered.data
    assert answered.data["groups"] == [name]
    assert name[1:] in answered.speech


@pytest.mark.parametrize("name", [each for each in ODD_NAMES if ";" not in each])
def test_any_name_leaves_the_sentences_as_they_are(name: str) -> None:
    """What Assist listens for is still taken apart without error, and what is said of the group is understood; hassil drops a semicolon."""
    names = Names(listeners=tuple((form, name) for form in spoken_forms(name, "en")))
    templates = triggers("en", spoken_forms(name, "en"))
    assert templates
    understood = understand(f"what did {name} listen to today", "en", names)
    assert understood is not None
    assert understood.question == "plays"


@given(st.text(max_size=60))
def test_a_group_is_found_by_its_name_and_by_every_form_of_it_without_case(
    text: str,
) -> None:
    """Whatever it is called; and tidying a name twice changes nothing more."""
    name = tidied(text)
    group = Group(name, ("spotify:ben",))
    assert tidied(name) == name
    for form in (text, name, bare(name), f" {name}\t"):
        assert group_called(form, [group]) == group


@pytest.mark.parametrize(
    ("name", "language", "forms"),
    [
        ("the kids", "en", ("the kids", "kids")),
        ("kids", "en", ("kids",)),
        (
            "die Kinder",
            "de",
            ("die Kinder", "Kinder", "den Kindern", "der Kinder", "Kindern"),
        ),
        ("die Jungs", "de", ("die Jungs", "Jungs", "den Jungs", "der Jungs")),
        ("die Kleinen", "de", ("die Kleinen", "Kleinen", "den Kleinen", "der Kleinen")),
        ("Familie Lind", "de", ("Familie Lind",)),
        ("die Kinder", "en", ("die Kinder", "Kinder")),
        ("les enfants", "fr", ("les enfants", "enfants")),
        ("los niños", "es", ("los niños", "niños")),
        ("de kinderen", "nl", ("de kinderen", "kinderen")),
    ],
)
def test_a_group_is_understood_in_the_forms_that_a_sentence_gives_it(
    name: str, language: str, forms: tuple[str, ...]
) -> None:
    """Its own name is the first of them."""
    assert spoken_forms(name, language) == forms


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("The Kids", "the Kids"),
        ("  the \t kids ", "the kids"),
        ("Die Kinder", "die Kinder"),
        ("Les Enfants", "les Enfants"),
        ("Kids", "Kids"),
        ("The", "The"),
        ("", ""),
    ],
)
def test_a_name_stays_as_it_stands_within_a_sentence(typed: str, name: str) -> None:
    """With a small article, and single spaces."""
    assert tidied(typed) == name


@pytest.mark.parametrize(
    ("sentence", "question", "listener"),
    [
        ("what did the kids listen to this week", "plays", "the kids"),
        ("what did kids listen to this week", "plays", "the kids"),
        ("what are the kids' favourite songs", "top", "the kids"),
        ("what did ben and the kids hear today", "plays", ("Ben", "the kids")),
        ("what are the kids listening to", "playing_at", "the kids"),
    ],
)
def test_a_group_is_understood_in_a_sentence(
    sentence: str, question: str, listener: object
) -> None:
    """Whoever names it, its own name is meant."""
    names = Names(
        listeners=(
            ("Ben", "Ben"),
            *((form, "the kids") for form in spoken_forms("the kids", "en")),
        )
    )
    understood = understand(sentence, "en", names)
    assert understood is not None
    assert understood.question == question
    assert understood.values["listener"] == listener
