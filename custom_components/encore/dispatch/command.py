"""The bases of commands."""

from abc import abstractmethod
from dataclasses import field, fields
from typing import Any, cast, override

from ..history.records.audit_log import RequestType
from ..questions.base.operation import ACTION_ONLY, COMMANDED, AccessLevel, Operation
from ..questions.base.parameters import Parameters
from ..questions.base.response import NOT_DATA, HasData
from .request_context import RequestContext


class Result(HasData):
    """What came of a command: facts that its templates say and that its data holds."""


class Command[P, R: Result](Operation[P, R]):
    """One command: how it is called, what it takes, who may give it, and how it is run.

    It is said by the macro of its key in `sentences/commands/`, if it has speech.
    """

    interfaces = COMMANDED
    request_type = RequestType.COMMAND

    @abstractmethod
    async def async_run(self, parameters: P, context: RequestContext) -> R:
        """Run it, and return what came of it.

        Raises CommandError for what the caller can mend, QuestionError for names that nothing has, SpotifyError for
        what Spotify does not do, and HistoryError where the history cannot be read.
        """


class ReadCommand[P, R: Result](Command[P, R]):
    """A command that only reads."""

    access_level = AccessLevel.INTERN
    reads = True


class SupervisedCommand[P, R: Result](Command[P, R]):
    """A command that changes what can be changed back."""

    access_level = AccessLevel.SUPERVISED


class Delegated(Result):
    """The result of the command that a choice made; that command says it."""

    command: Command[Any, Any]
    result: Result


class Choice[P](Command[P, Delegated]):
    """One command for several others, of which its parameters choose one."""

    @abstractmethod
    def chosen(self, asked: P) -> tuple[Command[Any, Any], object]:
        """Return which command to run, and its parameters. Raises BadParameter where none is chosen."""

    @override
    async def async_run(self, asked: P, context: RequestContext) -> Delegated:
        command, parameters = self.chosen(asked)
        return Delegated(command, await command.async_run(parameters, context))


def part_of[P](kind: type[P], asked: object, **own: object) -> P:
    """Return parameters, a dataclass, with the values of other parameters; `own` are those that the others lack."""
    names = (each.name for each in fields(cast("Any", kind)) if each.name not in own)
    return kind(**{name: getattr(asked, name) for name in names}, **own)


class Data(Result):
    """A result that only programs read: it has no speech."""

    data: dict[str, Any] = field(metadata=NOT_DATA)
    """What JSON can carry."""

    @property
    @override
    def about(self) -> dict[str, Any]:
        return self.data


class NoParameters(Parameters):
    """Parameters of what takes none."""


class DataCommand[P](Command[P, Data]):
    """A command whose result only programs read."""

    interfaces = ACTION_ONLY
    has_speech = False
    access_level = AccessLevel.AUTONOMOUS
    stays_home = True


class DataQuestion[P](DataCommand[P]):
    """A command that only reads, for programs."""

    request_type = RequestType.QUESTION
    reads = True
