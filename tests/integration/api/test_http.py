"""The HTTP door: what it is asked with, which status it answers with, and the description that programs read."""

from http import HTTPStatus
import json
from typing import Any

from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.encore.api.http import ASK_URL, OPENAPI_URL
from custom_components.encore.api.openapi import Offer, description, shape_of
from custom_components.encore.api.operations import (
    ACTIONS,
    OPERATIONS,
    QUESTION_OPERATIONS,
)
from custom_components.encore.history.errors import StoreUnavailable
from custom_components.encore.questions.base.parameters import read_public
from custom_components.encore.runtime.store.history_service import HistoryService
from homeassistant.core import HomeAssistant

from .test_every_interface import MAY_ASK
from .test_history_options import choose


async def test_without_a_token_nothing_is_reported(
    hass: HomeAssistant,
    house: MockConfigEntry,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    """Neither an answer, nor what could be asked."""
    client = await hass_client_no_auth()
    answered = await client.post(f"{ASK_URL}/get_plays", json={})
    described = await client.get(OPENAPI_URL)
    assert (answered.status, described.status) == (401, 401)


@pytest.mark.parametrize("body", [None, b"", b"{}", b'{"time_range": null}'])
async def test_nothing_has_to_be_given(
    hass: HomeAssistant,
    house: MockConfigEntry,
    hass_client: ClientSessionGenerator,
    body: bytes | None,
) -> None:
    """Where a question needs nothing."""
    response = await (await hass_client()).post(f"{ASK_URL}/get_heatmap", data=body)
    assert response.status == HTTPStatus.OK
    assert (await response.json())["speech"]


@pytest.mark.parametrize(
    ("question", "body", "status", "error"),
    [
        ("get_plays", b"{", 400, "bad_body"),
        ("get_plays", b"[]", 400, "bad_body"),
        ("get_plays", b'"last_night"', 400, "bad_body"),
        ("get_plays", b"\xff\xfe", 400, "bad_body"),
        ("get_plays", b"[" * 100_000, 400, "bad_body"),
        ("get_played_at", b"{}", 400, "bad_parameter"),
        ("get_plays", b'{"time_range": "31 June"}', 400, "unknown_window"),
        ("get_plays", b'{"time_range": 5.5}', 400, "unknown_window"),
        ("get_plays", b'{"time_range": {}}', 400, "bad_parameter"),
        ("get_plays", b'{"limit": 1e400}', 400, "bad_body"),
        ("get_plays", b'{"limit": "NaN"}', 400, "bad_parameter"),
        ("get_plays", b'{"limit": true}', 400, "bad_parameter"),
        ("get_plays", b'{"colour": "blue"}', 400, "unknown_parameter"),
        ("get_plays", b'{"listener": []}', 400, "bad_parameter"),
        ("get_plays", b'{"listener": ["Zoe"]}', 400, "unknown_listener"),
        ("nothing", b"{}", 404, "unknown_question"),
        ("play_media", b'{"item": "Ember"}', 404, "unknown_question"),
    ],
)
async def test_what_can_not_be_answered_says_why(
    hass: HomeAssistant,
    house: MockConfigEntry,
    hass_client: ClientSessionGenerator,
    question: str,
    body: bytes,
    status: int,
    error: str,
) -> None:
    """The caller's faults, each by a key and in words."""
    response = await (await hass_client()).post(f"{ASK_URL}/{question}", data=body)
    answer = await response.json()
    assert (response.status, answer["error"]) == (status, error)
    assert len(answer["message"]) > 10


async def test_who_may_not_is_forbidden(
    hass: HomeAssistant,
    house: MockConfigEntry,
    hass_client: ClientSessionGenerator,
    hass_read_only_access_token: str,
) -> None:
    """Whatever they ask, also what there is not."""
    await choose(hass, house, "trust", {"trust_user": "student"})
    client = await hass_client(hass_read_only_access_token)
    for question in ("get_plays", "nothing"):
        response = await client.post(f"{ASK_URL}/{question}", json={"colour": "blue"})
        assert response.status == HTTPStatus.FORBIDDEN
        assert (await response.json())["error"] == "not_allowed"


async def test_a_history_that_cannot_be_read_is_no_fault_of_the_caller(
    hass: HomeAssistant,
    house: MockConfigEntry,
    hass_client: ClientSessionGenerator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """They may try again later."""

    async def fail(*_: object, **__: object) -> None:
        raise StoreUnavailable("The disk is gone")

    monkeypatch.setattr(HistoryService, "async_ask", fail)
    response = await (await hass_client()).post(f"{ASK_URL}/get_plays")
    assert response.status == HTTPStatus.SERVICE_UNAVAILABLE
    answer = await response.json()
    assert answer["error"] == "history_unavailable"
    assert "disk" not in answer["message"]


@pytest.mark.parametrize("offer", [*Offer])
async def test_the_description_is_valid_and_complete(
    hass: HomeAssistant,
    house: MockConfigEntry,
    hass_client: ClientSessionGenerator,
    offer: Offer,
) -> None:
    """OpenAPI 3.1, with an operation for everything that is offered, and a token as the way in."""
    client = await hass_client()
    response = await client.get(OPENAPI_URL, params={"offer": str(offer)})
    described = await response.json()
    assert not [*OpenAPIV31SpecValidator(described).iter_errors()]
    assert described["openapi"].startswith("3.1")
    [server] = described["servers"]
    assert server["url"] == str(response.url.origin())
    [scheme] = described["components"]["securitySchemes"].values()
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    paths = described["paths"]
    operations = [path["post"]["operationId"] for path in paths.values()]
    assert len(set(operations)) == len(operations)
    for key in QUESTION_OPERATIONS:
        assert f"/api/encore/ask/{key}" in paths
    if offer is Offer.EVERYTHING:
        commands = (OPERATIONS.keys() & ACTIONS.keys()) - QUESTION_OPERATIONS.keys()
        assert len(paths) == len(commands | QUESTION_OPERATIONS.keys())
        assert {f"/api/services/encore/{key}" for key in commands} <= paths.keys()
    else:
        # No more are taken by a custom GPT.
        assert len(paths) <= 30
        assert not any(path["post"]["x-openai-isConsequential"] for path in paths.values())  # fmt: skip
        assert all(len(path["post"]["description"]) <= 300 for path in paths.values())


async def test_an_offer_that_there_is_not_is_refused(
    hass: HomeAssistant, house: MockConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    """In words."""
    response = await (await hass_client()).get(OPENAPI_URL, params={"offer": "x"})
    assert response.status == HTTPStatus.BAD_REQUEST


def test_what_the_examples_give_can_be_given() -> None:
    """Each operation's example is valid by its own schema, and is read by what it is for."""
    for path, methods in description("http://house")["paths"].items():
        operation = methods["post"]
        content = operation["requestBody"]["content"]["application/json"]
        validator = Draft202012Validator(content["schema"])
        assert [*validator.iter_errors(content["example"])] == [], path
        offered = OPERATIONS[path.rpartition("/")[2]]
        assert operation["x-maturity"] == offered.access_level.name.lower()
        assert offered.name in QUESTION_OPERATIONS or read_public(
            offered.declares, content["example"]
        )


@pytest.mark.parametrize("question", MAY_ASK)
async def test_an_answer_has_the_shape_that_was_described(
    hass: HomeAssistant,
    house: MockConfigEntry,
    hass_client: ClientSessionGenerator,
    question: str,
) -> None:
    """Every field of it is in the description, and of its kind."""
    described = description("http://house")
    operation = described["paths"][f"/api/encore/ask/{question}"]["post"]
    name = operation["responses"]["200"]["content"]["application/json"]["schema"]
    shape = described["components"]["schemas"][name["$ref"].rpartition("/")[2]]
    client = await hass_client()
    response = await client.post(f"{ASK_URL}/{question}", json=MAY_ASK[question])
    answer: dict[str, Any] = await response.json()
    validator = Draft202012Validator(shape)
    assert [*validator.iter_errors(answer)] == []
    if question != "search":
        assert answer.keys() <= shape["properties"].keys()


@pytest.mark.parametrize(
    ("example", "fits", "fits_not"),
    [
        ({"a": 1, "b": None}, {"a": 2, "b": "x"}, {"a": "x"}),
        ([{"a": 1}, {"b": ["x"]}], [{"a": 3, "b": []}], [{"b": [1]}]),
        ([], [1, "x"], {}),
        ([1, "x"], [None], 5),
        (True, False, 1),
        ([[1], [2.5]], [[]], [["x"]]),
    ],
)
def test_a_shape_is_what_its_example_shows(
    example: object, fits: object, fits_not: object
) -> None:
    """Null may be anything, and what is mixed, too."""
    validator = Draft202012Validator(shape_of(example))
    for good in (example, fits):
        assert validator.is_valid(json.loads(json.dumps(good)))
    assert not validator.is_valid(fits_not)
