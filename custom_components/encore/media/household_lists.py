"""Lists of the household's plays, to browse and play. No call to Spotify."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
import re
from typing import Any, Final, final

from homeassistant.core import Context, HomeAssistant

from ..access.policy import Interface, async_caller
from ..access.visibility import hidden_listeners
from ..dispatch.ask_question import async_answer, async_asking
from ..history.model import ThingOf, TopOf
from ..history.queries.history_queries import HistoryQueries
from ..runtime.error_translation import translated_errors
from ..runtime.store.history_service import DATA_HISTORY
from ..spotify.api.items import read_thing
from ..spotify.api.share_links import read_link
from .pictures import async_shown_at

MOST: Final = 100
"""How many lines a list has at the most: as many as an answer names."""
LOOKED_THROUGH: Final = 100
"""So many plays are looked through for what was played last."""
FOUND: Final = 30
"""How many things a search names at the most."""

TOPS: Final = {
    TopOf.TRACKS: "track",
    TopOf.ARTISTS: "artist",
    TopOf.ALBUMS: "album",
}
"""The top lists that there are, and of what each is."""
BY_NAME: Final = {
    "artist": TopOf.ARTISTS,
    "album": TopOf.ALBUMS,
    "show": TopOf.SHOWS,
}
"""What the history knows by its name alone."""
_COVERS: Final = 3
"""So many covers of what stands behind a name are looked at for one of which the asker may hear."""

_EVENING: Final = "night"
"""From six in the evening until six in the morning, as the windows have it."""
_BEGINS: Final = 6
"""The hour at which the evening of the day before is over."""
_FROM: Final = 18
_YEAR: Final = re.compile(r"[12]\d{3}")
_MONTH: Final = re.compile(r"[12]\d{3}-[01]\d")
_DAY: Final = re.compile(r"[12]\d{3}-[01]\d-[0-3]\d")


@dataclass(frozen=True, slots=True)
class Heard:
    """One line of a list. `kind` is a word of Spotify's (track, episode, artist …), or what else was heard (radio …)."""

    kind: str
    name: str
    by: str = ""
    uri: str | None = None
    """Spotify's; None for what it cannot play, and for artists, albums and shows."""
    image_url: str | None = None
    """Where a browser gets its picture, by option from Home Assistant or from Spotify."""
    at: str | None = None
    """When it began by the house's clock, as 20:15, in a list of plays."""

    @property
    def can_play(self) -> bool:
        """Whether Spotify has it, or may have it by its name."""
        return self.uri is not None or self.kind in BY_NAME

    @property
    def pictured_by(self) -> dict[str, str]:
        """What its picture is asked for with (`pictures.PictureView`)."""
        if self.uri is not None:
            return {"uri": self.uri}
        match self.kind:
            case "album":
                return {"album": self.name, "artist": self.by}
            case "show":
                return {"show": self.name}
        return {"artist": self.name}


@dataclass(frozen=True, slots=True)
class HouseDay:
    """The same day in another year (ISO): what was heard most on it."""

    day: str
    things: tuple[Heard, ...]


@dataclass(frozen=True, slots=True)
class Evening:
    """The plays of an evening, the earliest first, and how many earlier ones are not among them."""

    plays: tuple[Heard, ...]
    left_out: int


