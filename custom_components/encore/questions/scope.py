"""Whose plays, where and when: what the questions about plays have in common."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final, TypedDict

from ..history.clock import Clock
from ..history.model import Device, Listener, Room
from ..history.recall import Recall
from ..history.windows import NamedWindow, resolve_span, resolve_window
from .asking import Asking
from .errors import (
    UnknownDevice,
    UnknownHere,
    UnknownListener,
    UnknownRoom,
    WindowTwice,
)
from .parameters import DEVICE, END, LISTENER, ROOM, START, WINDOW

ME: Final = "me"
EVERYONE: Final = "everyone"
HERE: Final = "here"


class Who(StrEnum):
    """How the listeners are spoken of."""

    YOU = "you"
    HOUSE = "house"
    NAMED = "named"


class Assumed(StrEnum):
    """What was taken for granted, because the question left it open."""

    EVERYONE = "everyone"
    """The asker said "I" and is no known listener."""
    DEVICE = "device"
    """The room is a player's name."""


class Filters(TypedDict):
    """What narrows down plays, as `Recall` takes it."""

    listeners: frozenset[str] | None
    room: str | None
    devices: frozenset[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoParameters:
    """Whose plays, and where they sounded."""

    listener: Annotated[str | None, LISTENER] = None
    room: Annotated[str | None, ROOM] = None
    device: Annotated[str | None, DEVICE] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowParameters(WhoParameters):
    """Whose plays, where and in which window they began."""

    window: Annotated[str | None, WINDOW] = None
    start_time: Annotated[str | None, START] = None
    end_time: Annotated[str | None, END] = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose plays, and where, after names were looked up."""

    clock: Clock
    who: Who
    listeners: tuple[Listener, ...] = ()
    """Empty for everyone."""
    room: Room | None = None
    devices: tuple[Device, ...] = ()
    """Those of the name that was asked for; a player in a browser has many ids. Empty for all."""
    recorded_from: int | None = None
    """The first moment of which anything is known about these listeners, in UTC milliseconds."""
    assumed: tuple[Assumed, ...] = ()
    me: tuple[Listener, ...] = ()
    """The listeners that the asker is, asked about or not."""

    @property
    def keys(self) -> frozenset[str] | None:
        """The listeners' keys, or None for everyone."""
        return frozenset(each.key for each in self.listeners) or None

    @property
    def filters(self) -> Filters:
        """What `Recall` is asked with."""
        return {
            "listeners": self.keys,
            "room": self.room.key if self.room else None,
            "devices": frozenset(each.key for each in self.devices) or None,
        }

    def is_asker(self, listener: Listener) -> bool:
        """Whether a play of this listener is the asker's own."""
        return self.who is Who.YOU or listener.key in {each.key for each in self.me}

    def as_data(self) -> dict[str, object]:
        """Return whose and where, by name, as JSON can carry it."""
        return {
            "listeners": [listener.name for listener in self.listeners],
            "room": self.room.name if self.room else None,
            "device": self.devices[0].name if self.devices else None,
            "recorded_from": self.iso(self.recorded_from),
            "assumed": [str(each) for each in self.assumed],
        }

    def iso(self, moment: int | None) -> str | None:
        """Return a moment as ISO 8601 with the home's offset, to the second."""
        if moment is None:
            return None
        return self.clock.local(moment).isoformat(timespec="seconds")


def scope_of(recall: Recall, asked: WhoParameters, asking: Asking) -> Scope:
    """Return whose plays and where a question is about.

    Raises UnknownListener, UnknownRoom, UnknownDevice and UnknownHere.
    """
    who, listeners, assumed = _listeners(recall, asked.listener, asking)
    room, devices = _place(recall, asked, asking)
    if asked.room and room is None:
        assumed = (*assumed, Assumed.DEVICE)
    keys = frozenset(each.key for each in listeners) or None
    return Scope(
        asking.clock,
        who,
        listeners,
        room,
        devices,
        _recorded_from(recall, keys, asking),
        assumed,
        asking.me,
    )


def window_of(asked: WindowParameters, asking: Asking, default: str) -> NamedWindow:
    """Return the window a question is about, or the one that its name `default` stands for.

    Raises WindowTwice and the errors of `history.windows`.
    """
    if asked.start_time is None and asked.end_time is None:
        return resolve_window(asked.window or default, asking.clock)
    if asked.window is not None:
        raise WindowTwice
    return resolve_span(asked.start_time, asked.end_time, asking.clock)


def window_data(scope: Scope, when: NamedWindow) -> dict[str, object]:
    """Return a window as JSON can carry it; `complete` is false where recording began within it."""
    return {
        "name": when.name or None,
        "start": scope.iso(when.window.start),
        "end": scope.iso(when.window.end),
        "complete": scope.recorded_from is not None
        and scope.recorded_from <= when.window.start,
    }


def _listeners(
    recall: Recall, name: str | None, asking: Asking
) -> tuple[Who, tuple[Listener, ...], tuple[Assumed, ...]]:
    if name is None or (folded := name.casefold()) == EVERYONE:
        return Who.HOUSE, (), ()
    if folded == ME:
        if asking.me:
            return Who.YOU, asking.me, ()
        return Who.HOUSE, (), (Assumed.EVERYONE,)
    known = {each.key: each for each in (*recall.listeners(), *asking.listeners)}
    found = _named(name, known.values())
    if not found:
        raise UnknownListener(name, _names(known.values()))
    who = Who.YOU if set(found) == set(asking.me) else Who.NAMED
    return who, found, ()


def _place(
    recall: Recall, asked: WhoParameters, asking: Asking
) -> tuple[Room | None, tuple[Device, ...]]:
    """Return the room and the players that were named; a room may be called by its player's name."""
    room: Room | None = None
    players: tuple[Device, ...] = ()
    devices: list[Device] = []
    if asked.room or asked.device:
        devices = _each_once((*recall.devices(), *_devices_under_way(asking)))
    if asked.device and not (players := _named(asked.device, devices)):
        raise UnknownDevice(asked.device, _names(devices))
    if asked.room and asked.room.casefold() == HERE:
        if (room := asking.here) is None:
            raise UnknownHere
    elif asked.room:
        heard = _each_once((*recall.rooms(), *_rooms_under_way(asking)))
        rooms = {each.key: each for each in (*heard, *asking.rooms)}
        found = _named(asked.room, rooms.values())
        namesakes = _named(asked.room, devices)
        if namesakes and not players and not _keys(found) & _keys(heard):
            return None, namesakes
        if not found:
            raise UnknownRoom(asked.room, _names(rooms.values()))
        room = found[0]
    return room, players


def _recorded_from(
    recall: Recall, keys: frozenset[str] | None, asking: Asking
) -> int | None:
    """Return the first moment of which anything is known; the first play of all may still be under way."""
    known = [
        play.started_at
        for play in asking.under_way
        if keys is None or play.listener.key in keys
    ]
    if (recorded := recall.recorded_from(keys)) is not None:
        known.append(recorded)
    return min(known, default=None)


def _devices_under_way(asking: Asking) -> list[Device]:
    return [play.device for play in asking.under_way if play.device is not None]


def _rooms_under_way(asking: Asking) -> list[Room]:
    return [span.room for play in asking.under_way for span in play.rooms]


def _each_once[N: (Room, Device)](known: Iterable[N]) -> list[N]:
    return list({each.key: each for each in known}.values())


def _named[N: (Listener, Room, Device)](name: str, known: Iterable[N]) -> tuple[N, ...]:
    """Return what has this name or key, or else the only one whose name begins with it as a word."""
    wanted = " ".join(name.casefold().split())
    everything = tuple(known)
    exact = tuple(
        each
        for each in everything
        if wanted in (" ".join(each.name.casefold().split()), each.key.casefold())
    )
    if exact:
        return exact
    begins = tuple(
        each for each in everything if each.name.casefold().startswith(f"{wanted} ")
    )
    return begins if len({each.name for each in begins}) == 1 else ()


def _keys(of: Iterable[Room]) -> set[str]:
    return {room.key for room in of}


def _names(known: Iterable[Listener | Room | Device]) -> list[str]:
    return sorted({each.name for each in known if each.name}, key=str.casefold)
