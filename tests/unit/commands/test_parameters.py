"""Values are read for every parameter of every question and command."""

from typing import Any

import pytest

from custom_components.encore.commands.all_commands import COMMANDS
from custom_components.encore.questions.all_questions import QUESTIONS
from custom_components.encore.questions.base.errors import BadParameter
from custom_components.encore.questions.base.operation import Operation
from custom_components.encore.questions.base.parameters import Parameter, read


@pytest.mark.parametrize(
    ("operation", "parameter"),
    [
        pytest.param(operation, each, id=f"{operation.key} {each.name}")
        for operation in (*QUESTIONS, *COMMANDS)
        for each in operation.parameters
    ],
)
def test_an_example_is_read_and_what_it_cannot_be_is_refused(
    operation: Operation[Any, Any], parameter: Parameter
) -> None:
    """Also of a parameter whose example is an object."""
    required = {
        each.name: each.described.example
        for each in operation.parameters
        if each.required
    }
    known = read(
        operation.declares, {**required, parameter.name: parameter.described.example}
    )
    assert getattr(known, parameter.name) not in (None, "", ())
    with pytest.raises(BadParameter):
        read(operation.declares, {**required, parameter.name: [{}]})
