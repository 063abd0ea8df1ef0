"""Lists of plays, of one listener or of the household, to browse and play. No call to Spotify."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
import re
from typing import Final, final

from homeassistant.core import Context, HomeAssistant

from ..access.policy import Caller, Interface, async_caller
from ..access.visibility import hidden_listeners
from ..dispatch.caller_context import async_query_context
from ..dispatch.dispatcher import async_ask
from ..dispatch.request_context import RequestContext
from ..history.columns.timelines import Step
from ..history.model import Listener, ThingOf, TopOf
from ..history.queries.visible_plays import Hidden
from ..questions.base.answer import Answer, AnsweredPlay, Entry
from ..questions.base.question import Question
from ..questions.base.scope import WindowParameters
from ..questions.forgotten_favourites import (
    ForgottenFavourites,
    ForgottenFavouritesParameters,
)
from ..questions.listening_time import ListeningTime
from ..questions.naming.listener_choice import ME
from ..questions.on_this_day import OnThisDay, OnThisDayParameters
from ..questions.plays import Plays, PlaysParameters
from ..questions.search import Search, SearchParameters
from ..questions.timeline import Timeline, TimelineParameters
from ..questions.top import Top, TopParameters
from ..runtime.error_translation import translated_errors
from ..runtime.store.history_service import DATA_HISTORY
from ..spotify.api.items import SpotifyThing, read_thing
from ..spotify.api.share_links import read_link
from .pictures import Pictured, picture_addresses

LOOKED_THROUGH: Final = 100
"""So many plays are looked through for what was played last."""
TOPS: Final = {
    TopOf.TRACKS: "track",
    TopOf.ARTISTS: "artist",
    TopOf.ALBUMS: "album",
}
"""The top lists that there are, and of what each is."""
_COVERS: Final = 3
"""So many covers of what has no URI are looked at for one that the caller may see."""

_EVENING: Final = "night"
"""From six in the evening until six in the morning, as the windows have it."""
_ENDS: Final = 6
"""The hour at which the evening of the day before is over."""
_BEGINS: Final = 18
_YEAR: Final = re.compile(r"[12]\d{3}")
_MONTH: Final = re.compile(r"[12]\d{3}-[01]\d")
_DAY: Final = re.compile(r"[12]\d{3}-[01]\d-[0-3]\d")


@dataclass(frozen=True, slots=True)
class ListItem(Pictured):
    """One line of a list."""

    image_url: str | None = None
    """Where its picture is, which a browser may get through Home Assistant."""
    at: str | None = None
    """When it began by the home's clock, as 20:15, in a list of plays."""

    @property
    def thing(self) -> SpotifyThing | None:
        """The item as Spotify has it; None without a URI."""
        if self.uri is None:
            return None
        return SpotifyThing(self.kind, self.uri, self.name, self.by, self.image_url)


@dataclass(frozen=True, slots=True)
class DayItems:
    """The same day in another year (ISO): what was played most on it."""

    day: str
    items: tuple[ListItem, ...]


@dataclass(frozen=True, slots=True)
class Evening:
    """The plays of an evening, the earliest first, and how many earlier ones are not among them."""

    plays: tuple[ListItem, ...]
    left_out: int


