"""Lists of one listener's plays, to browse and play. No call to Spotify."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from homeassistant.core import Context, HomeAssistant

from ..access.policy import Interface, async_caller
from ..access.visibility import hidden_listeners
from ..dispatch.ask_question import async_answer, async_asking
from ..history.model import Listener
from ..history.queries.visible_plays import Hidden
from ..runtime.error_translation import translated_errors
from ..runtime.store.history_service import DATA_HISTORY
from ..spotify.api.items import SpotifyThing, read_thing

MOST: Final = 50
"""How many things a list has at the most: as many as a page of Spotify's."""
FOUND: Final = 10
"""How many things a search names at the most."""
_ROWS: Final = 100
"""So many plays are looked through for what was played last."""


class OwnList(StrEnum):
    """The lists, by the names that the media browser keeps."""

    RECENTLY_PLAYED = "recently_played"
    TOP_THIS_MONTH = "top_this_month"
    FORGOTTEN_FAVOURITES = "forgotten_favourites"
    ON_THIS_DAY = "on_this_day"


@dataclass(frozen=True, slots=True)
class _Asked:
    """The question behind a list, and where its answer has the rows."""

    question: str
    rows: str
    values: Mapping[str, object]


_ASKED: Final = {
    OwnList.RECENTLY_PLAYED: _Asked(
        "plays",
        "plays",
        MappingProxyType({"window": "last_90_days", "limit": _ROWS}),
    ),
    OwnList.TOP_THIS_MONTH: _Asked(
        "top",
        "top",
        MappingProxyType({"of": "tracks", "window": "this_month", "limit": MOST}),
    ),
    OwnList.FORGOTTEN_FAVOURITES: _Asked(
        "forgotten_favourites",
        "forgotten_favourites",
        MappingProxyType({"of": "tracks", "limit": MOST}),
    ),
}


@dataclass(frozen=True, slots=True)
class DayHeard:
    """The same day in another year: how often something was played, and what most."""

    year: str
    plays: int
    things: tuple[SpotifyThing, ...]


async def async_own_list(
    hass: HomeAssistant, context: Context, listener: Listener, which: OwnList
) -> list[SpotifyThing]:
    """Return what a list has for a listener; what is only in the listener's own files is left out.

    Raises Unauthorized for who may not ask, HomeAssistantError where the history cannot be read.
    """
    if which is OwnList.ON_THIS_DAY:
        days = await async_on_this_day(hass, context, listener)
        every = {thing.uri: thing for day in days for thing in day.things}
        return list(every.values())[:MOST]
    asked = _ASKED[which]
    data = await _async_ask(hass, context, listener, asked.question, asked.values)
    things: dict[tuple[str, str], SpotifyThing] = {}
    for thing in _things(data[asked.rows]):
        # A song that was heard in two releases is one.
        things.setdefault((thing.name, thing.by), thing)
    return await _async_covered(hass, context, list(things.values())[:MOST])


async def async_on_this_day(
    hass: HomeAssistant, context: Context, listener: Listener
) -> list[DayHeard]:
    """Return what a listener heard on this day of other years, the latest first. Raises as `async_own_list`."""
    data = await _async_ask(hass, context, listener, "on_this_day", {"limit": MOST})
    days = [
        DayHeard(year["date"][:4], year["plays"], tuple(_things(year["top"])))
        for year in data["years"]
    ]
    found = await _async_covered(
        hass, context, [thing for day in days for thing in day.things]
    )
    covered = {thing.uri: thing for thing in found}
    return [
        replace(day, things=tuple(covered[thing.uri] for thing in day.things))
        for day in days
        if day.things
    ]


async def async_heard_by_name(
    hass: HomeAssistant, context: Context, listener: Listener, text: str, kind: str
) -> list[SpotifyThing]:
    """Return tracks or episodes (`kind`) that a listener heard and that a text may mean, the best first.

    Raises as `async_own_list`.
    """
    values = {"text": text, "type": kind, "limit": FOUND}
    data = await _async_ask(hass, context, listener, "search", values)
    return await _async_covered(hass, context, list(_things(data["found"])))


async def async_withheld(hass: HomeAssistant, context: Context) -> Hidden:
    """Return the listeners (by key) whom the person behind a context may not see. Raises Unauthorized."""
    caller = await async_caller(hass, context, Interface.ENTITY)
    return hidden_listeners(hass, caller.user_id)


async def _async_ask(
    hass: HomeAssistant,
    context: Context,
    listener: Listener,
    question: str,
    values: Mapping[str, object],
) -> dict[str, Any]:
    caller = await async_caller(hass, context, Interface.ENTITY)
    query_context = replace(async_asking(hass, caller), me=(listener,))
    with translated_errors():
        answered = await async_answer(
            hass, question, {**values, "listener": "me"}, query_context, caller
        )
    return answered.data


def _things(rows: list[dict[str, Any]]) -> Iterator[SpotifyThing]:
    """Yield the rows of an answer that Spotify can play."""
    for row in rows:
        name = row.get("name") or row.get("title")
        thing = read_thing({"uri": row.get("uri"), "name": name})
        if thing is not None:
            by = row.get("artist") or ", ".join(row.get("artists", ()))
            yield replace(thing, by=by)


async def _async_covered(
    hass: HomeAssistant, context: Context, things: list[SpotifyThing]
) -> list[SpotifyThing]:
    """Return things with the covers that the history knows."""
    if not things:
        return things
    memory = hass.data[DATA_HISTORY]
    uris = tuple({thing.uri for thing in things})
    caller = await async_caller(hass, context, Interface.ENTITY)
    hidden = hidden_listeners(hass, caller.user_id)
    with translated_errors():
        async with memory.async_held():
            covers = await memory.async_ask(
                lambda queries: queries.covers(uris), hidden=hidden
            )
    return [replace(thing, image_url=covers.get(thing.uri)) for thing in things]
