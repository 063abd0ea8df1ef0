"""A house whose history is odd: none yet, then one play, then ten years with a hole in them and titles that no page expects."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
import json
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile

from demo.api import Json
from demo.home import Home
from demo.link import OPTIONS_FLOW, belongs_to, entries, link, register_app
from demo.onboarding import Owner
from demo.past import Export, import_past
from demo.ports import any_port

from .conftest import watched
from .evening import until_loaded

MARKUP: Final = "<img src=x onerror=\"document.title='taken'\"><b>Bold</b>"
EMOJI: Final = "👩‍👩‍👧‍👦 🏳️‍🌈 Ça va? 🎧"
RIGHT_TO_LEFT: Final = "أغنية طويلة عن البحر (Live) 2"
LONG: Final = "Ohrwurm" * 43
"""300 characters without a space."""
ODD: Final = (MARKUP, EMOJI, RIGHT_TO_LEFT, LONG[:300], "Plain")
"""No picture is known of any of them."""
FIRST: Final = "The only play"
SECRET: Final = "What Ben keeps to himself"

YEARS: Final = 10
HOLE: Final = range(3 * 365, 6 * 365)
"""So many days ago nothing was heard."""

VIEWER: Final = Owner("Vera", "vera", "only looks")
REFUSED: Final = Owner("Rolf", "rolf", "may not look")
BEN: Final = Owner("Ben", "ben", "is private")

DASHBOARD: Final = "odd-cards"
CARDS: Final[tuple[Json, ...]] = (
    {"type": "custom:encore-now-card", "show_empty": True},
    {"type": "custom:encore-top-card", "of": "tracks", "time_range": "all_time"},
    {"type": "custom:encore-heatmap-card", "time_range": "all_time"},
    {"type": "custom:encore-timeline-card", "time_range": "all_time", "step": "year"},
    {"type": "custom:encore-on-this-day-card"},
    {"type": "custom:encore-recent-card", "time_range": "all_time"},
)


@dataclass(frozen=True, slots=True)
class OddHouse:
    """The home, and the entry of Alva's account."""

    home: Home
    entry: Json

    async def hears(self, rows: list[Json]) -> None:
        """Import an export with these rows for Alva; all of them are stored."""
        await _is_subscribed_somewhere(self.home, self.entry, rows)


@asynccontextmanager
async def odd_home(folder: Path) -> AsyncGenerator[OddHouse]:
    """Run a home in which nothing was heard yet.

    Alva owns it; Ben shares with nobody, and heard something; Vera only looks, and Rolf may not even do that.
    """
    async with Home(
        config=folder / "config",
        spotify=folder / "spotify",
        port=any_port(),
        simulator_port=any_port(),
        environment=watched(folder),
        past_days=0,
    ) as home:
        await home.start_simulators()
        await home.start_home_assistant(("Alva", "Ben"))
        users = {one: await _moves_in(home, one) for one in (VIEWER, REFUSED, BEN)}
        await _is(home, "Ben", users[BEN])
        await register_app(home.api)
        alva, ben = [await link(home.api, person) for person in ("alva", "ben")]
        await belongs_to(home.api, alva["entry_id"], "person.alva")
        # What is private cannot be imported by Alva, either.
        await _is_subscribed_somewhere(
            home, ben, [row(SECRET, datetime.now(UTC) - timedelta(hours=1))]
        )
        await belongs_to(home.api, ben["entry_id"], "person.ben", privacy="private")
        await _trusts_not(home, users[REFUSED])
        await until_loaded(home)
        await _hang_cards(home)
        yield OddHouse(home, alva)


def row(title: str, at: datetime) -> Json:
    """Return a row of Spotify's Extended Streaming History: a track that was heard for three minutes, up to a moment."""
    return {
        "ts": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "platform": "ios",
        "ms_played": 180_000,
        "conn_country": "NL",
        "ip_addr": "192.0.2.1",
        "master_metadata_track_name": title,
        "master_metadata_album_artist_name": title,
        "master_metadata_album_album_name": title,
        "spotify_track_uri": f"spotify:track:{sum(map(ord, title)):022d}",
        "reason_start": "trackdone",
        "reason_end": "trackdone",
        "shuffle": False,
        "skipped": False,
        "offline": False,
        "offline_timestamp": None,
        "incognito_mode": False,
    }


def ten_years(until: datetime) -> list[Json]:
    """Return what was heard each day up to a moment: of the odd things one after the other, but for the years of the hole."""
    return [
        row(ODD[(ago + turn) % len(ODD)], until - timedelta(days=ago, minutes=4 * turn))
        for ago in range(1, YEARS * 365)
        if ago not in HOLE
        for turn in range(2)
    ]


async def _is_subscribed_somewhere(home: Home, entry: Json, rows: list[Json]) -> None:
    path = export_with(rows, home.home_assistant.media / "my_spotify_data_odd.zip")
    export = Export(path, {"plays": len(rows)})
    report = await import_past(home.api, entry["entry_id"], export)
    assert report["stored"] == len(rows), report


def export_with(rows: list[Json], path: Path) -> Path:
    """Write a ZIP as Spotify's."""
    with ZipFile(path, "w", ZIP_DEFLATED) as export:
        export.writestr(
            "Spotify Extended Streaming History/Streaming_History_Audio_0.json",
            json.dumps(rows),
        )
    return path


async def _moves_in(home: Home, one: Owner) -> str:
    """Make somebody who is no administrator; return the user's id."""
    async with home.api.socket() as socket:
        made = await socket.command(
            "config/auth/create", name=one.name, group_ids=["system-users"]
        )
        user: str = made["user"]["id"]
        await socket.command(
            "config/auth_provider/homeassistant/create",
            user_id=user,
            username=one.username,
            password=one.password,
        )
    return user


async def _is(home: Home, person: str, user: str) -> None:
    """Say which user a person is."""
    async with home.api.socket() as socket:
        people = (await socket.command("person/list"))["storage"]
        [known] = [one for one in people if one["name"] == person]
        await socket.command("person/update", person_id=known["id"], user_id=user)


async def _trusts_not(home: Home, user: str) -> None:
    """Say in the options of the history that a user may not even ask."""
    [history] = [
        one for one in await entries(home.api) if one["title"] == "Listening history"
    ]
    menu = await home.api.post(OPTIONS_FLOW, {"handler": history["entry_id"]})
    here = f"{OPTIONS_FLOW}/{menu['flow_id']}"
    page = await home.api.post(here, {"next_step_id": "trust"})
    stored: dict[str, Any] = {
        field["name"]: field["default"]
        for field in page["data_schema"]
        if "default" in field
    }
    done = await home.api.post(here, {**stored, "trusted_as_student": [f"user:{user}"]})
    assert done["type"] == "create_entry", done


async def _hang_cards(home: Home) -> None:
    """Hang a dashboard up with one card of each kind."""
    async with home.api.socket() as socket:
        await socket.command(
            "lovelace/dashboards/create", url_path=DASHBOARD, title="Odd cards"
        )
        view = {
            "title": "Odd cards",
            "path": "cards",
            "type": "sections",
            "max_columns": 3,
            "sections": [
                {"type": "grid", "cards": CARDS[at : at + 2]} for at in (0, 2, 4)
            ],
        }
        await socket.command(
            "lovelace/config/save", url_path=DASHBOARD, config={"views": [view]}
        )
