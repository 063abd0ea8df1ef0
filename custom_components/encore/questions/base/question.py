"""The base of questions."""

from abc import abstractmethod
from dataclasses import replace
from typing import ClassVar, NamedTuple, override

from ...history.queries.filters import Filters
from ...history.queries.history_queries import HistoryQueries
from ...history.records.audit_log import RequestType
from ...history.time_ranges.ranges import NamedWindow
from .answer import Answer, WindowAnswer
from .operation import ASKED, AccessLevel, Interface, Operation
from .query_context import QueryContext
from .scope import KINDS, Scope, WindowParameters, scope_of, window_of


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


class Query[P](NamedTuple):
    """A question with its window and its scope looked up."""

    queries: HistoryQueries
    asked: P
    query_context: QueryContext
    scope: Scope
    when: NamedWindow


class WindowQuestion[P: WindowParameters, A: WindowAnswer](Question[P, A]):
    """A question about the plays of a window."""

    usual_window: ClassVar[str] = "all_time"
    """Which window it is about if none is given."""

    @override
    def answer(
        self, queries: HistoryQueries, asked: P, query_context: QueryContext
    ) -> A:
        when = window_of(asked, query_context, self.usual_window)
        scope = scope_of(queries, asked, query_context)
        if scope.kind is not None:
            filters: Filters = {**scope.filters, "kinds": None}
            others = queries.kinds(when.window, **filters).keys() - {KINDS[scope.kind]}
            scope = replace(scope, other_kinds=frozenset(others))
        return self.answer_within(Query(queries, asked, query_context, scope, when))

    @abstractmethod
    def answer_within(self, query: Query[P]) -> A:
        """Return the answer. Called and raises as `answer`."""
