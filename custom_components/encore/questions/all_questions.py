"""The registry of questions: each class of a question in this package is in it."""

from typing import Any, Final

from . import __name__ as package, __path__ as paths
from .base.errors import UnknownQuestion
from .base.operation import Registry, discover
from .base.question import Question

QUESTIONS: Final[Registry[Question[Any, Any]]] = Registry(
    (
        each()
        for each in discover(package, paths, __name__)
        if issubclass(each, Question)
    ),
    UnknownQuestion,
)
