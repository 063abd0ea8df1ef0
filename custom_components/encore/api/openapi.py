"""Describes the HTTP interface in OpenAPI 3.1, from the registries."""

from collections.abc import Iterable
from enum import StrEnum
from functools import cache
import json
from pathlib import Path
from typing import Any, Final

from ..const import DOMAIN
from ..questions.base.operation import Interface, Operation
from ..questions.base.parameters import CHOSEN, SEVERAL, Form, Parameter
from .operations import OPERATIONS

ANSWERS: Final = Path(__file__).parents[1] / "answers.json"
"""An answer to each question, by its name; made by script/generate-descriptions from the pages of questions."""

type Json = dict[str, Any]

SPEECH: Final[Json] = {
    "type": "string",
    "description": "The answer in a sentence, to be said as it is.",
}


class Offer(StrEnum):
    """How much is described."""

    EVERYTHING = "everything"
    READING = "reading"
    """The questions, and what else is asked most: few enough for programs that take no more than 30 operations."""


def description(base_url: str, offer: Offer = Offer.EVERYTHING) -> Json:
    """Return the description for a home at an address such as http://homeassistant.local:8123. Reads the disk once."""
    offered = [each for each in OPERATIONS.values() if _is_in(offer, each)]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Encore",
            "version": _version(),
            "description": "The musical memory of a house: what was played, when, by whom and in which rooms.",
        },
        "servers": [{"url": base_url}],
        "security": [{"token": []}],
        "tags": [{"name": "Questions"}, {"name": "Commands"}],
        "paths": {_path(each): {"post": _operation(each)} for each in offered},
        "components": {
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A long-lived access token of Home Assistant.",
                }
            },
            "schemas": {
                "Error": {
                    "type": "object",
                    "required": ["error", "message"],
                    "properties": {
                        "error": {
                            "type": "string",
                            "description": "The name of the error.",
                        },
                        "message": {
                            "type": "string",
                            "description": "What is wrong and what to do, in the house's language.",
                        },
                    },
                },
                **{_name(each): _answer(each) for each in offered},
            },
            "responses": {
                "Refused": _error(
                    "The caller can mend it: a value that is none, a name that nothing has."
                ),
                "Unauthenticated": {"description": "The token is missing or wrong."},
                "NotAllowed": _error("The caller is not trusted as far as that."),
                "Unavailable": _error("The history or Spotify cannot answer now."),
                "Failed": {
                    "description": "Home Assistant could not carry it out: the caller is not trusted as far as that, or Spotify or a speaker cannot be reached."
                },
                "Invalid": {
                    "description": "The caller can mend it; the body says what is wrong.",
                },
            },
        },
    }


def _error(description: str) -> Json:
    content = _content({"$ref": "#/components/schemas/Error"})
    return {"description": description, "content": content}


def _is_in(offer: Offer, offered: Operation[Any, Any]) -> bool:
    if Interface.ACTION not in offered.interfaces:
        return False
    return offer is Offer.EVERYTHING or (offered.reads and offered.everyday)


def _is_question(offered: Operation[Any, Any]) -> bool:
    return Interface.HTTP in offered.interfaces


def _path(offered: Operation[Any, Any]) -> str:
    address = f"{DOMAIN}/ask" if _is_question(offered) else f"services/{DOMAIN}"
    return f"/api/{address}/{offered.name}"


def _name(offered: Operation[Any, Any]) -> str:
    return "".join(part.capitalize() for part in offered.name.split("_"))


def _operation(offered: Operation[Any, Any]) -> Json:
    question = _is_question(offered)
    operation: Json = {
        "operationId": f"ask_{offered.name}" if question else offered.name,
        "tags": ["Questions" if question else "Commands"],
        "summary": offered.title,
        "description": offered.description,
        # A program that asks a person before it changes something need not ask here.
        "x-openai-isConsequential": not offered.reads,
        "x-maturity": offered.access_level.name.lower(),
        "requestBody": {
            "required": any(each.required for each in offered.parameters),
            "content": _content(_parameters(offered.parameters), _example(offered)),
        },
    }
    answered = {"$ref": f"#/components/schemas/{_name(offered)}"}
    if question:
        operation["responses"] = {
            "200": {
                "description": "The answer, in data and in a sentence.",
                "content": _content(answered, _answers().get(offered.name)),
            },
            "400": {"$ref": "#/components/responses/Refused"},
            "401": {"$ref": "#/components/responses/Unauthenticated"},
            "403": {"$ref": "#/components/responses/NotAllowed"},
            "503": {"$ref": "#/components/responses/Unavailable"},
        }
        return operation
    operation["parameters"] = [
        {
            "name": "return_response",
            "in": "query",
            "required": True,
            "description": "Ask for what came of it.",
            "schema": {"type": "string", "enum": ["true"]},
        }
    ]
    operation["responses"] = {
        "200": {
            "description": "What came of it, in `service_response`.",
            "content": _content(
                {
                    "type": "object",
                    "required": ["service_response"],
                    "properties": {
                        "service_response": answered,
                        "changed_states": {
                            "type": "array",
                            "items": {"type": "object"},
                        },
                    },
                }
            ),
        },
        "400": {"$ref": "#/components/responses/Invalid"},
        "401": {"$ref": "#/components/responses/Unauthenticated"},
        "500": {"$ref": "#/components/responses/Failed"},
    }
    return operation


