"""A play's details, over WebSocket: where it sounded from when until when, and the observations that it rests on."""

from dataclasses import asdict
from typing import Any

import probatio

from ..access.policy import AccessLevel
from ..dispatch.audit import async_audited
from ..dispatch.request_context import RequestContext
from ..history.queries.history_queries import HistoryQueries
from ..history.queries.play_sources import Evidence
from ..history.records.audit_log import RequestType
from ..history.time_ranges.local_clock import Clock
from ..questions.base.answer import AnsweredPlay
from ..questions.base.query_context import QueryContext
from ..questions.base.response import written
from ..questions.base.scope import Scope
from ..questions.naming.listener_choice import Who
from ..questions.naming.named_items import named_play
from ..runtime.store.history_service import DATA_HISTORY
from .websocket import replies

ATTR_PLAY = "play"


@replies("play", {probatio.Required(ATTR_PLAY): str})
async def async_play_details(
    message: dict[str, Any], context: RequestContext
) -> dict[str, Any]:
    """Return all that is known of one play, by its id."""
    play_id = message[ATTR_PLAY]
    hass, query_context = context.hass, context.query_context
    memory = hass.data[DATA_HISTORY]
    async with (
        async_audited(
            hass,
            context.caller,
            needs=AccessLevel.INTERN,
            request_type=RequestType.QUESTION,
            what="play_details",
            values={ATTR_PLAY: play_id},
            reads=True,
        ),
        memory.async_held(),
    ):
        return await memory.async_ask(
            lambda queries: _details(queries, play_id, query_context),
            hidden=query_context.hidden,
        )


def _details(
    queries: HistoryQueries, play_id: str, query_context: QueryContext
) -> dict[str, Any]:
    found, clock = named_play(queries, play_id), query_context.clock
    return {
        **written(AnsweredPlay.of(found, Scope(Who.HOUSE, clock=clock))),
        "started_at": _iso(clock, found.started_at),
        "ended_at": _iso(clock, found.ended_at),
        "ms_played": found.ms_played,
        "duration_ms": found.item.duration_ms,
        "isrc": found.item.isrc,
        "rooms": [
            {
                "room": span.room.name,
                "from": _iso(clock, span.start),
                "to": _iso(clock, span.end),
            }
            for span in found.rooms
        ],
        "volumes": [
            {
                "room": each.room.name,
                "at": _iso(clock, each.at),
                "percent": each.percent,
            }
            for each in found.volumes
        ],
        "observations": [
            _evidence_data(clock, each) for each in queries.evidence_of(found)
        ],
    }


def _evidence_data(clock: Clock, evidence: Evidence) -> dict[str, Any]:
    return {
        **asdict(evidence),
        "source": evidence.source.name.lower(),
        "started_at": _iso(clock, evidence.started_at),
        "ended_at": _iso(clock, evidence.ended_at),
    }


def _iso(clock: Clock, moment: int) -> str:
    """Return a moment as ISO 8601 with the offset of the asker's clock, to the millisecond."""
    return clock.local(moment).isoformat(timespec="milliseconds")
