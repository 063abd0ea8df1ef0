"""The base of questions, and their registry."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any, ClassVar

from ..history.queries.history_queries import HistoryQueries
from .answer import Answer
from .errors import UnknownQuestion
from .parameters import Parameter, parameters_of
from .query_context import QueryContext


class Question[P, A: Answer](ABC):
    """One question: how it is called, what it is asked with, and how it is answered.

    It is said by the macro of its key in each language's templates.
    """

    key: ClassVar[str]
    title: ClassVar[str]
    description: ClassVar[str]
    icon: ClassVar[str]
    declares: type[P]
    """The dataclass of its parameters."""
    holds_tracks: ClassVar[bool] = False
    """Whether its answers can hold tracks, so that a playlist can be made of one."""

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """What it may be asked with."""
        return parameters_of(self.declares)

    @abstractmethod
    def answer(
        self, queries: HistoryQueries, asked: P, query_context: QueryContext
    ) -> A:
        """Return the answer; called in a reader thread of the history.

        Raises QuestionError and InvalidWindow for what cannot be answered.
        """


class Registry:
    """The questions by their keys, in the order in which they were registered."""

    def __init__(self) -> None:
        """Begin without a question."""
        self._questions: dict[str, Question[Any, Any]] = {}

    def register(self, question: Question[Any, Any]) -> None:
        """Add a question. Raises ValueError where its key is taken."""
        if question.key in self._questions:
            raise ValueError(f"There is a question {question.key} already")
        self._questions[question.key] = question

    def __iter__(self) -> Iterator[Question[Any, Any]]:
        """Return the questions in turn."""
        return iter(self._questions.values())

    def __contains__(self, key: object) -> bool:
        """Whether there is a question of a key."""
        return key in self._questions

    def __getitem__(self, key: str) -> Question[Any, Any]:
        """Return the question of a key. Raises UnknownQuestion."""
        if key not in self._questions:
            raise UnknownQuestion(key)
        return self._questions[key]
