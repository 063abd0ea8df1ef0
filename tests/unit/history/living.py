"""Lives that are heard, and what each source says of them: the shapes and the flaws of real ones."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st
import msgspec

from custom_components.encore.history.imports.formats import ACCOUNT_DATA, EXTENDED
from custom_components.encore.history.ingest.export_columns import Numbered, first_named
from custom_components.encore.history.ingest.imported_rows import (
    Entered,
    store_export_rows,
)
from custom_components.encore.history.model import Item, Kind, Observation, Source

from .exports import NAMELESS, row
from .memory import ALVA, KITCHEN, MINUTE, NOON, Memory, span

TIDE = Item("spotify:track:tide", Kind.TRACK, "Tide", ("Ilse Vann",), "Low", 90_000)
TIDE_AGAIN = replace(
    TIDE, uri="spotify:track:tide-again", album="Best", duration_ms=91_500
)
"""Another release, by its names."""
GEZEITEN = replace(
    TIDE, uri="spotify:track:gezeiten", title="Gezeiten", isrc="NLA502400017"
)
FLUT = replace(GEZEITEN, uri="spotify:track:flut", title="Flut")
"""Another release, by its ISRC."""
BRASS = Item("spotify:track:brass", Kind.TRACK, "Brass", ("Odd Lamp",), "Yard", 240_000)
DIAL = Item("spotify:episode:dial", Kind.EPISODE, "Weather", ("Dial",), "Dial", 600_000)
DIAL_AGAIN = replace(DIAL, uri="spotify:episode:dial-again")
"""The next day's episode, of the same title."""

ITEMS = [TIDE, TIDE_AGAIN, GEZEITEN, FLUT, BRASS, DIAL, DIAL_AGAIN]

BEGINNINGS = [
    NOON,
    1_711_843_200_000,  # 2024-03-31 00:00 UTC: summer time begins in Amsterdam within the hour
    1_729_987_200_000,  # 2024-10-27 00:00 UTC: and ends
    1_712_415_600_000,  # 2024-04-06 15:00 UTC: Lord Howe goes back by half an hour
    1_717_279_200_000,  # 2024-06-01 22:00 UTC: midnight in Amsterdam
    1_735_689_000_000,  # 2024-12-31 23:50 UTC: New Year
]


@dataclass(frozen=True, slots=True)
class Sounded:
    """What was really heard: an item, when it ended (UTC ms), and how long it sounded."""

    item: Item
    end: int
    ms: int

    @property
    def start(self) -> int:
        """When it began."""
        return self.end - self.ms


@st.composite
def lives(draw: st.DrawFn, items: Sequence[Item] = ITEMS) -> list[Sounded]:
    """Draw what a person heard, play after play with many repeats, some of them cut short."""
    played: list[Sounded] = []
    now = draw(st.sampled_from(BEGINNINGS))
    item = draw(st.sampled_from(items))
    for _ in range(draw(st.integers(1, 9))):
        if draw(st.booleans()):
            item = draw(st.sampled_from(items))
        now += draw(st.sampled_from([0, 0, 300, 20_000, 1_200_000]))
        assert item.duration_ms is not None
        ms = draw(st.sampled_from([item.duration_ms, item.duration_ms, 31_000, 45_250]))
        now += ms
        played.append(Sounded(item, now, ms))
    return played


skews = st.integers(-60_000, 60_000)
"""How far Spotify's clock is from ours."""


def lived(one: Sounded) -> Observation:
    """Return what the watched player says, in the kitchen."""
    rooms = (span(KITCHEN, one.start, one.end),)
    return Observation(
        Source.LIVE, ALVA, one.item, one.start, one.end, one.ms, rooms=rooms
    )


def polled_late(one: Sounded, skew: int) -> Observation:
    """Return what recently played says, by Spotify's clock."""
    end = one.end + skew
    return Observation(Source.POLLED, ALVA, one.item, end - one.ms, end, one.ms)


def _text(moment: int, form: str) -> str:
    return datetime.fromtimestamp(moment // 1000, UTC).strftime(form)


def export_row(one: Sounded, skew: int, **more: Any) -> dict[str, Any]:
    """Return a row of the extended history, by Spotify's clock in whole seconds."""
    names: dict[str, Any] = {
        "spotify_track_uri": one.item.uri,
        "master_metadata_track_name": one.item.title,
        "master_metadata_album_artist_name": one.item.artists[0],
        "master_metadata_album_album_name": one.item.album,
    }
    if one.item.kind is Kind.EPISODE:
        names = NAMELESS | {
            "spotify_episode_uri": one.item.uri,
            "episode_name": one.item.title,
            "episode_show_name": one.item.artists[0],
        }
    ts = _text(one.end + skew, "%Y-%m-%dT%H:%M:%SZ")
    return row(one.end, one.ms, **(names | {"ts": ts} | more))


def offline_row(one: Sounded, skew: int, synced: int) -> dict[str, Any]:
    """Return a row of a play without a network, whose `ts` is the sync that it shares with others."""
    return export_row(
        one,
        skew,
        ts=_text(synced, "%Y-%m-%dT%H:%M:%SZ"),
        offline=True,
        offline_timestamp=(one.start + skew) // 1000,
    )


def account_row(one: Sounded, skew: int) -> dict[str, Any]:
    """Return a row of account data, by Spotify's clock in whole minutes."""
    title, artist = ("trackName", "artistName")
    if one.item.kind is Kind.EPISODE:
        title, artist = ("episodeName", "podcastName")
    return {
        "endTime": _text((one.end + skew) // MINUTE * MINUTE, "%Y-%m-%d %H:%M"),
        artist: one.item.artists[0],
        title: one.item.title,
        "msPlayed": one.ms,
    }


def import_rows(store: Memory, rows: Sequence[dict[str, Any]]) -> None:
    """Take in rows of the extended history or of account data, as an import does."""
    for form, some in (
        (EXTENDED, [each for each in rows if "ts" in each]),
        (ACCOUNT_DATA, [each for each in rows if "endTime" in each]),
    ):
        read = msgspec.convert(some, list[form.row])  # type: ignore[name-defined]  # a type it is
        assert form.understood is not None
        played, first_names, skipped = form.understood(read, Numbered())
        assert not skipped
        store.connection.rollback()
        with store.connection.begin():
            store_export_rows(
                store.connection,
                store.ingest,
                ALVA,
                form.source,
                played,
                entered=Entered(store.ingest.catalog),
                first_names=[*map(first_named, first_names)],
            )
