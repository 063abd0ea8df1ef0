"""Validation schemas for the parameters of questions and commands, and reading of their values."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import probatio

from homeassistant.helpers import config_validation as cv

from ..questions.errors import BadParameter, UnknownParameter
from ..questions.parameters import SEVERAL, Form, Parameter
from ..runtime.number_validation import whole_number


def action_schema(parameters: tuple[Parameter, ...]) -> probatio.Schema:
    """Return the schema of an action's data."""
    return probatio.Schema({_key(each): _value(each) for each in parameters})


def tool_schema(parameters: tuple[Parameter, ...]) -> probatio.Schema:
    """Return the schema that a language model is shown: described, and in the simplest types that will do."""
    return probatio.Schema({_key(each): _shown(each) for each in parameters})


def read_given(
    parameters: tuple[Parameter, ...], given: Mapping[str, Any]
) -> dict[str, Any]:
    """Return values as an action would have been given them; what is None was not given.

    Raises UnknownParameter and BadParameter.
    """
    known = {each.name: each for each in parameters}
    values: dict[str, Any] = {}
    for name, value in given.items():
        if name not in known:
            raise UnknownParameter(str(name), tuple(known))
        if value is None:
            continue
        try:
            values[name] = _schema_of(known[name])(value)
        except probatio.Invalid as err:
            raise BadParameter(name) from err
    for each in parameters:
        if each.required and each.name not in values:
            raise BadParameter(each.name)
    return values


@cache
def _schema_of(parameter: Parameter) -> probatio.Schema:
    return probatio.Schema(_value(parameter))


def _key(parameter: Parameter) -> probatio.Marker:
    marker = probatio.Required if parameter.required else probatio.Optional
    return marker(parameter.name, description=parameter.described.description)


def _text(parameter: Parameter) -> probatio.All[Any]:
    longest = parameter.described.longest
    return probatio.All(cv.string, probatio.Length(min=1, max=longest))


def _value(parameter: Parameter) -> Any:
    described = parameter.described
    match described.form:
        case Form.COUNT:
            return whole_number(described.least, described.most)
        case Form.CHOICE | Form.FILTER:
            return probatio.In(parameter.choices)
        case Form.FLAG:
            return cv.boolean
        case Form.ASKED:
            return probatio.Schema({cv.string: object})
        case form if form in SEVERAL:
            text = _text(parameter)
            texts = probatio.Length(min=1, max=described.most_texts)
            return probatio.Any(probatio.All([text], texts, _hashable), text)
        case _:
            return _text(parameter)


def _shown(parameter: Parameter) -> Any:
    return [cv.string] if parameter.described.form in SEVERAL else _value(parameter)


def _hashable(names: list[str]) -> tuple[str, ...]:
    return tuple(names)
