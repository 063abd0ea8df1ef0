"""Schemas that describe the parameters of questions and commands to language models and intents."""

from typing import Any

import probatio

from homeassistant.helpers import config_validation as cv

from ..questions.base.parameters import SEVERAL, Form, Parameter
from ..runtime.number_validation import whole_number


def tool_schema(parameters: tuple[Parameter, ...]) -> probatio.Schema:
    """Return the schema that a language model is shown: described, and in the simplest types that will do."""
    return probatio.Schema({_key(each): _value(each) for each in parameters})


def _key(parameter: Parameter) -> probatio.Marker:
    marker = probatio.Required if parameter.required else probatio.Optional
    return marker(parameter.public_name, description=parameter.described.description)


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
            return [cv.string]
        case _:
            length = probatio.Length(min=1, max=described.longest)
            return probatio.All(cv.string, length)
