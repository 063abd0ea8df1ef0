"""Resolves the name of a track, artist, album, show or episode in one's own history."""

from dataclasses import dataclass, field, replace
from functools import partial
import re
from typing import Annotated, Final

from ...history.model import Play, Thing, ThingOf, Window
from ...history.queries.filters import Filters
from ...history.queries.history_queries import HistoryQueries
from ...history.queries.play_ids import PlayId
from ...history.queries.visible_plays import EVER
from ..base.answer import AnsweredThing
from ..base.errors import UnknownPlay, UnknownThing
from ..base.parameters import Described, Form
from ..base.response import NOT_DATA, called
from ..base.scope import Scope, WindowParameters

THING: Final = Described(
    Form.THING,
    "A track, an artist, an album, a show or an episode by name, or the URI of a track or episode.",
    "Ember",
)
TYPE: Final = Described(
    Form.FILTER,
    "Only a track, an artist, an album, a show or an episode of that name. Default: the one played most, albums last.",
    "track",
    title="Item type",
)

OTHERS: Final = 5
"""How many things are told that a name could have meant as well."""
_SUGGESTED: Final = 5
_URI: Final = re.compile(r"\w+:(?:track|episode|chapter):\w+")
_LINK: Final = re.compile(
    r"https://open\.spotify\.com/(?:[\w-]+/)?(?P<kind>track|episode|chapter)/(?P<id>\w+)"
)
_LONG_ENOUGH: Final = 4
"""Letters of a word that is looked for by itself."""


class ThingParameters(WindowParameters):
    """Which thing, and in whose plays, where and when."""

    thing: Annotated[str, THING]
    type: Annotated[ThingOf | None, TYPE] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What was taken for the thing that was asked for."""

    found: Thing = field(metadata=NOT_DATA)
    """Its total, first and last are of the window where it was heard in it."""
    heard: bool = field(metadata=NOT_DATA)
    """Whether it was heard in the window, by the filters."""
    thing: AnsweredThing = field(metadata=called("item"))
    others: tuple[AnsweredThing, ...]
    """What the name could have meant as well."""


def named_thing(
    queries: HistoryQueries,
    asked: ThingParameters,
    scope: Scope,
    window: Window,
    others: int = OTHERS,
) -> Named:
    """Return what is meant by a name: what comes closest to it, of equals what was heard most.

    First among what was heard in the window by the filters, then among all that these listeners
    ever heard, then among all that anybody did. Raises UnknownThing.
    """
    look = partial(_look_up, queries, asked, others + 1)
    taken = look(window, scope.filters)
    heard = bool(taken)
    wider: list[Filters] = [{"listeners": scope.keys, "min_ms": 0}, {"min_ms": 0}]
    for filters in wider:
        if _closeness(taken) == 1:
            break
        if _closeness(more := look(EVER, filters)) > _closeness(taken):
            taken, heard = more, False
    if not taken:
        raise UnknownThing(asked.thing, _suggested(queries, asked))
    first, *rest = sorted(
        taken, key=lambda each: (-each.score, each.of is ThingOf.ALBUM)
    )
    same = [each for each in rest if each.score == first.score]
    return Named(
        found=first,
        heard=heard,
        thing=AnsweredThing.of(first),
        others=tuple(map(AnsweredThing.of, same[:others])),
    )


def _look_up(
    queries: HistoryQueries,
    asked: ThingParameters,
    limit: int,
    window: Window,
    filters: Filters,
) -> tuple[Thing, ...]:
    """Return what is called so, the closest first, among what was heard in a window."""
    if uri := uri_of(asked.thing):
        thing = queries.find_uri(uri, window, **filters)
        return () if thing is None else (replace(thing, score=1),)
    return queries.find(
        asked.thing, window, of=_sorts(asked), limit=limit, **filters
    ).things


def uri_of(text: str) -> str | None:
    """Return the URI that a text is, or that its link to Spotify's web player stands for."""
    if matched := _URI.fullmatch(text):
        return text
    if matched := _LINK.match(text):
        return f"spotify:{matched['kind']}:{matched['id']}"
    return None


def _closeness(things: tuple[Thing, ...]) -> float:
    return things[0].score if things else 0


def _sorts(asked: ThingParameters) -> tuple[ThingOf, ...]:
    return (asked.type,) if asked.type else tuple(ThingOf)


def _suggested(queries: HistoryQueries, asked: ThingParameters) -> list[str]:
    """Return names that have a word in common with one that nothing has."""
    names: dict[str, None] = {}
    for word in sorted(asked.thing.split(), key=len, reverse=True):
        if len(word) >= _LONG_ENOUGH and len(names) < _SUGGESTED:
            found = queries.find(word, of=_sorts(asked), limit=_SUGGESTED, min_ms=0)
            names |= dict.fromkeys(thing.name for thing in found.things)
    return list(names)[:_SUGGESTED]


def named_play(queries: HistoryQueries, play_id: str) -> Play:
    """Return the play of an id as interfaces give it. Raises UnknownPlay."""
    try:
        found = queries.play_of_id(PlayId.read(play_id))
    except ValueError:
        found = None
    if found is None:
        raise UnknownPlay(play_id)
    return found
