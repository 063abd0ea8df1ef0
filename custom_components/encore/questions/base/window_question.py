"""The base of questions about a window."""

from abc import abstractmethod
from typing import ClassVar, NamedTuple, override

from ...history.queries.history_queries import HistoryQueries
from ...history.time_ranges.ranges import NamedWindow
from .answer import WindowAnswer
from .query_context import QueryContext
from .question import Question
from .scope import Scope, WindowParameters, scope_of, window_of


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
        return self.answer_within(Query(queries, asked, query_context, scope, when))

    @abstractmethod
    def answer_within(self, query: Query[P]) -> A:
        """Return the answer. Called and raises as `answer`."""