@final
class HouseholdLists:
    """The lists, as whoever stands behind a context may hear them.

    Each raises Unauthorized for who may not ask, ServiceValidationError for what cannot be, and HomeAssistantError where
    the history cannot be read.
    """

    def __init__(self, hass: HomeAssistant, context: Context) -> None:
        """Ask on behalf of whoever stands behind the context; without a user that is the house."""
        self._hass = hass
        self._context = context

    async def async_recent(self) -> list[Heard]:
        """Return what was played last, each once."""
        data = await self._async_ask(
            "plays", {"window": "last_90_days", "limit": LOOKED_THROUGH}
        )
        return await self._async_pictured(_each_once(_plays(data["plays"])))

    async def async_top(self, window: str, of: TopOf) -> list[Heard]:
        """Return what was played most in a window, by the names that windows have in questions."""
        data = await self._async_ask(
            "top", {"of": str(of), "window": window, "limit": MOST}
        )
        return await self._async_pictured(_entries(data["top"], TOPS[of]))

    async def async_forgotten(self) -> list[Heard]:
        """Return tracks that were heard much once, and not for half a year."""
        data = await self._async_ask(
            "forgotten_favourites", {"of": "tracks", "limit": MOST}
        )
        rows = data["forgotten_favourites"]
        return await self._async_pictured(_entries(rows, "track"))

    async def async_on_this_day(self) -> list[HouseDay]:
        """Return what was heard on this day of earlier years, the latest first."""
        data = await self._async_ask("on_this_day", {"limit": MOST})
        days = [
            HouseDay(year["date"], tuple(_entries(year["top"], "track")))
            for year in data["years"]
        ]
        return [
            replace(day, things=tuple(await self._async_pictured(day.things)))
            for day in days
            if day.things
        ]

    async def async_evenings(self, within: str) -> list[str]:
        """Return the years with plays, the months of a year or the days of a month with an evening, the latest first.

        Raises ValueError for what is neither, nor empty.
        """
        if not within:
            return await self._async_years()
        first, after = _span(within)
        data = await self._async_ask(
            "timeline",
            {
                "step": "hour",
                "start_time": f"{first.isoformat()} 06:00",
                "end_time": f"{after.isoformat()} 06:00",
                "limit": 10_000,
            },
        )
        evenings = {_evening_of(step["start"]) for step in data["steps"]} - {None}
        days = sorted((day for day in evenings if day), reverse=True)
        length = len("2026-07") if _YEAR.fullmatch(within) else len("2026-07-14")
        return list(dict.fromkeys(day[:length] for day in days))

    async def _async_years(self) -> list[str]:
        """Return the years with plays; and the one before, where the night of its last day is all there is of it."""
        data = await self._async_ask("timeline", {"step": "year"})
        years = {int(step["start"]) for step in data["steps"]}
        for year in sorted(years):
            if year - 1 not in years:
                new_year = f"{year}-01-01"
                night = {"start_time": new_year, "end_time": f"{new_year} 06:00"}
                told = await self._async_ask("listening_time", night)
                if told["total"]["plays"]:
                    years.add(year - 1)
        return [f"{year:04}" for year in sorted(years, reverse=True)]

    async def async_evening(self, day: str) -> Evening:
        """Return the plays of an evening until six in the morning. Raises ValueError for what is no day."""
        if not _DAY.fullmatch(day):
            raise ValueError(day)
        date.fromisoformat(day)
        data = await self._async_ask(
            "plays", {"window": f"{day}_{_EVENING}", "limit": MOST}
        )
        rows = data["plays"][::-1]
        plays = [
            replace(heard, at=row["started_at"][11:16])
            for heard, row in zip(_plays(rows), rows, strict=True)
        ]
        left_out = max(data["total"]["plays"] - len(plays), 0)
        return Evening(tuple(await self._async_pictured(plays)), left_out)

    async def async_find(self, text: str, kind: ThingOf | None) -> list[Heard]:
        """Return what was heard and a text may mean, the best first; of one kind, if it is given."""
        values: dict[str, object] = {"text": text, "limit": FOUND}
        if kind is not None:
            values["type"] = str(kind)
        data = await self._async_ask("search", values)
        return [
            self._pictured(heard, row["image_url"])
            for row in data["found"]
            for heard in _entries([row], row["type"])
        ]

    async def _async_ask(
        self, question: str, values: Mapping[str, object]
    ) -> dict[str, Any]:
        caller = await async_caller(self._hass, self._context, Interface.MEDIA_SOURCE)
        query_context = async_asking(self._hass, caller)
        with translated_errors():
            answered = await async_answer(
                self._hass, question, values, query_context, caller
            )
        return answered.data

    async def _async_pictured(self, heard: Iterable[Heard]) -> list[Heard]:
        """Return lines with the covers and the pictures of artists that the history knows."""
        lines = list(heard)
        if not lines:
            return lines
        memory = self._hass.data[DATA_HISTORY]
        caller = await async_caller(self._hass, self._context, Interface.MEDIA_SOURCE)
        withheld = hidden_listeners(self._hass, caller.user_id)

        def addresses(queries: HistoryQueries) -> list[str | None]:
            portraits = queries.pictures(
                {each.name for each in lines if each.kind == "artist"}
            )
            found: list[list[str]] = []
            for each in lines:
                if each.uri is not None:
                    found.append([each.uri])
                elif of := BY_NAME.get(each.kind):
                    uris = queries.with_covers(of, each.name, each.by)
                    found.append(uris[:_COVERS])
                else:
                    found.append([])
            covers = queries.covers({uri for uris in found for uri in uris})
            return [
                (portraits.get(each.name) if each.kind == "artist" else None)
                or next((covers[uri] for uri in uris if uri in covers), None)
                for each, uris in zip(lines, found, strict=True)
            ]

        with translated_errors():
            async with memory.async_held():
                pictures = await memory.async_ask(addresses, hidden=withheld)
        return [
            self._pictured(each, address)
            for each, address in zip(lines, pictures, strict=True)
        ]

    def _pictured(self, heard: Heard, address: str | None) -> Heard:
        shown = async_shown_at(self._hass, address, heard.pictured_by)
        return replace(heard, image_url=shown)


def _plays(rows: Iterable[Mapping[str, Any]]) -> Iterator[Heard]:
    for row in rows:
        yield _heard(
            row["uri"], row["title"], ", ".join(row["artists"]), _kind(row["kind"])
        )


def _entries(rows: Iterable[Mapping[str, Any]], kind: str) -> Iterator[Heard]:
    for row in rows:
        by = "" if row["artist"] == row["name"] else row["artist"] or ""
        yield _heard(row["uri"], row["name"], by, kind)


def _heard(uri: str | None, name: str, by: str, kind: str) -> Heard:
    thing = read_thing({"uri": uri, "name": name})
    if thing is None or read_link(thing.uri) is None:
        return Heard(kind, name or uri or "–", by)
    return Heard(thing.kind, thing.name, by, thing.uri)


def _kind(kind: str) -> str:
    return kind if kind != "line_in" else "radio"


def _each_once(lines: Iterable[Heard]) -> list[Heard]:
    """Return lines without those that came before, by another release or not."""
    once: dict[tuple[str, str, str], Heard] = {}
    for each in lines:
        once.setdefault((each.kind, each.name, each.by), each)
    return list(once.values())


def _span(within: str) -> tuple[date, date]:
    """Return the first day of a year or a month, and the first after it. Raises ValueError for what is neither."""
    if _YEAR.fullmatch(within):
        return date(int(within), 1, 1), date(int(within) + 1, 1, 1)
    if not _MONTH.fullmatch(within):
        raise ValueError(within)
    first = date.fromisoformat(f"{within}-01")
    return first, (first + timedelta(days=31)).replace(day=1)


def _evening_of(hour: str) -> str | None:
    """Return the day (ISO) of whose evening an hour (as 2026-07-14T20:00) is, None where it is of none."""
    day, number = hour[:10], int(hour[11:13])
    if number >= _FROM:
        return day
    if number < _BEGINS:
        return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    return None
