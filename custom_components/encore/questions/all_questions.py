"""The registry of questions: each class of a question in this package is in it."""

from typing import Any, Final

from . import __name__ as package, __path__ as paths
from .errors import UnknownQuestion
from .operation import Registry, discover
from .registry import Question

QUESTIONS: Final[Registry[Question[Any, Any]]] = Registry(
    (
        each()
        for each in discover(package, paths, __name__)
        if issubclass(each, Question)
    ),
    UnknownQuestion,
)
