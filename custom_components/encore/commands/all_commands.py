"""The registry of commands: each class of a command in this package and those in it is in it."""

from typing import Any, Final

from ..dispatch.command import Command
from ..questions.base.operation import Registry, discover
from . import __name__ as package, __path__ as paths
from .errors import UnknownCommand

COMMANDS: Final[Registry[Command[Any, Any]]] = Registry(
    (
        each()
        for each in discover(package, paths, __name__)
        if issubclass(each, Command)
    ),
    lambda key: UnknownCommand(command=key),
)