@final
@dataclass(eq=False)
class PlayLists:
    """The lists that the user of a context may see, the home without one: about a listener, else about the household.

    Each raises Unauthorized where the caller may not ask, ServiceValidationError for what cannot be, and
    HomeAssistantError where the history cannot be read.
    """

    _hass: HomeAssistant
    _context: Context
    _listener: Listener | None = None

    def __post_init__(self) -> None:
        """Ask for less where the lists are about one listener."""
        self._most = 50 if self._listener else 100
        self._found = 10 if self._listener else 30

    async def async_recent(self) -> list[ListItem]:
        """Return what was played last, each once."""
        answer = await self._async_ask(
            Plays(), PlaysParameters(window="last_90_days", limit=LOOKED_THROUGH)
        )
        once: dict[tuple[str, str, str], ListItem] = {}
        for each in map(_of_play, answer.plays):
            # By another release or not.
            once.setdefault((each.kind, each.name, each.by), each)
        return await self._async_pictured(once.values())

    async def async_top(self, window: str, of: TopOf) -> list[ListItem]:
        """Return what was played most in a window, by the names that windows have in questions."""
        answer = await self._async_ask(
            Top(), TopParameters(of=of, window=window, limit=self._most)
        )
        return await self._async_pictured(
            _of_entry(entry, TOPS[of]) for entry in answer.top
        )

    async def async_forgotten(self) -> list[ListItem]:
        """Return tracks that were played much once, and not for half a year."""
        answer = await self._async_ask(
            ForgottenFavourites(),
            ForgottenFavouritesParameters(of=TopOf.TRACKS, limit=self._most),
        )
        return await self._async_pictured(
            _of_entry(entry, "track") for entry in answer.forgotten_favourites
        )

    async def async_on_this_day(self) -> list[DayItems]:
        """Return what was played on this day of earlier years, the latest first."""
        answer = await self._async_ask(
            OnThisDay(), OnThisDayParameters(limit=self._most)
        )
        return [
            DayItems(
                year.date.isoformat(),
                tuple(
                    await self._async_pictured(
                        _of_entry(entry, "track") for entry in year.top
                    )
                ),
            )
            for year in answer.years
            if year.top
        ]

    async def async_evenings(self, within: str) -> list[str]:
        """Return the years with plays, the months of a year or the days of a month with an evening, the latest first.

        Raises ValueError for what is neither, nor empty.
        """
        if not within:
            return await self._async_years()
        first, after = _span(within)
        asked = TimelineParameters(
            step=Step.HOUR,
            start_time=f"{first.isoformat()} 06:00",
            end_time=f"{after.isoformat()} 06:00",
            limit=10_000,
        )
        answer = await self._async_ask(Timeline(), asked)
        evenings = {
            _evening_of(datetime.fromisoformat(step.start)) for step in answer.steps
        }
        days = sorted((day.isoformat() for day in evenings if day), reverse=True)
        length = len("2026-07") if _YEAR.fullmatch(within) else len("2026-07-14")
        return list(dict.fromkeys(day[:length] for day in days))

    async def _async_years(self) -> list[str]:
        """Return the years with plays; and the one before, where the night of its last day is all there is of it."""
        answer = await self._async_ask(Timeline(), TimelineParameters(step=Step.YEAR))
        years = {int(step.start) for step in answer.steps}
        for year in sorted(years):
            if year - 1 not in years:
                night = WindowParameters(
                    start_time=f"{year}-01-01", end_time=f"{year}-01-01 06:00"
                )
                time = await self._async_ask(ListeningTime(), night)
                if time.total.plays:
                    years.add(year - 1)
        return [f"{year:04}" for year in sorted(years, reverse=True)]

    async def async_evening(self, day: str) -> Evening:
        """Return the plays of an evening until six in the morning. Raises ValueError for what is no day."""
        if not _DAY.fullmatch(day):
            raise ValueError(day)
        date.fromisoformat(day)
        answer = await self._async_ask(
            Plays(), PlaysParameters(window=f"{day}_{_EVENING}", limit=self._most)
        )
        plays = [
            replace(_of_play(play), at=f"{play.started_at.local:%H:%M}")
            for play in reversed(answer.plays)
        ]
        total = answer.total.plays if answer.total else 0
        left_out = max(total - len(plays), 0)
        return Evening(tuple(await self._async_pictured(plays)), left_out)

    async def async_find(self, text: str, kind: ThingOf | None) -> list[ListItem]:
        """Return what was played and a text may mean, the best first; of one kind, if it is given."""
        answer = await self._async_ask(
            Search(), SearchParameters(text=text, type=kind, limit=self._found)
        )
        return [
            replace(
                _item(thing.uri, thing.name, thing.artist, str(thing.type)),
                image_url=thing.image_url,
            )
            for thing in answer.found
        ]

    async def async_hidden(self) -> Hidden:
        """Return the listeners (by key) whom the caller may not see. Raises Unauthorized."""
        return hidden_listeners(self._hass, (await self._async_caller()).user_id)

    async def _async_caller(self) -> Caller:
        interface = Interface.ENTITY if self._listener else Interface.MEDIA_SOURCE
        return await async_caller(self._hass, self._context, interface)

    async def _async_ask[P: WindowParameters, A: Answer](
        self, question: Question[P, A], asked: P
    ) -> A:
        caller = await self._async_caller()
        query_context = async_query_context(self._hass, caller)
        if self._listener is not None:
            asked = replace(asked, listener=ME)
            query_context = replace(query_context, me=(self._listener,))
        with translated_errors():
            return await async_ask(
                question, asked, RequestContext(self._hass, caller, query_context)
            )

    async def _async_pictured(self, items: Iterable[ListItem]) -> list[ListItem]:
        """Return items with the covers and the pictures of artists that the history knows."""
        items = list(items)
        if not items:
            return items
        history = self._hass.data[DATA_HISTORY]
        hidden = await self.async_hidden()

        with translated_errors():
            async with history.async_held():
                pictures = await history.async_ask(
                    lambda queries: picture_addresses(queries, items, _COVERS),
                    hidden=hidden,
                )
        return [
            replace(each, image_url=address)
            for each, address in zip(items, pictures, strict=True)
        ]


def _of_play(play: AnsweredPlay) -> ListItem:
    kind = "radio" if play.kind == "line_in" else play.kind
    return _item(play.uri, play.title, ", ".join(play.artists), kind)


def _of_entry(entry: Entry, kind: str) -> ListItem:
    return _item(entry.uri, entry.name, entry.artist, kind)


def _item(uri: str | None, name: str, by: str, kind: str) -> ListItem:
    """Return an item; what has no maker of its own is made by itself in answers."""
    if kind not in {"track", "episode", "chapter"} and by == name:
        by = ""
    thing = read_thing({"uri": uri, "name": name})
    if thing is None or read_link(thing.uri) is None:
        return ListItem(kind, name or uri or "–", by)
    return ListItem(thing.kind, thing.name, by, thing.uri)


def _span(within: str) -> tuple[date, date]:
    """Return the first day of a year or a month, and the first after it. Raises ValueError for what is neither."""
    if _YEAR.fullmatch(within):
        return date(int(within), 1, 1), date(int(within) + 1, 1, 1)
    if not _MONTH.fullmatch(within):
        raise ValueError(within)
    first = date.fromisoformat(f"{within}-01")
    return first, (first + timedelta(days=31)).replace(day=1)


def _evening_of(hour: datetime) -> date | None:
    """Return the day of whose evening an hour is, None where it is of none."""
    if hour.hour >= _BEGINS:
        return hour.date()
    return hour.date() - timedelta(days=1) if hour.hour < _ENDS else None
