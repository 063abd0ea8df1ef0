"""A house that records, with Alva's and Ben's accounts connected, and automations that follow everybody."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any, Final

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockUser,
    async_fire_time_changed,
)
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)
import yaml

from custom_components.encore.const import DOMAIN
from custom_components.encore.history.model import (
    Device,
    Item,
    Kind,
    Listener,
    Observation,
    Room,
)
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from custom_components.encore.statistics.hourly_statistics import SOON_S
from homeassistant.auth.const import GROUP_ID_USER
from homeassistant.components.recorder.core import Recorder
from homeassistant.const import MATCH_ALL
from homeassistant.core import Context, Event, HomeAssistant, callback
from homeassistant.helpers import area_registry as ar
from homeassistant.setup import async_setup_component
from simulator.spotify import SpotifySimulator
from tests.integration.auth.conftest import (
    Link,
    credentials,  # noqa: F401 - a fixture
    link,  # noqa: F401 - a fixture
)
from tests.integration.entities.conftest import played
from tests.integration.persons import add_person, change_sharing, requested_by
from tests.integration.spotify.conftest import set_up

from .every_surface import Reader, Surfaces, uri_of

LOFT: Final = Room("media_player.loft", "Loft Nine")
"""A room in which nobody but Ben is heard."""
KITCHEN: Final = Room("kitchen", "Kitchen")

THEIRS: Final = (
    "Moth Lantern",
    "Nobody Else",
    "Hidden Hours",
    "Whisper Cast",
    "Loft Nine",
    "Bens Zither",
    "mothlantern",
)
"""What only Ben heard, where, and on what."""

FOLLOWING: Final = """
- alias: Finished
  triggers:
    - trigger: encore.play_finished
  actions:
    - event: told
      event_data:
        trigger: "{{ trigger }}"
- alias: New
  triggers:
    - trigger: encore.new_artist_discovered
  actions:
    - event: told
      event_data:
        trigger: "{{ trigger }}"
- alias: Streak
  triggers:
    - trigger: encore.streak_reached
      options:
        days: 2
        every_day: true
  actions:
    - event: told
      event_data:
        trigger: "{{ trigger }}"
- alias: Heard
  triggers:
    - trigger: event
      event_type: try
  conditions:
    - condition: encore.was_heard
      options:
        within: "02:00:00"
        artist: Nobody Else
  actions:
    - event: passed
      event_data:
        by: was_heard
- alias: Room
  triggers:
    - trigger: event
      event_type: try
  conditions:
    - condition: encore.has_listened
      options:
        minutes: 1
        time_range: this_week
        room: Loft Nine
  actions:
    - event: passed
      event_data:
        by: has_listened
"""


def song(title: str, artist: str, album: str) -> Item:
    """Return a song that lasts 200 seconds, with a cover."""
    cover = f"https://i.scdn.co/image/{title.casefold().replace(' ', '')}"
    return Item(
        uri_of(title), Kind.TRACK, title, (artist,), album, 200_000, image_url=cover
    )


EMBER: Final = song("Ember", "Kite Season", "Hollow")
MOTH: Final = song("Moth Lantern", "Nobody Else", "Hidden Hours")
CAST: Final = Item(
    "spotify:episode:whisper",
    Kind.EPISODE,
    "Whisper Cast 9",
    ("Whisper Cast",),
    "",
    1_200_000,
)


@pytest.fixture(autouse=True)
def encore_enabled(
    async_test_recorder: object, enable_custom_integrations: None
) -> None:
    """Let Home Assistant find Encore; the recorder's database comes before the home."""


