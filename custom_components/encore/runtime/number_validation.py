"""Validators for whole numbers; true and false are refused."""

from typing import Any, Final, override

import probatio


class _Whole(probatio.Coerce[int]):
    """A whole number, also one that is written as text."""

    @override
    def __call__(self, value: Any) -> int:
        if isinstance(value, bool):
            raise probatio.CoerceInvalid("expected int")
        return super().__call__(value)


_WHOLE: Final = _Whole(int)


def whole_number(least: int, most: int | None = None) -> probatio.All[Any]:
    """Return the schema of a whole number from `least` to `most`, also one that is written as text."""
    return probatio.All(_WHOLE, probatio.Range(min=least, max=most))


def json_number(least: int, most: int | None = None) -> probatio.All[Any]:
    """Return the schema of a whole number from `least` to `most` in JSON, where a text is none."""
    return probatio.All(_not_a_truth_value, int, probatio.Range(min=least, max=most))


def _not_a_truth_value(value: Any) -> Any:
    if isinstance(value, bool):
        raise probatio.Invalid("expected int")
    return value
