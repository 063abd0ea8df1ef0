"""True is no number, wherever a number is asked for."""

from collections.abc import Callable
from pathlib import Path
import re
from typing import Any

import probatio
import pytest

import custom_components.encore
from custom_components.encore.runtime.number_validation import json_number, whole_number

PACKAGE = Path(custom_components.encore.__file__).parent

type Made = Callable[[int, int | None], Any]


@pytest.mark.parametrize("made", [whole_number, json_number])
@pytest.mark.parametrize("given", [True, False, None, "x", [1], 0, 8, float("inf")])
def test_what_is_no_number_in_range_is_refused(made: Made, given: object) -> None:
    """Python counts true as 1 and false as 0."""
    schema = probatio.Schema({"size": made(1, 7)})
    with pytest.raises(probatio.Invalid):
        schema({"size": given})


@pytest.mark.parametrize("made", [whole_number, json_number])
def test_a_number_is_taken(made: Made) -> None:
    """With or without a most."""
    assert probatio.Schema(made(1, 7))(7) == 7
    assert probatio.Schema(made(1, None))(10**12) == 10**12


def test_templates_may_write_a_number_as_text() -> None:
    """JSON may not."""
    assert probatio.Schema(whole_number(1, 7))("3") == 3
    with pytest.raises(probatio.Invalid):
        probatio.Schema(json_number(1, 7))("3")


def test_no_interface_takes_a_number_otherwise() -> None:
    """A new parameter is not to forget it; a selector of a page of options gives a number by itself."""
    others = {
        file.relative_to(PACKAGE).as_posix()
        for folder in (".", "api", "entities", "flows", "settings")
        for file in (PACKAGE / folder).glob("*.py")
        if re.search(
            r"Coerce\((int|float)\)|cv\.positive_int|All\(\s*int\b", file.read_text()
        )
    }
    assert others == {"settings/options.py", "flows/sonos_flow.py"}
