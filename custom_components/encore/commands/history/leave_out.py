"""The command that leaves a few plays out of the history, as it is said: "leave this song out"."""

from dataclasses import replace
from typing import Annotated, Final, NamedTuple, override

from ...dispatch.command import Result, SupervisedCommand
from ...dispatch.request_context import RequestContext
from ...history.deletion.deletion_jobs import ForgetRequest
from ...history.model import Listener, ThingOf, Total
from ...history.queries.history_queries import HistoryQueries
from ...history.queries.visible_plays import EVER
from ...history.records.deletion_rules import UNDO_MS, Rule, Why
from ...questions.base.answer import AnsweredPlay
from ...questions.base.operation import NO_ACTION
from ...questions.base.parameters import KIND, MOMENT, ROOM, WINDOW, Described, Form
from ...questions.base.query_context import QueryContext
from ...questions.base.response import Moment
from ...questions.base.scope import KindFilter, WindowParameters, scope_of, window_of
from ...questions.naming.listener_choice import asking_about
from ...questions.naming.named_items import ThingParameters, named_play, named_thing
from ...questions.playing_at import PlayingAt, PlayingAtParameters
from ...runtime.store.history_service import DATA_HISTORY
from ..accounts import own_listener_of
from ..errors import ForgetAmbiguous, LeaveOutTooMany
from ..parameters import AccountParameters
from .deletion_records import async_delete, async_total, rule_about

MOST: Final = 20
"""How many plays are left out without a look at them: who speaks may be misheard."""
_BEFORE_MS: Final = 5_000
"""How much sooner than known by now a play that is under way may turn out to have begun."""

THING: Final = Described(
    Form.THING,
    "A track, an artist, an album or a show by name.",
    "Ember",
    title="Thing",
)


class LeaveOutParameters(AccountParameters):
    """What is left out: what sounded at a moment, else all of a time range, a thing, a kind or a room; else what is playing."""

    thing: Annotated[str | None, THING] = None
    moment: Annotated[str | None, MOMENT] = None
    window: Annotated[str | None, WINDOW] = None
    room: Annotated[str | None, ROOM] = None
    kind: Annotated[KindFilter | None, KIND] = None


class LeftOutPlays(Result):
    """What is left out of a listener's history now."""

    listener: str
    play_count: int
    title: str | None
    """Of the one play that was meant; None where a range was."""
    undo_id: int | None
    undo_until: Moment | None


class _Found(NamedTuple):
    """What is to be left out, how much that is where it is known by now, and its title if it is one play."""

    request: ForgetRequest
    total: Total | None
    title: str | None = None


class LeaveOut(SupervisedCommand[LeaveOutParameters, LeftOutPlays]):
    """Plays that shall not count are hidden at once, and removed an hour later."""

    action = "exclude_from_history"
    title = "Leave out of the history"
    description = "Leaves what is playing, or up to 20 plays of a time period, out of a listener's history. It can be undone for an hour."
    interfaces = NO_ACTION
    stays_home = True

    @override
    async def async_run(
        self, asked: LeaveOutParameters, context: RequestContext
    ) -> LeftOutPlays:
        query_context = context.query_context
        listener = own_listener_of(context, asked.listener)
        history = context.hass.data[DATA_HISTORY]
        async with history.async_held():
            found = await history.async_ask(
                lambda queries: _found(queries, asked, listener, query_context),
                hidden=query_context.hidden,
            )
            total = found and await async_total(context, found.request, found.total)
            if not found or not total or not total.plays:
                return LeftOutPlays(listener.name, 0, None, None, None)
            if total.plays > MOST:
                raise LeaveOutTooMany(plays=str(total.plays), most=str(MOST))
            deleted = await async_delete(context, found.request)
        return LeftOutPlays(
            listener.name,
            total.plays,
            found.title,
            deleted.id,
            Moment.at(query_context.clock, deleted.asked_at + UNDO_MS),
        )


def _found(
    queries: HistoryQueries,
    asked: LeaveOutParameters,
    listener: Listener,
    query_context: QueryContext,
) -> _Found | None:
    """Return what is meant; None where nothing sounded at the moment. Raises QuestionError for names that nothing has."""
    is_range = any((asked.window, asked.thing, asked.kind, asked.room))
    if asked.moment is not None or not is_range:
        return _sounding(queries, asked, listener, query_context)
    about = WindowParameters(
        window=asked.window, listener=listener.name, room=asked.room
    )
    query_context = asking_about(queries, about, query_context)
    scope = scope_of(queries, about, query_context)
    if scope.devices or len(scope.rooms) > 1:
        # A rule has one room and no player; without either it would be about more than was said.
        raise ForgetAmbiguous
    window = window_of(about, query_context, "").window if asked.window else None
    rule = replace(rule_about(scope, window, asked.kind), listener=listener.key)
    if asked.thing:
        asked_for = ThingParameters(thing=asked.thing)
        thing = named_thing(queries, asked_for, scope, window or EVER).found
        match thing.of:
            case ThingOf.ARTIST:
                rule = replace(rule, artist=thing.name)
            case ThingOf.ALBUM:
                rule = replace(rule, album=thing.name)
            case ThingOf.SHOW:
                rule = replace(rule, show=thing.name)
            case _:
                rule = replace(rule, track=thing.uri or thing.name)
    return _Found(ForgetRequest(rule, query_context.clock.now), None)


def _sounding(
    queries: HistoryQueries,
    asked: LeaveOutParameters,
    listener: Listener,
    query_context: QueryContext,
) -> _Found | None:
    """Return the play that sounded at a moment, or else the last one before, as `playing_at` names it."""
    parameters = PlayingAtParameters(
        moment=asked.moment or "now",
        listener=listener.name,
        room=asked.room,
        kind=asked.kind,
    )
    answer = PlayingAt().answer(queries, parameters, query_context)
    if not (plays := answer.plays or ((answer.before,) if answer.before else ())):
        return None
    play: AnsweredPlay = plays[0]
    now = query_context.clock.now
    if play.id is None:
        # It is not in the history yet, and stays out of it when it ends.
        rule = Rule(listener=listener.key, start=play.started_at - _BEFORE_MS, end=now)
        return _Found(ForgetRequest(rule, now), Total(1, 0), play.title)
    stored = named_play(queries, play.id)
    rule = Rule(named=True, listener=listener.key)
    request = ForgetRequest(rule, now, why=Why.NAMED, plays=(stored.id,))
    return _Found(request, Total(1, stored.ms_played), play.title)
