"""Runs each question and command, for every interface: parameters, policy, visibility, run, audit, errors, speech."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from homeassistant.util import dt as dt_util

from ..history.queries.history_queries import HistoryQueries
from ..history.time_ranges.local_clock import Clock
from ..language.answering import Response, answer_question, render
from ..questions.base.answer import Answer
from ..questions.base.operation import Operation
from ..questions.base.parameters import PUBLIC_NAMES, by_public_name, read, read_public
from ..questions.base.question import Question
from ..runtime.error_translation import translated_errors
from ..runtime.store.history_service import DATA_HISTORY
from .audit import async_audited
from .command import Command, Delegated
from .listener_entities import async_with_listeners
from .request_context import RequestContext

_ANY_TIME: Final = Clock(0, dt_util.UTC)


async def async_run[P, R](
    operation: Operation[P, R], parameters: P, context: RequestContext
) -> R:
    """Run a question or command with parameters that were read, and return its typed result; nothing is rendered.

    Raises Unauthorized where the caller may not, and what the operation raises.
    """
    values = values_of(parameters)
    reads = operation.reads or values.get("dry_run") is True
    async with _async_audited(operation, by_public_name(values), context, reads=reads):
        return await _async_run(operation, parameters, context)


async def async_ask[P, A: Answer](
    question: Question[P, A], parameters: P, context: RequestContext
) -> A:
    """Return the typed answer to a question, asked inside Encore on behalf of a caller.

    Raises Unauthorized where the caller may not ask, QuestionError and InvalidWindow for what cannot be answered, and
    HistoryError where the history cannot be read.
    """
    return await async_run(question, parameters, context)


async def async_dispatch[P, R](
    operation: Operation[P, R], values: Mapping[str, object], context: RequestContext
) -> R:
    """Read the parameters of a question or command from the values of a sentence, and run it.

    Raises as `async_run`, and BadParameter and UnknownParameter for values that cannot be; callers who may not run it
    are not told these.
    """
    return await _async_dispatch(operation, read, values, context)


async def async_respond[P, R](
    operation: Operation[P, R], values: Mapping[str, object], context: RequestContext
) -> dict[str, Any]:
    """Run with the values of an interface, and return data for JSON, with the speech in it. Raises HomeAssistantError alone."""
    with translated_errors():
        named = async_with_listeners(operation, values, context)
        result = await _async_dispatch(operation, read_public, named, context)
    return (await async_render(operation, result, context)).data


async def async_render(
    operation: Operation[Any, Any], result: Any, context: RequestContext
) -> Response:
    """Return a result as data and speech. Both take long for many plays, and the first speech of a language reads the disk."""
    if isinstance(result, Delegated):
        operation, result = result.command, result.result
    return await context.hass.async_add_executor_job(
        render, operation, result, context.query_context
    )


def values_of(parameters: object) -> dict[str, object]:
    """Return parameters by name, but for those that have their default."""
    assert is_dataclass(parameters)
    return {
        each.name: value
        for each in fields(parameters)
        if (value := getattr(parameters, each.name)) != each.default
    }


def _async_audited(
    operation: Operation[Any, Any],
    values: Mapping[str, object],
    context: RequestContext,
    *,
    reads: bool,
) -> AbstractAsyncContextManager[None]:
    """Check that the caller may run an operation, and audit what is done inside."""
    return async_audited(
        context.hass,
        context.caller,
        needs=operation.access_level,
        administrator=operation.administrators_only,
        request_type=operation.request_type,
        what=operation.name,
        values=values,
        reads=reads,
    )


async def _async_dispatch[P, R](
    operation: Operation[P, R],
    reading: Callable[[type[P], Mapping[str, object]], P],
    values: Mapping[str, object],
    context: RequestContext,
) -> R:
    audited: dict[str, object] = {}
    reads = operation.reads or values.get(PUBLIC_NAMES["dry_run"]) is True
    async with _async_audited(operation, audited, context, reads=reads):
        parameters = reading(operation.declares, values)
        given = {
            each.name: getattr(parameters, each.name)
            for each in operation.parameters
            if each.name in values or each.public_name in values
        }
        audited |= by_public_name(given)
        return await _async_run(operation, parameters, context)


async def _async_run[P, R](
    operation: Operation[P, R], parameters: P, context: RequestContext
) -> R:
    match operation:
        case Question():
            answer: R = await _async_answer(operation, parameters, context)
            return answer
        case Command():
            result: R = await operation.async_run(parameters, context)
            return result
    raise TypeError(f"{operation.key} is no question and no command")


async def _async_answer[P, A: Answer](
    question: Question[P, A], parameters: P, context: RequestContext
) -> A:
    """Answer in a reader thread, from what the caller may see; equal questions in flight share one answer."""
    query_context = context.query_context

    def answer(queries: HistoryQueries) -> A:
        under_way = tuple(queries.visible_under_way(query_context.under_way))
        known = replace(query_context, under_way=under_way)
        return answer_question(queries, question, parameters, known)

    history = context.hass.data[DATA_HISTORY]
    async with history.async_held():
        return await history.async_ask(
            answer,
            hidden=query_context.hidden,
            # The same question a moment later has the same answer.
            key=(
                question.key,
                parameters,
                replace(
                    query_context,
                    clock=_ANY_TIME,
                    under_way=(),
                    recorded=(),
                    unrecorded=(),
                ),
            ),
        )