def _content(schema: Json, example: object = None) -> Json:
    described: Json = {"schema": schema}
    if example is not None:
        described["example"] = example
    return {"application/json": described}


def _example(offered: Operation[Any, Any]) -> Json:
    """Return what may be given: what has to be, and a window, as far as there is one."""
    return {
        each.public_name: each.described.example
        for each in offered.parameters
        if each.required or each.described.form is Form.WINDOW
    }


def _parameters(parameters: Iterable[Parameter]) -> Json:
    described: Json = {
        "type": "object",
        "properties": {each.public_name: _parameter(each) for each in parameters},
        "additionalProperties": False,
    }
    if required := [each.public_name for each in parameters if each.required]:
        described["required"] = required
    return described


def _parameter(parameter: Parameter) -> Json:
    return {
        "title": parameter.title,
        "description": parameter.described.description,
        **_value(parameter),
        "examples": [parameter.described.example],
    }


def _value(parameter: Parameter) -> Json:
    described = parameter.described
    text: Json = {"type": "string", "minLength": 1, "maxLength": described.longest}
    match described.form:
        case Form.COUNT:
            return {
                "type": "integer",
                "minimum": described.least,
                "maximum": described.most,
            }
        case Form.FLAG:
            return {"type": "boolean"}
        case Form.ASKED:
            return {"type": "object"}
        case form if form in CHOSEN:
            return {"type": "string", "enum": list(parameter.choices)}
        case form if form in SEVERAL:
            several = {
                "type": "array",
                "items": text,
                "minItems": 1,
                "maxItems": described.most_texts,
            }
            return {"anyOf": [text, several]}
        case _:
            return text


def _answer(offered: Operation[Any, Any]) -> Json:
    """Return the shape of an answer: as far as its example shows it, and in any case its sentence."""
    shape = shape_of(_answers().get(offered.name, {}))
    properties = {**shape["properties"], "speech": SPEECH}
    return {
        "type": "object",
        "title": offered.title,
        "required": ["speech"],
        "properties": properties,
    }


def shape_of(example: Any) -> Json:
    """Return the JSON schema of an example. Any field may be null, and what is null in the example may be anything."""
    match example:
        case None:
            return {}
        case bool():
            return {"type": "boolean"}
        case int() | float():
            return {"type": "number"}
        case str():
            return {"type": "string"}
        case list():
            shapes = [shape_of(each) for each in example]
            return {"type": "array", "items": _merged(shapes)}
    return {
        "type": "object",
        "properties": {
            key: _or_null(shape_of(value)) for key, value in example.items()
        },
    }


def _or_null(shape: Json) -> Json:
    return {**shape, "type": [shape["type"], "null"]} if "type" in shape else shape


def _merged(shapes: list[Json]) -> Json:
    """Return what all items of a list are: the same kind, with the fields of each; or anything."""
    kinds: list[Any] = [shape.get("type") for shape in shapes]
    if not kinds or None in kinds or any(kind != kinds[0] for kind in kinds):
        return {}
    merged: Json = {"type": kinds[0]}
    if "object" in kinds[0]:
        fields: dict[str, list[Json]] = {}
        for shape in shapes:
            for key, value in shape["properties"].items():
                fields.setdefault(key, []).append(value)
        merged["properties"] = {key: _merged(each) for key, each in fields.items()}
    elif "array" in kinds[0]:
        merged["items"] = _merged([shape["items"] for shape in shapes])
    return merged


@cache
def _answers() -> Json:
    answers: Json = json.loads(ANSWERS.read_text(encoding="utf-8"))
    return answers


@cache
def _version() -> str:
    manifest = Path(__file__).parents[1] / "manifest.json"
    return str(json.loads(manifest.read_text(encoding="utf-8"))["version"])
