"""Every interface × every question and command × who asks × how a listener shares.

Who may not see a listener is answered exactly as in a home in which that listener never was. What is asked comes from the
registries, so that a new question, command or parameter is here by itself.
"""

from collections.abc import Callable, Iterator
import json
from typing import Any, Final

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.encore.api.operations import QUESTION_OPERATIONS
from custom_components.encore.commands.all_commands import COMMANDS
from custom_components.encore.const import DOMAIN
from custom_components.encore.history.model import Observation, Room
from custom_components.encore.history.records.recordings import note
from custom_components.encore.questions.all_questions import QUESTIONS
from custom_components.encore.questions.base.parameters import Form, Parameter
from custom_components.encore.runtime.error_translation import async_translated
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import area_registry as ar
from tests.integration.persons import add_person
from tests.unit.questions.house import BEN, EMBER, PAST, heard, recorded_since, song

from .every_interface import Ask, Interfaces, Reply
from .test_every_interface import MAY_ASK, interfaces_of  # noqa: F401 - a fixture
from .test_sentences import said
from .test_tools import called, context_of

ROOF: Final = Room("roof_terrace", "Roof terrace")
MOTH: Final = song("Moth Lantern", "Hidden Hours", album="Nobody Else")
"""What Ben alone listens to."""

BENS: Final = [
    *(one for one in PAST if one.listener == BEN),
    heard(BEN, MOTH, "2026-07-14 21:00", room=ROOF),
    heard(BEN, MOTH, "2026-07-14 20:02"),
    heard(BEN, EMBER, "2020-01-01 09:00"),
]

ABOUT_BEN: Final[dict[Form, Any]] = {
    Form.LISTENER: "Ben",
    Form.ACCOUNT: "Ben",
    Form.THING: "Moth Lantern",
    Form.TEXT: "Moth Lantern",
    Form.LINK: MOTH.uri,
    Form.DEVICE: "Den speaker",
    Form.ROOM: "Roof terrace",
    Form.MOMENT: "yesterday 21:01",
    Form.WINDOW: "yesterday",
    Form.TIME: "21:00",
    Form.FLAG: True,
}
"""What a parameter is given so that it is about Ben, or about what he alone was heard with."""

SENTENCES: Final = (
    "What did Ben listen to this week?",
    "What did we listen to yesterday?",
    "What was playing at nine last night?",
    "How often did we play Moth Lantern?",
    "When did we last hear Hidden Hours?",
    "Who was our top artist this week?",
)

ASKED_THERE: Final = frozenset({"latest_jobs"})
"""Commands whose answer has moments of this test's own asking."""

type Answers = dict[tuple[str, ...], Any]


def _about_ben(parameter: Parameter) -> object:
    form, described = parameter.described.form, parameter.described
    if parameter.choices:
        return parameter.choices[0]
    if form is Form.COUNT:
        return described.least
    return ABOUT_BEN.get(form, described.example)


