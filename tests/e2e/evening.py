"""What a stranger does in the walk, and the truth to hold the answers against."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from demo.api import Json
from demo.home import Home
from demo.link import entries
from simulator.spotify.people import HOME_TIME_ZONE

from .waiting import until

COUNTED_FROM_MS = 30_000
"""Encore's questions count plays from half a minute on, as Spotify does."""
MOST = "Which artist did I listen to most last month?"
NUMBERS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]


@dataclass(frozen=True, slots=True)
class Account:
    """A linked account: its person in the simulator, its entry and its media player."""

    person: str
    entry: Json
    player: str
    imported: Json
    """Encore's report of the import of the past."""
    exported: Json
    """The simulator's report of the export."""


@dataclass(frozen=True, slots=True)
class Evening:
    """Two tracks that were played from Home Assistant: one heard for half a minute, one after it."""

    first: Json
    second: Json
    states: tuple[Json, Json]
    """The media player while each of them played."""


async def spend(home: Home, account: Account) -> Evening:
    """Play a track, listen for half a minute, and skip to another one that was queued."""
    first, second = await two_tracks(home, account.person)
    await media_player(home, account, "play_media", media_content_id=first["uri"])
    playing = await shown(home, account, first)
    await media_player(
        home, account, "play_media", media_content_id=second["uri"], enqueue="add"
    )

    async def played_enough() -> bool:
        now = await home.truth.ask("GET", "state", params={"person": account.person})
        return bool(
            now["uri"] == first["uri"] and now["progress_ms"] > COUNTED_FROM_MS + 1000
        )

    await until(played_enough, within=60)
    await home.api.act("media_player.media_next_track", {"entity_id": account.player})
    skipped_to = await shown(home, account, second)
    await home.api.act("media_player.media_pause", {"entity_id": account.player})
    return Evening(first, second, (playing, skipped_to))


async def two_tracks(home: Home, person: str) -> tuple[Json, Json]:
    """Return two tracks that last longer than a minute and were not heard in the last hours."""
    played = await home.truth.heard(person)
    long_ago = [
        row
        for row in played[-2000:-200]
        if row["kind"] == "track" and not row["skipped"] and row["ms_played"] > 60_000
    ]
    first = long_ago[0]
    second = next(row for row in long_ago if row["title"] != first["title"])
    return first, second


async def media_player(home: Home, account: Account, action: str, **data: Any) -> None:
    """Ask the account's media player to play something."""
    await home.api.act(
        f"media_player.{action}",
        {"entity_id": account.player, "media_content_type": "music", **data},
    )


async def shown(home: Home, account: Account, track: Json) -> Json:
    """Wait until the media player plays a track; return its state."""

    async def playing() -> Json | None:
        state = await home.api.state(account.player)
        title = state["attributes"].get("media_title")
        return (
            state if state["state"] == "playing" and title == track["title"] else None
        )

    return await until(playing, what=f"“{track['title']}” in the media player")


async def until_loaded(home: Home) -> None:
    """Wait until every entry of Encore is loaded."""

    async def loaded() -> bool:
        return {one["state"] for one in await entries(home.api)} == {"loaded"}

    await until(loaded, within=60, what="Encore's entries")


async def asked(home: Home, question: str, language: str = "en") -> str:
    """Return what Assist says to a question."""
    answer = await home.api.post(
        "/api/conversation/process", {"text": question, "language": language}
    )
    return str(answer["response"]["speech"]["plain"]["speech"])


def counted(played: list[Json]) -> list[Json]:
    """Return the rows of a ledger that count as plays."""
    return [row for row in played if row["ms_played"] >= COUNTED_FROM_MS]


def said(number: int) -> str:
    """Return a number as Encore says it."""
    return NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"


def local(moment: int) -> datetime:
    """Return the home's time of a moment in UTC milliseconds."""
    return datetime.fromtimestamp(moment / 1000, ZoneInfo(HOME_TIME_ZONE))


def last_month() -> tuple[int, int]:
    """Return the home's last calendar month, `[start, end)` in UTC milliseconds."""
    now = datetime.now(ZoneInfo(HOME_TIME_ZONE))
    end = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    start = (end - timedelta(days=1)).replace(day=1)
    return int(start.timestamp() * 1000), int(end.timestamp() * 1000)


def favourites(played: list[Json]) -> list[tuple[str, int]]:
    """Return who may be the artist with the most plays, each with every number of plays that may be told.

    An export names the first artist of a track alone. Who else plays in it counts as soon as Spotify has told of that track.
    """
    tracks = [row for row in counted(played) if row["kind"] == "track"]
    first = Counter(row["artists"][0] for row in tracks)
    every = Counter(artist for row in tracks for artist in set(row["artists"]))
    most = max(first.values())
    return [
        (artist, plays)
        for artist, at_most in every.items()
        for plays in range(max(first[artist], most), at_most + 1)
    ]


def heard_at_a_full_minute(played: list[Json]) -> tuple[Json, datetime]:
    """Return the newest row of the days before today that sounded at a full minute, and that minute."""
    midnight = datetime.now(ZoneInfo(HOME_TIME_ZONE)).replace(
        hour=0, minute=0, second=0
    )
    for row in reversed(counted(played)):
        minute = local(row["started_at"]).replace(second=0, microsecond=0) + timedelta(
            minutes=1
        )
        sounded = row["ended_at"] - row["started_at"] - row["ms_played"] < 1000
        inside = minute + timedelta(seconds=2) < local(row["ended_at"])
        if sounded and inside and minute < midnight:
            return row, minute
    raise AssertionError("nothing was heard on an earlier day")


def in_words(minute: datetime) -> str:
    """Return a minute as people say it: `8:42 pm yesterday`, `7:03 am on Monday`."""
    today = datetime.now(ZoneInfo(HOME_TIME_ZONE)).date()
    days = (today - minute.date()).days
    day = "yesterday" if days == 1 else f"on {minute:%A}"
    return f"{minute.hour % 12 or 12}:{minute:%M} {'am' if minute.hour < 12 else 'pm'} {day}"
