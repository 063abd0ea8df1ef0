"""The base of commands, and the registry that every interface is made from."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from ..access.policy import AccessLevel
from ..questions.parameters import Parameter, parameters_of, read
from .command_context import CommandContext
from .errors import UnknownCommand


class Result(ABC):
    """What came of a command: facts that its templates say and that its data holds."""

    __slots__ = ()

    @abstractmethod
    def as_data(self) -> dict[str, object]:
        """Return the result as JSON can carry it. Called in a thread, as its macro is."""


@dataclass(frozen=True, slots=True)
class Done:
    """The result as interfaces give it: data, and what is said."""

    data: dict[str, Any]
    """What JSON can carry."""
    speech: str


class Command[P, R: Result](ABC):
    """One command: how it is called, what it is given, who may give it, and how it is carried out.

    It is said by the macro of its key in `sentences/commands/`.
    """

    key: ClassVar[str]
    title: ClassVar[str]
    description: ClassVar[str]
    icon: ClassVar[str]
    declares: type[P]
    """The dataclass of its parameters."""
    maturity: ClassVar[AccessLevel]
    """How far a caller must be trusted."""
    reads: ClassVar[bool] = False
    """Whether it changes nothing, and is given for its result alone."""
    adds: ClassVar[bool] = False
    """Whether it only adds: what was there before stays as it was, and what plays plays on."""
    repeatable: ClassVar[bool] = False
    """Whether giving it once more, the same, changes nothing further."""
    stays_home: ClassVar[bool] = False
    """Whether it concerns this house alone, and nothing is asked of Spotify for it."""
    everyday: ClassVar[bool] = False
    """Whether Assist's language model is offered it, too, among all that it has; one that has Encore's own tools is offered everything."""

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """What it may be given."""
        return parameters_of(self.declares)

    def read(self, values: Mapping[str, object]) -> P:
        """Return its parameters from what an interface was given. Raises BadParameter."""
        return read(self.declares, values)

    @abstractmethod
    async def async_carry_out(self, asked: P, command_context: CommandContext) -> R:
        """Carry it out, and return what came of it.

        Raises CommandError for what the caller can mend, QuestionError for names that nothing has, SpotifyError for
        what Spotify does not do, and HistoryError where the history cannot be read.
        """


class Registry:
    """The commands by their keys, in the order in which they were registered."""

    def __init__(self) -> None:
        """Begin without a command."""
        self._commands: dict[str, Command[Any, Any]] = {}

    def register(self, command: Command[Any, Any]) -> None:
        """Add a command. Raises ValueError where its key is taken."""
        if command.key in self._commands:
            raise ValueError(f"There is a command {command.key} already")
        self._commands[command.key] = command

    def __iter__(self) -> Iterator[Command[Any, Any]]:
        """Return the commands in turn."""
        return iter(self._commands.values())

    def __contains__(self, key: object) -> bool:
        """Whether there is a command of a key."""
        return key in self._commands

    def __getitem__(self, key: str) -> Command[Any, Any]:
        """Return the command of a key. Raises UnknownCommand."""
        if key not in self._commands:
            raise UnknownCommand(command=key)
        return self._commands[key]