def _values(
    parameters: tuple[Parameter, ...], base: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """Yield what is given: what is needed alone, and with each other parameter that can be about somebody."""
    yield base
    for parameter in parameters:
        about = {**base, parameter.public_name: _about_ben(parameter)}
        if parameter.described.form in ABOUT_BEN and about != base:
            yield about


def _asked() -> Iterator[tuple[str, dict[str, Any]]]:
    for question in QUESTIONS:
        for parameters in _values(question.parameters, MAY_ASK[question.name]):
            yield question.name, parameters
    for command in COMMANDS:
        if (
            command.key in ASKED_THERE
            or command.key in QUESTIONS
            or not command.has_speech
        ):
            continue
        base = {
            each.public_name: _about_ben(each)
            for each in command.parameters
            if each.required
        }
        for parameters in _values(command.parameters, base):
            yield command.name, parameters


ASKED: Final = [*_asked()]


class Viewers:
    """Those who ask, each through the interfaces that they have."""

    def __init__(self, hass: HomeAssistant, people: dict[str, Interfaces]) -> None:
        """Take the doors of the users."""
        self._hass = hass
        self._people = people

    def ways(self) -> Iterator[tuple[str, str, Ask]]:
        """Yield who asks, through what, and how."""
        for name, interfaces in self._people.items():
            for interface, ask in interfaces.all().items():
                yield name, interface, ask
        yield "nobody", "action", self._without_user(Context())
        yield "automation", "action", self._without_user(Context(parent_id="trigger"))
        yield "model", "tool", self._model

    async def answers(self, *names: str) -> Answers:
        """Return what all of these viewers are answered."""
        found: Answers = {}
        for name, interface, ask in self.ways():
            if name not in names:
                continue
            for what, parameters in ASKED:
                if what not in QUESTION_OPERATIONS and interface in _NO_COMMANDS:
                    continue
                reply = await ask(what, **parameters)
                found[name, interface, what, json.dumps(parameters)] = reply
        for name in names:
            for sentence in SENTENCES:
                found[name, "sentence", sentence] = await self._said(name, sentence)
        return found

    async def _said(self, name: str, sentence: str) -> str:
        user = self._people.get(name)
        return await said(
            self._hass,
            sentence,
            user.context if user else Context(),
            satellite_id="assist_satellite.hall" if name == "satellite" else None,
        )

    def _without_user(self, context: Context) -> Ask:
        async def ask(what: str, /, **parameters: Any) -> Reply:
            try:
                answer = await self._hass.services.async_call(
                    *(DOMAIN, what, parameters),
                    blocking=True,
                    return_response=True,
                    context=context,
                )
            except HomeAssistantError as err:
                return Reply(None, await async_translated(self._hass, err))
            return Reply(dict(answer or {}))

        return ask

    async def _model(self, what: str, /, **parameters: Any) -> Reply:
        try:
            result = await called(self._hass, context_of(None), what, **parameters)
        except HomeAssistantError as err:
            return Reply(None, str(err))
        return Reply(dict(result.data))


_NO_COMMANDS: Final = frozenset({"http", "websocket", "intent"})
"""Interfaces that take questions alone by their names."""

OTHERS: Final = ("alva", "dora", "nobody", "automation", "model", "satellite")


@pytest.fixture
async def viewers(
    hass: HomeAssistant,
    house: MockConfigEntry,
    interfaces_of: Callable[[MockUser], Any],  # noqa: F811 - a fixture
    hass_admin_user: MockUser,
    ben: MockUser,
) -> Viewers:
    """Return those who ask, Ben's own user and another one who never listens among them."""
    dora = MockUser(name="Dora", is_owner=False).add_to_hass(hass)
    await add_person(hass, "dora", dora, "Dora")
    ar.async_get(hass).async_create("Roof terrace")
    people = {"alva": hass_admin_user, "dora": dora, "ben": ben}
    return Viewers(
        hass, {name: await interfaces_of(user) for name, user in people.items()}
    )


@pytest.fixture
def past() -> list[Observation]:
    """Let the home begin without Ben's plays."""
    return [one for one in PAST if one.listener != BEN]


@pytest.fixture
def linked() -> frozenset[str]:
    """Let the home begin without Ben's account."""
    return frozenset({"alva", "cleo"})


def _different(one: Answers, other: Answers) -> list[tuple[Any, ...]]:
    return [(key, one[key], other[key]) for key in one if one[key] != other[key]]


def _about_moth(answers: Answers) -> list[Any]:
    return [key for key, reply in answers.items() if "Moth Lantern" in _reported(reply)]


def _reported(reply: Reply | str) -> str:
    return reply if isinstance(reply, str) else json.dumps(reply.data)


async def test_who_may_not_see_a_listener_is_answered_as_if_they_never_were_there(
    hass: HomeAssistant, viewers: Viewers, accounts: dict[str, MockConfigEntry]
) -> None:
    """Byte for byte; and who may see them is told."""
    without = await viewers.answers(*OTHERS)
    entry = accounts["ben"]
    entry.add_to_hass(hass)
    entry.mock_state(hass, entry.state.SETUP_RETRY)
    memory = hass.data[DATA_HISTORY]

    def share(**options: object) -> None:
        hass.config_entries.async_update_entry(
            entry, options={**entry.options, **options}
        )

    share(privacy="private")
    await memory.async_append(BENS)
    await memory.async_write(
        lambda connection, ingest: note(
            connection, ingest.registers, recorded_since(BENS)
        )
    )

    assert _different(without, await viewers.answers(*OTHERS)) == []
    assert _about_moth(await viewers.answers("ben"))

    share(privacy="people", shared_with=["person.alva"])
    named = [name for name in OTHERS if name != "alva"]
    to_others = {key: reply for key, reply in without.items() if key[0] in named}
    assert _different(to_others, await viewers.answers(*named)) == []
    seen = await viewers.answers("alva")
    for interface in ("action", "intent", "tool", "http", "websocket", "sentence"):
        assert any(key[1] == interface for key in _about_moth(seen)), interface

    share(privacy="household")
    everybody = await viewers.answers(*OTHERS)
    for name in OTHERS:
        assert any(key[0] == name for key in _about_moth(everybody)), name
