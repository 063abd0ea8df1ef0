"""The base of questions."""

from abc import abstractmethod
from typing import ClassVar

from ...history.queries.history_queries import HistoryQueries
from ...history.records.audit_log import RequestType
from .answer import Answer
from .operation import ASKED, AccessLevel, Interface, Operation
from .query_context import QueryContext


class Question[P, A: Answer](Operation[P, A]):
    """One question: how it is called, what it is asked with, and how it is answered.

    It is said by the macro of its key in each language's templates.
    """

    interfaces = ASKED | {Interface.SENTENCE}
    request_type = RequestType.QUESTION
    access_level = AccessLevel.INTERN
    reads = True
    stays_home = True
    everyday = True
    holds_tracks: ClassVar[bool] = False
    """Whether its answers can hold tracks, so that a playlist can be made of one."""

    @abstractmethod
    def answer(
        self, queries: HistoryQueries, asked: P, query_context: QueryContext
    ) -> A:
        """Return the answer; called in a reader thread of the history.

        Raises QuestionError and InvalidWindow for what cannot be answered.
        """
