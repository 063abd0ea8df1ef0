"""What questions and commands share: how they are described, who may run them, which interfaces offer them; and the registry."""

from abc import ABC
from collections.abc import Callable, Iterable, Iterator
from enum import IntEnum, StrEnum
from importlib import import_module
from pkgutil import walk_packages
from types import get_original_bases
from typing import Any, ClassVar, Final, get_args, override

from ...history.errors import key_of
from ...history.records.audit_log import RequestType
from .parameters import Parameter, parameters_of


class AccessLevel(IntEnum):
    """What a caller may do; each level includes the ones before."""

    STUDENT = 0
    """Nothing."""
    INTERN = 1
    """May ask."""
    SUPERVISED = 2
    """May also control playback, queue, groups and alarms, pause their own recording, make playlists and presets, and save and follow for themselves."""
    AUTONOMOUS = 3
    """May also change or remove what is kept: library, playlists, history and settings."""


class Interface(StrEnum):
    """The interface that a question or a command came through."""

    ACTION = "action"
    SENTENCE = "sentence"
    INTENT = "intent"
    TOOL = "tool"
    HTTP = "http"
    WEBSOCKET = "websocket"
    ENTITY = "entity"
    MEDIA_SOURCE = "media_source"


ASKED: Final = frozenset(
    {
        Interface.ACTION,
        Interface.INTENT,
        Interface.TOOL,
        Interface.HTTP,
        Interface.WEBSOCKET,
    }
)
"""Where questions are asked, beside sentences."""
COMMANDED: Final = frozenset(
    {Interface.ACTION, Interface.TOOL, Interface.SENTENCE, Interface.WEBSOCKET}
)
"""Where commands are given."""
NO_ACTION: Final = COMMANDED - {Interface.ACTION}
"""For what an action of Home Assistant or an entity does already."""
SPOKEN: Final = frozenset({Interface.SENTENCE})
"""For what an action does among other things, and a sentence asks for alone."""
PART: Final[frozenset[Interface]] = frozenset()
"""For what an action does among other things, and nothing asks for alone."""
ACTION_ONLY: Final = frozenset({Interface.ACTION})
"""For what no tool and no sentence does."""
ON_PAGES: Final = frozenset({Interface.WEBSOCKET})
"""For what only the panel's pages show or do."""


class Operation[P, R](ABC):
    """A question or a command: what every interface, the policy and the audit log need to know of it."""

    key: ClassVar[str]
    """How sentences, the registry and the macro that says what came of it call it: its class's name, unless it says otherwise."""
    action: ClassVar[str] = ""
    """How interfaces call it, where that is not the key: verb first, and `get_` for what only returns data."""
    title: ClassVar[str]
    """What people read: the words of its name, unless it says otherwise."""
    description: ClassVar[str]
    declares: type[P]
    """The dataclass of its parameters, which is the first type argument."""
    interfaces: ClassVar[frozenset[Interface]]
    """Which ones offer it."""
    request_type: ClassVar[RequestType]
    """How the audit log has it."""
    access_level: ClassVar[AccessLevel]
    """What a caller must have at least."""
    administrators_only: ClassVar[bool] = False
    """Whether no access level replaces being an administrator."""
    reads: ClassVar[bool] = False
    """Whether it changes nothing, and is called for its result alone."""
    adds: ClassVar[bool] = False
    """Whether it only adds: what was there before stays as it was, and what plays plays on."""
    repeatable: ClassVar[bool] = False
    """Whether running it once more, the same, changes nothing further."""
    stays_home: ClassVar[bool] = False
    """Whether it concerns this home alone, and nothing is asked of Spotify for it."""
    has_speech: ClassVar[bool] = True
    """Whether its result is said, too."""
    everyday: ClassVar[bool] = False
    """Whether Assist's language model is offered it, too, among all that it has; one that has Encore's own tools is offered everything."""

    @override
    def __init_subclass__(cls) -> None:
        """Take from the class what it does not say: the class of its parameters, and key and title of what is offered."""
        super().__init_subclass__()
        for base in get_original_bases(cls):
            if isinstance(parameters := next(iter(get_args(base)), None), type):
                cls.declares = parameters
        given = vars(cls)
        if "description" not in given:
            return
        if "key" not in given:
            cls.key = key_of(cls)
        if "title" not in given:
            name = cls.action or cls.key
            cls.title = name.removeprefix("get_").replace("_", " ").capitalize()

    @property
    def name(self) -> str:
        """Return what actions, tools, HTTP, WebSocket, intents and the audit log call it."""
        return self.action or self.key

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Return what it takes."""
        return parameters_of(self.declares)


class Registry[O: Operation[Any, Any]]:
    """Questions or commands by key, in the order of their keys."""

    def __init__(
        self, operations: Iterable[O], unknown: Callable[[str], Exception]
    ) -> None:
        """Register operations; `unknown` makes the error for a key that none has. Raises ValueError for a key that two have."""
        self._unknown = unknown
        self._operations: dict[str, O] = {}
        for each in sorted(operations, key=lambda each: each.key):
            if each.key in self._operations:
                raise ValueError(f"The key {each.key} is taken")
            self._operations[each.key] = each

    def __iter__(self) -> Iterator[O]:
        """Return them in turn."""
        return iter(self._operations.values())

    def __contains__(self, key: object) -> bool:
        """Whether there is one of a key."""
        return key in self._operations

    def __getitem__(self, key: str) -> O:
        """Return the one of a key; raises the error for unknown keys."""
        if key not in self._operations:
            raise self._unknown(key)
        return self._operations[key]


def discover(
    package: str, paths: Iterable[str], but: str
) -> Iterator[type[Operation[Any, Any]]]:
    """Import the modules of a package and of those in it, and yield each class of a question or command that is described.

    `but` is the module that calls this. Imports read the disk: Home Assistant imports Encore in a thread.
    """
    for found in walk_packages(paths, f"{package}."):
        if found.name == but:
            continue
        module = import_module(found.name)
        for each in vars(module).values():
            if (
                isinstance(each, type)
                and issubclass(each, Operation)
                and each.__module__ == module.__name__
                and "description" in vars(each)
            ):
                yield each
