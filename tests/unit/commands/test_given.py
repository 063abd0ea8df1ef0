"""Values that an interface was given are read for every parameter of every question and command."""

import pytest

from custom_components.encore.api.operations import OPERATIONS
from custom_components.encore.api.schemas import read_given
from custom_components.encore.questions.errors import BadParameter
from custom_components.encore.questions.parameters import Parameter


@pytest.mark.parametrize(
    "parameter",
    [
        pytest.param(each, id=f"{key} {each.name}")
        for key, offered in OPERATIONS.items()
        for each in offered.parameters
    ],
)
def test_an_example_is_read_and_what_it_cannot_be_is_refused(
    parameter: Parameter,
) -> None:
    """Also of a parameter whose example is an object."""
    known = (parameter,)
    assert read_given(known, {parameter.name: parameter.described.example})
    with pytest.raises(BadParameter):
        read_given(known, {parameter.name: [{}]})