@dataclass
class Home:
    """The home, and ways to let things happen in it."""

    hass: HomeAssistant
    freezer: FrozenDateTimeFactory
    alva: MockConfigEntry
    ben: MockConfigEntry
    surfaces: Surfaces
    as_ben: Context

    @property
    def whose(self) -> tuple[Listener, Listener]:
        """Alva and Ben, as listeners."""
        entries = (self.alva, self.ben)
        alva, ben = (
            Listener(f"spotify:{each.data['account_id']}", each.data["display_name"])
            for each in entries
        )
        return alva, ben

    def past(self) -> list[Observation]:
        """Return what both heard: each something alone, and one song that both know in one room."""
        alva, ben = self.whose
        zither = Device("zither", "Bens Zither")
        return [
            played(alva, EMBER, "2026-07-13 20:00", room=KITCHEN),
            played(alva, EMBER, "2026-07-14 20:00", room=KITCHEN),
            played(ben, EMBER, "2025-07-15 20:00", room=KITCHEN),
            played(ben, EMBER, "2026-07-14 21:00", room=KITCHEN, device=zither),
            played(ben, MOTH, "2025-07-15 20:10", room=LOFT),
            *(played(ben, MOTH, f"2026-01-{day:02} 20:00", room=LOFT) for day in range(1, 20)),
            played(ben, MOTH, "2026-07-14 21:10", room=LOFT, device=zither),
            played(ben, CAST, "2026-07-14 22:00", seconds=1_200, room=LOFT),
        ]  # fmt: skip

    async def hear(self, *reported: Observation) -> None:
        """Let sources say what was heard, and let all that follows happen."""
        await self.hass.data[DATA_HISTORY].async_append(reported)
        await self.settle()

    async def settle(self) -> None:
        """Let as much time pass as entities, events and statistics take."""
        for seconds in (11, 16, SOON_S + 1):
            await self.at_once()
            self.freezer.tick(seconds)
            async_fire_time_changed(self.hass)
        await self.at_once()

    async def at_once(self) -> None:
        """Let happen what follows without any time passing."""
        await self.hass.async_block_till_done(wait_background_tasks=True)

    async def share(self, privacy: str, **ends: bool) -> None:
        """Let Ben choose in the options of his account with whom he shares, and what becomes of what was recorded."""
        user = await self.hass.auth.async_get_user(str(self.as_ben.user_id))
        with requested_by(user):
            done = await change_sharing(
                self.hass,
                self.ben,
                {
                    "person": "person.ben",
                    "privacy": privacy,
                    "shared_with": [],
                    "satellites": [],
                },
                **ends,
            )
        assert done["type"] == "create_entry", done
        await self.at_once()

    async def act(self, action: str, **values: object) -> dict[str, Any]:
        """Let Ben call an action of Encore."""
        answer = await self.hass.services.async_call(
            DOMAIN,
            action,
            values,
            blocking=True,
            return_response=True,
            context=self.as_ben,
        )
        return dict(answer or {})


@pytest.fixture
async def home(
    hass: HomeAssistant,
    recorder_mock: Recorder,
    freezer: FrozenDateTimeFactory,
    spotify: SpotifySimulator,
    link: Link,  # noqa: F811 - a fixture
    hass_client: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
    hass_admin_user: MockUser,
) -> AsyncGenerator[Home]:
    """Set up the home on a Wednesday at noon in Berlin; Ben is private."""
    await hass.config.async_set_time_zone("Europe/Berlin")
    freezer.move_to("2026-07-15T10:00:00+00:00")
    spotify.clock.catch_up()
    ar.async_get(hass).async_create("Kitchen")
    for domain in ("homeassistant", "conversation", "media_source", "calendar"):
        assert await async_setup_component(hass, domain, {})
    hass.states.async_set(LOFT.key, "idle", {"friendly_name": LOFT.name})
    group = await hass.auth.async_get_group(GROUP_ID_USER)
    assert group is not None
    users = {
        "alva": hass_admin_user,
        "ben": MockUser(name="Ben", is_owner=False, groups=[group]),
        "cleo": MockUser(name="Cleo", is_owner=False, groups=[group]),
    }
    users["ben"].add_to_hass(hass)
    users["cleo"].add_to_hass(hass)
    for name, user in users.items():
        await add_person(hass, name, user)
    spotify.world.recent_places = 0
    accounts = {}
    for name, privacy in (("alva", "household"), ("ben", "private")):
        entry = await link(name)
        hass.config_entries.async_update_entry(
            entry,
            options={"person": f"person.{name}", "privacy": privacy},
            minor_version=2,
        )
        accounts[name] = await set_up(hass, entry)
    (history,) = [
        each
        for each in hass.config_entries.async_entries(DOMAIN)
        if each.data["kind"] == "history"
    ]
    hass.config_entries.async_update_entry(
        history,
        options={
            "trusted_as_autonomous": [f"user:{users['ben'].id}"],
            # So it is told where they are, instead of what they show.
            "pictures": "spotify",
        },
    )
    automations = {"automation": yaml.safe_load(FOLLOWING)}
    assert await async_setup_component(hass, "automation", automations)

    async def token(user: MockUser) -> str:
        refresh = await hass.auth.async_create_refresh_token(
            user, "https://example.org/"
        )
        return hass.auth.async_create_access_token(refresh)

    readers = (
        Reader("administrator", await token(users["alva"]), administrates=True),
        Reader("user", await token(users["cleo"])),
    )
    surfaces = Surfaces(
        hass,
        hass_client,
        hass_ws_client,
        readers,
        f"spotify:{accounts['ben'].data['account_id']}",
    )

    @callback
    def fired(event: Event[Any]) -> None:
        surfaces.fired.append(event)

    hass.bus.async_listen(MATCH_ALL, fired)
    home = Home(
        hass,
        freezer,
        accounts["alva"],
        accounts["ben"],
        surfaces,
        Context(user_id=users["ben"].id),
    )
    await home.settle()
    yield home
    for each in hass.config_entries.async_entries(DOMAIN):
        await hass.config_entries.async_unload(each.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
