"""Makes data of answers and results: their fields are what JSON carries.

Moments, minutes and names are written in one way everywhere, and keep beside it what speech needs.
"""

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, ClassVar, Final, Self, dataclass_transform, overload, override

from msgspec import UNSET, json

from ...history.model import Device, Listener, Room
from ...history.time_ranges.local_clock import EPOCH, Clock

NOT_DATA: Final = {"data": None}
"""Metadata of a field that only code and speech read."""
MERGED: Final = {"data": "merged"}
"""Metadata of a field whose own fields stand among those of its owner."""


def called(key: str) -> dict[str, str]:
    """Return metadata of a field whose key in data is not its name."""
    return {"key": key}


class Moment(int):
    """A moment in UTC milliseconds; written as ISO 8601 to the second, with the offset of a time zone."""

    zone: tzinfo

    @overload
    @classmethod
    def at(cls, clock: Clock, moment: int) -> Self: ...

    @overload
    @classmethod
    def at(cls, clock: Clock, moment: int | None) -> Self | None: ...

    @classmethod
    def at(cls, clock: Clock, moment: int | None) -> Self | None:
        """Return a moment (UTC ms) in the time zone of a clock; None for None."""
        if moment is None:
            return None
        found = cls(moment)
        found.zone = clock.zone
        return found

    @property
    def local(self) -> datetime:
        """It by the wall clock of its time zone."""
        return (EPOCH + timedelta(milliseconds=self)).astimezone(self.zone)


class Minutes(int):
    """Whole minutes of a time in milliseconds."""

    ms: int

    @classmethod
    def of(cls, ms: int) -> Self:
        """Return a time in milliseconds in minutes, rounded."""
        found = cls(round(ms / 60_000))
        found.ms = ms
        return found


class KeyedName(str):
    """The name of a listener, a room or a device; its key is not written."""

    __slots__ = ("key",)

    key: str

    @classmethod
    def of(cls, named: Listener | Room | Device) -> Self:
        """Return the name of something with a key."""
        found = cls(named.name)
        found.key = named.key
        return found


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class HasData:
    """What is returned to a caller: each subclass is a frozen dataclass, whose fields are its data."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @override
    def __init_subclass__(cls, *, kw_only: bool = False) -> None:
        """Make a dataclass of it; `kw_only` where it is made by keywords."""
        super().__init_subclass__()
        dataclass(frozen=True, kw_only=kw_only)(cls)

    @property
    def about(self) -> Mapping[str, object]:
        """What its data say beside its fields."""
        return {}


def data_of(response: HasData) -> dict[str, Any]:
    """Return the data of an answer or a result. It takes milliseconds for many plays: call it in a thread."""
    data = {**response.about, **_values(response)}
    return written({name: value for name, value in data.items() if value is not UNSET})


def written(value: object) -> dict[str, Any]:
    """Return a dataclass or a dictionary of such as JSON can carry it."""
    data: dict[str, Any] = json.decode(json.encode(value, enc_hook=_write))
    return data


def _values(of: object) -> dict[str, object]:
    values: dict[str, object] = {}
    for name, key in keys_of(type(of)):
        value = getattr(of, name)
        values |= {key: value} if key else _values(value)
    return values


def keys_of(kind: type) -> tuple[tuple[str, str], ...]:
    """Return the names of the fields that are data, with their keys, empty for those that are merged; each class is read once."""
    if (known := _FIELDS.get(kind)) is None:
        known = _FIELDS[kind] = tuple(
            (
                each.name,
                "" if each.metadata == MERGED else each.metadata.get("key", each.name),
            )
            for each in fields(kind)
            if each.metadata != NOT_DATA
        )
    return known


_FIELDS: Final[dict[type, tuple[tuple[str, str], ...]]] = {}


def _write(value: object) -> object:
    """Return what JSON can carry of a value that msgspec does not know."""
    match value:
        case Moment():
            return value.local.isoformat(timespec="seconds")
        case Minutes():
            return int(value)
        case str():
            return str(value)
        case date():
            return value.isoformat()
        case _:
            raise TypeError(f"{type(value)} is no data")
