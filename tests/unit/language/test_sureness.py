"""Whether a sentence is ours, and whether it is read rightly, are two decisions."""

from typing import Any

import pytest

from custom_components.encore.language.reader import sureness as of_sureness
from custom_components.encore.language.reader.features import (
    given,
    of_meaning,
    of_sentence,
)
from custom_components.encore.language.reader.sureness import sureness

DECISIONS: dict[str, Any] = {
    "ours": {"weights": [1.0, 0.0], "bias": 0.0, "enough": 1.0},
    "right": {"weights": [0.0, 1.0], "bias": 0.5, "enough": 2.0},
}


@pytest.mark.parametrize(
    ("numbers", "sure"),
    [
        ([3.0, 3.0], 1.5),
        ([1.5, 3.0], 0.5),
        ([0.0, 9.0], -1.0),
        ([9.0, 0.0], -1.5),
    ],
)
def test_both_have_to_be_sure(
    monkeypatch: pytest.MonkeyPatch, numbers: list[float], sure: float
) -> None:
    """The less sure one counts, each by its own limit."""
    monkeypatch.setattr(of_sureness, "_calibrated", lambda: DECISIONS)
    assert sureness(numbers) == sure


def test_details_are_of_what_is_meant() -> None:
    """A command about an answer shares what its question learned."""
    places, values = given(of_sentence((), frozenset(), {}), "make_playlist/top")
    assert places[-1] == of_meaning("top") != of_meaning("plays")
    assert values[-1] == 1
