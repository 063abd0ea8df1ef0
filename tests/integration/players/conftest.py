"""A house with rooms whose players show states as Home Assistant's own integrations write them, at a clock of its own."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.encore.const import DOMAIN
from custom_components.encore.history.model import Play, Window
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar, entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util

TRACK: Final = "4iV5W9uYEdYUVa79Axb7Rh"
OTHER: Final = "1301WleyT98MSxVHPZCA6M"
EVER: Final = Window(0, 1 << 50)


@dataclass
class Rooms:
    """The home, and what people do in it."""

    hass: HomeAssistant
    freezer: FrozenDateTimeFactory
    entry: MockConfigEntry

    async def wait(self, seconds: float) -> None:
        """Let time pass, minute by minute."""
        while seconds > 0:
            self.freezer.tick(timedelta(seconds=min(seconds, 20)))
            seconds -= 20
            async_fire_time_changed(self.hass)
            await self.hass.async_block_till_done(wait_background_tasks=True)

    async def show(self, entity_id: str, state: str, **attributes: Any) -> None:
        """Let a player show a state."""
        self.hass.states.async_set(entity_id, state, attributes)
        await self.hass.async_block_till_done(wait_background_tasks=True)

    async def sonos(self, name: str, track: str | None, **more: Any) -> None:
        """Let a player of Home Assistant's own Sonos show a track of Spotify, or nothing."""
        entity_id = f"media_player.{name}"
        if track is None:
            await self.show(
                entity_id, "idle", group_members=[entity_id], volume_level=0.3
            )
            return
        shown = {
            "group_members": [entity_id],
            "media_content_id": f"x-sonos-spotify:spotify%3atrack%3a{track}?sid=9&flags=8232&sn=3",
            "media_content_type": "music",
            "media_duration": 200,
            "media_position": 0,
            "media_position_updated_at": dt_util.utcnow(),
            "media_title": f"Song {track[0]}",
            "media_artist": "Ilse Vann",
            "media_album_name": "Low",
            "shuffle": False,
            "repeat": "off",
            "friendly_name": name.replace("_", " ").title(),
        }
        await self.show(entity_id, more.pop("state", "playing"), **{**shown, **more})

    async def spotify(
        self, track: str | None, source: str = "Kitchen", position: int = 0
    ) -> None:
        """Let Home Assistant's own Spotify show a track, or nothing."""
        entity_id = "media_player.spotify_alva"
        if track is None:
            await self.show(entity_id, "idle")
            return
        await self.show(
            entity_id,
            "playing",
            media_content_id=f"spotify:track:{track}",
            media_content_type="music",
            media_duration=200,
            media_position=position,
            media_position_updated_at=dt_util.utcnow(),
            media_title=f"Song {track[0]}",
            media_artist="Ilse Vann, Second Name",
            media_album_name="Low",
            source=source,
            shuffle=False,
            repeat="off",
            friendly_name="Spotify Alva",
        )

    async def plays(self) -> list[Play]:
        """Return what the history has, the earliest first."""
        return await self.hass.data[DATA_HISTORY].async_ask(
            lambda queries: queries.plays(EVER, newest_first=False, min_ms=0),
            hidden=NOBODY_HIDDEN,
        )

    async def sounded(self) -> list[Play]:
        """Return what the history has with how loud it was, the earliest first."""
        return await self.hass.data[DATA_HISTORY].async_ask(
            lambda queries: queries.sounded_in(EVER, limit=100), hidden=NOBODY_HIDDEN
        )

    async def answer(self, question: str, **asked: Any) -> dict[str, Any]:
        """Ask a question by its action."""
        answer = await self.hass.services.async_call(
            DOMAIN, question, asked, blocking=True, return_response=True
        )
        assert answer is not None
        return dict(answer)


def spans(play: Play, since: int) -> list[tuple[str, int, int]]:
    """Return where a play sounded: room, from and to in seconds since a moment (UTC ms)."""
    return [
        (span.room.name, (span.start - since) // 1000, (span.end - since) // 1000)
        for span in play.rooms
    ]


@pytest.fixture
async def rooms(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> AsyncGenerator[Rooms]:
    """Set up a home with a kitchen and a living room, whose players and Spotify account are observed."""
    await hass.config.async_set_time_zone("Europe/Berlin")
    freezer.move_to("2026-07-15T19:00:00+00:00")
    areas, entities = ar.async_get(hass), er.async_get(hass)
    observed = []
    for platform, name, area in (
        ("sonos", "kitchen", "Kitchen"),
        ("sonos", "living_room", "Living room"),
        ("spotify", "spotify_alva", None),
        ("cast", "bath", None),
    ):
        entity = entities.async_get_or_create(
            "media_player", platform, name, suggested_object_id=name
        )
        if area is not None:
            area_id = areas.async_create(area).id
            entities.async_update_entity(entity.entity_id, area_id=area_id)
        observed.append(entity.entity_id)
    assert await async_setup_component(hass, "homeassistant", {})
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="Listening history",
        unique_id="history",
        data={"kind": "history"},
        options={"players": observed},
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    yield Rooms(hass, freezer, entry)
    await hass.config_entries.async_unload(entry.entry_id)
