"""A house on a Wednesday at noon in Berlin, with Alva's account, which the household shares, and no past."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.encore.const import DOMAIN
from custom_components.encore.dispatch.dispatcher import async_ask
from custom_components.encore.dispatch.request_context import RequestContext
from custom_components.encore.entities.entity_answers import EVERY_S
from custom_components.encore.history.model import (
    Item,
    Kind,
    Listener,
    Observation,
    Room,
    RoomSpan,
    Source,
)
from custom_components.encore.questions.base.answer import Answer
from custom_components.encore.questions.base.question import Question
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
from simulator.spotify import SpotifySimulator
from tests.integration.auth.conftest import (
    Link,
    credentials,  # noqa: F401 - a fixture
    link,  # noqa: F401 - a fixture
)
from tests.integration.spotify.conftest import set_up

type Until = Callable[[str], Awaitable[None]]
type Record = Callable[..., Awaitable[None]]
type Shown = Callable[[str], State]

BERLIN = ZoneInfo("Europe/Berlin")
KITCHEN = Room("kitchen", "Kitchen")


def at(text: str) -> int:
    """Return a local time in Berlin as UTC milliseconds."""
    return int(datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp() * 1000)


def song(title: str, artist: str = "Kite Season") -> Item:
    """Return a song that lasts 200 seconds."""
    uri = f"spotify:track:{title.casefold().replace(' ', '')}"
    return Item(uri, Kind.TRACK, title, (artist,), "Hollow", 200_000)


def played(
    listener: Listener,
    item: Item,
    started: str,
    *,
    seconds: int = 200,
    room: Room | None = None,
    source: Source = Source.LIVE,
    **more: Any,
) -> Observation:
    """Return what a source saw of one play from a local time on."""
    start = at(started)
    end = start + seconds * 1000
    rooms = (RoomSpan(room, start, end),) if room else ()
    return Observation(
        source, listener, item, start, end, seconds * 1000, rooms=rooms, **more
    )


def listener_of(entry: MockConfigEntry) -> Listener:
    """Return who listens on an account."""
    return Listener(f"spotify:{entry.data['account_id']}", entry.data["display_name"])


@pytest.fixture(autouse=True)
async def noon(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Stop the clock on Wednesday, 15 July 2026, at noon, before the simulator takes its time from it."""
    await hass.config.async_set_time_zone("Europe/Berlin")
    freezer.move_to("2026-07-15T10:00:00+00:00")


@pytest.fixture
def until(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Until:
    """Return a way to let time pass until a local time in Berlin, and all that follows happen."""

    async def until(text: str) -> None:
        freezer.move_to(datetime.fromisoformat(text).replace(tzinfo=BERLIN))
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)

    return until


@pytest.fixture
async def alva(
    hass: HomeAssistant,
    noon: None,
    spotify: SpotifySimulator,
    link: Link,  # noqa: F811 - a fixture
) -> MockConfigEntry:
    """Return Alva's account, shared with the household and set up, without what she heard before."""
    spotify.world.recent_places = 0
    entry = await link("alva")
    hass.config_entries.async_update_entry(
        entry,
        options={"privacy": "household"},
        minor_version=2,
    )
    return await set_up(hass, entry)


@pytest.fixture
def record_plays(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Record:
    """Return a way to have plays stored, and all that follows happen, which may take some seconds."""

    async def record_plays(*observations: Observation) -> None:
        await hass.data[DATA_HISTORY].async_append(observations)
        await hass.async_block_till_done(wait_background_tasks=True)
        freezer.tick(EVERY_S + 1)
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)

    return record_plays


@pytest.fixture
def shown(hass: HomeAssistant) -> Shown:
    """Return a way to see the state of an entity by its unique id."""

    def shown(unique_id: str) -> State:
        (entity,) = [
            each
            for each in er.async_get(hass).entities.values()
            if each.platform == DOMAIN and each.unique_id == unique_id
        ]
        state = hass.states.get(entity.entity_id)
        assert state is not None, entity
        return state

    return shown


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the questions that entities ask about a listener from now on."""
    questions: list[str] = []

    async def noted(
        question: Question[Any, Any], asked: object, context: RequestContext
    ) -> Answer:
        if getattr(asked, "listener", None) is not None:
            questions.append(question.key)
        answer: Answer = await async_ask(question, asked, context)
        return answer

    monkeypatch.setattr(
        "custom_components.encore.entities.entity_answers.async_ask", noted
    )
    return questions
