"""Every place where Home Assistant shows something of the history, beside answers: what it shows to whom, as one would see it."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    MockHAClientWebSocket,
    WebSocketGenerator,
)

from custom_components.encore.const import DOMAIN
from custom_components.encore.history.model import Window
from custom_components.encore.history.queries.play_ids import PlayId
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.media.media_ids import SOURCE
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.components.recorder.statistics import (
    list_statistic_ids,
    statistics_during_period,
)
from homeassistant.core import Event, HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.recorder import get_instance
from homeassistant.util import dt as dt_util
from tests.integration.api.test_every_interface import MAY_ASK

type Shown = dict[str, Any]

SEARCHED: Final = ("Moth Lantern", "Nobody Else", "Hidden Hours", "Ember")
"""What is looked for in the media browser and among pictures: three things of one listener, and one of two."""


@dataclass
class Reader:
    """Somebody who looks: their way in, and whether they administrate."""

    name: str
    token: str
    administrates: bool = False


@dataclass
class Surfaces:
    """The places, with the ways in of those who look."""

    hass: HomeAssistant
    client: ClientSessionGenerator
    socket: WebSocketGenerator
    readers: tuple[Reader, ...]
    plays_of: str
    """The key of the listener whose plays are asked for by their ids."""
    fired: list[Event[Any]] = field(default_factory=list)
    """What was on the event bus."""
    known: list[str] = field(default_factory=list)
    """The ids of plays that were there once."""

    async def all(self) -> Shown:
        """Return what all of them show now, by their names and by who looks."""
        await async_wait_recording_done(self.hass)
        shown: Shown = {
            "states": self.states(),
            "registries": self.registries(),
            "statistics": await self.statistics(),
            "get_events": await self.get_events(),
        }
        for reader in self.readers:
            for name, reported in (await self.told_to(reader)).items():
                shown[f"{name} ({reader.name})"] = reported
        return shown

    def states(self) -> Shown:
        """Return the states of all of Encore's entities, also of those that are not in the registry."""
        registry = er.async_get(self.hass)
        return {
            state.entity_id: (state.state, state.name, dict(state.attributes))
            for state in self.hass.states.async_all()
            if (entity := registry.async_get(state.entity_id)) is None
            or entity.platform == DOMAIN
            if state.domain not in {"person", "automation", "zone", "sun"}
            if state.entity_id != "media_player.loft"
        }

    def registries(self) -> Shown:
        """Return the names of all of Encore's entities and devices."""
        entities = er.async_get(self.hass).entities.values()
        devices = [*dr.async_get(self.hass).devices]
        return {
            "entities": sorted(
                (each.entity_id, each.unique_id, each.original_name or "")
                for each in entities
                if each.platform == DOMAIN
            ),
            "devices": sorted(
                each.name or ""
                for each in devices
                if any(domain == DOMAIN for domain, _ in each.identifiers)
            ),
        }

    async def statistics(self) -> Shown:
        """Return all long-term statistics of Encore, with their names and rows."""
        recorder = get_instance(self.hass)
        listed = await recorder.async_add_executor_job(list_statistic_ids, self.hass)
        ours = {
            str(each["statistic_id"]): each["name"]
            for each in listed
            if each["source"] == DOMAIN
        }
        if not ours:
            return {}
        rows = await recorder.async_add_executor_job(
            statistics_during_period,
            self.hass,
            dt_util.utc_from_timestamp(0),
            None,
            {*ours},
            "hour",
            None,
            {"state", "sum"},
        )
        return {each: (name, rows.get(each)) for each, name in ours.items()}

    async def get_events(self) -> Shown:
        """Return what the calendars have, as automations get it."""
        now = dt_util.now()
        calendars = [
            state.entity_id for state in self.hass.states.async_all("calendar")
        ]
        answer = await self.hass.services.async_call(
            "calendar",
            "get_events",
            {
                "entity_id": calendars,
                "start_date_time": (now - timedelta(days=30)).isoformat(),
                "end_date_time": now.isoformat(),
            },
            blocking=True,
            return_response=True,
        )
        return dict(answer or {})

    async def told_to(self, reader: Reader) -> Shown:
        """Return what one who looks is told by commands of the frontend, and over HTTP."""
        socket = await self.socket(self.hass, reader.token)
        reported = {
            "names": await sent(socket, "encore/names"),
            "media": await self.media(socket),
            "found": [
                await sent(
                    socket,
                    "media_source/search_media",
                    media_content_id=SOURCE,
                    search_query=text,
                )
                for text in SEARCHED
            ],
            "details": [
                await sent(socket, "encore/play", play=each)
                for each in await self.ids()
            ],
            "jobs": await acted(socket, "get_jobs"),
            "calls": await sent(socket, "encore/command", command="get_api_usage"),
            "sync": await sent(socket, "encore/command", command="get_sync_status"),
            "forgotten": await sent(socket, "encore/command", command="get_deletions"),
            "pictures": await self.pictures(reader),
            "calendars": await self.calendars(reader),
            **{
                question: await sent(
                    socket, "encore/ask", question=question, parameters=values
                )
                for question, values in MAY_ASK.items()
            },
        }
        if reader.administrates:
            overview = await sent(socket, "encore/overview")
            # That there is an account, and whether it works, is no secret to who administrates.
            for each in overview["accounts"]:
                del each["account"], each["listener"], each["entry_id"], each["privacy"]
                del each["token"]
            # Nor is that somebody asked, which all who look here do.
            del overview["asked"]
            reported["overview"] = overview
            reported["events"] = [
                each
                for each in (await sent(socket, "encore/events"))["events"]
                if each["kind"] != "entry"
            ]
        await socket.close()
        return reported

    async def media(self, socket: MockHAClientWebSocket) -> list[Any]:
        """Return every folder of the media source, to the bottom."""
        found: list[Any] = []
        waiting = [SOURCE]
        while waiting:
            folder = await sent(
                socket, "media_source/browse_media", media_content_id=waiting.pop()
            )
            found.append(folder)
            waiting += [
                child["media_content_id"]
                for child in folder.get("children") or ()
                if child["can_expand"]
            ]
        return found

    async def pictures(self, reader: Reader) -> Shown:
        """Return which pictures there are, by what is asked for."""
        client = await self.client(reader.token)
        found: Shown = {}
        for text in SEARCHED:
            for asked in ("artist", "album", "show", "uri"):
                values = {asked: text}
                if asked == "album":
                    values["artist"] = "Nobody Else"
                if asked == "uri":
                    values["uri"] = uri_of(text)
                answer = await client.get("/api/encore/picture", params=values)
                found[f"{len(found)}"] = (answer.status, await answer.text())
        return found

    async def calendars(self, reader: Reader) -> Shown:
        """Return what the page of calendars shows."""
        client = await self.client(reader.token)
        now = dt_util.utcnow()
        span = {
            "start": (now - timedelta(days=30)).isoformat(),
            "end": now.isoformat(),
        }
        listed = await (await client.get("/api/calendars")).json()
        return {
            each["name"]: await (
                await client.get(f"/api/calendars/{each['entity_id']}", params=span)
            ).json()
            for each in listed
        }

    async def ids(self) -> list[str]:
        """Return the ids of all plays of the listener that there are or were, whoever may know of them."""
        plays = await self.hass.data[DATA_HISTORY].async_ask(
            lambda queries: queries.plays(Window(0, 1 << 50), min_ms=0),
            hidden=NOBODY_HIDDEN,
        )
        theirs = [play for play in plays if play.listener.key == self.plays_of]
        self.known += {PlayId.of(play).text for play in theirs} - {*self.known}
        return self.known


def uri_of(title: str) -> str:
    """Return the URI of a song of the tests."""
    return f"spotify:track:{title.casefold().replace(' ', '')}"


async def sent(socket: MockHAClientWebSocket, kind: str, /, **values: Any) -> Any:
    """Return what a command answers, or why it does not."""
    await socket.send_json_auto_id({"type": kind, **values})
    answer = await socket.receive_json()
    return answer["result"] if answer["success"] else answer["error"]


async def acted(socket: MockHAClientWebSocket, action: str, **values: Any) -> Any:
    """Return what an action of Encore answers to who called it in the developer tools."""
    answer = await sent(
        socket,
        "call_service",
        domain=DOMAIN,
        service=action,
        service_data=values,
        return_response=True,
    )
    return answer.get("response", answer)
