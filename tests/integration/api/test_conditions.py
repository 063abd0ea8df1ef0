"""Conditions of automations: what is playing, was heard, and for how long somebody listened."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import probatio
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
    async_fire_time_changed,
)
import yaml

from custom_components.encore import condition
from custom_components.encore.const import CONF_GROUPS
from custom_components.encore.dispatch import caller_context
from custom_components.encore.history.model import (
    HOUSEHOLD,
    Item,
    Kind,
    Listener,
    Observation,
    Play,
    RoomSpan,
    Source,
    as_play,
)
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers.condition import (
    async_from_config,
    async_validate_condition_config,
)
from homeassistant.setup import async_setup_component
from tests.integration.api.test_visibility import Share, share  # noqa: F401  a fixture
from tests.integration.running import async_act
from tests.unit.questions.house import (
    ALVA,
    BEN,
    EMBER,
    GLASS,
    KITCHEN,
    ODD,
    STUDY,
    heard,
)

type Passes = Callable[[], Awaitable[bool]]
type Under = Callable[[str], Awaitable[Passes]]

NOBODY = Listener(HOUSEHOLD, "Household")


@pytest.fixture
def under(hass: HomeAssistant, house: MockConfigEntry) -> Under:
    """Return a way to have an automation with a condition, written as users do; it gives whether it would run now."""

    async def under(written_as: str) -> Passes:
        written = f"""
alias: If it is so
triggers:
  - trigger: event
    event_type: try
conditions:
{written_as}
actions:
  - event: ran
"""
        assert await async_setup_component(
            hass, "automation", {"automation": yaml.safe_load(written)}
        )
        state = hass.states.get("automation.if_it_is_so")
        assert state is not None, "the automation is not valid"
        ran = async_capture_events(hass, "ran")

        async def passes() -> bool:
            before = len(ran)
            hass.bus.async_fire("try")
            await hass.async_block_till_done()
            return len(ran) > before

        return passes

    return under


async def later(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, seconds: float
) -> None:
    """Let time pass."""
    freezer.tick(seconds)
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)


async def add(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, *reported: Observation
) -> None:
    """Store what was heard, and let it be known."""
    await hass.data[DATA_HISTORY].async_append(reported)
    await hass.async_block_till_done()
    await later(hass, freezer, 3)


@pytest.fixture
def sounding(monkeypatch: pytest.MonkeyPatch) -> list[Play]:
    """Return what accounts and rooms have under way."""
    plays: list[Play] = []
    for module in (caller_context, condition):
        monkeypatch.setattr(module, "active_plays", lambda hass, now: tuple(plays))
    return plays


def now_on(
    listener: Listener = BEN, item: Item = EMBER, source: Source = Source.LIVE
) -> Play:
    """Return what has been playing for a minute, first in the study, and in the kitchen by now."""
    seen = heard(listener, item, "2026-07-15 14:29:00", seconds=60)
    half = seen.started_at + 30_000
    rooms = (
        RoomSpan(STUDY, seen.started_at, half),
        RoomSpan(KITCHEN, half, seen.ended_at),
    )
    return as_play(replace(seen, rooms=rooms, source=source))


@pytest.mark.parametrize(
    ("options", "passes"),
    [
        ({}, True),
        ({"listener": "Ben"}, True),
        ({"listener": "Alva Lind"}, False),
        ({"listener": "the kids"}, True),
        ({"room": "kitchen"}, True),
        ({"room": "study"}, False),
        ({"kind": "podcast"}, False),
        ({"artist": "Kite Season", "kind": "music"}, True),
        ({"artist": "Aurora Vale"}, False),
    ],
)
async def test_something_is_playing(
    hass: HomeAssistant,
    house: MockConfigEntry,
    under: Under,
    sounding: list[Play],
    options: dict[str, Any],
    passes: bool,
) -> None:
    """Whoever it is and wherever, or as it is narrowed down; where it sounded before does not count."""
    hass.config_entries.async_update_entry(
        house, options={CONF_GROUPS: {"the kids": ["spotify:ben"]}}
    )
    check = await under(f"  - condition: encore.is_playing\n    options: {options}")
    assert await check() is False
    sounding.append(now_on())
    assert await check() is passes


async def test_what_is_paused_is_not_playing(
    under: Under,
    sounding: list[Play],
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
) -> None:
    """It is under way, and does not sound."""
    check = await under("  - condition: encore.is_playing")
    sounding.append(now_on())
    assert await check()
    await later(hass, freezer, 20)
    assert not await check()


async def test_a_private_listener_is_not_playing(
    under: Under,
    sounding: list[Play],
    share: Share,  # noqa: F811
) -> None:
    """Neither by name nor as anybody."""
    check = await under("  - condition: encore.is_playing")
    sounding.append(now_on())
    assert await check()
    share("ben", "private")
    assert not await check()


async def test_a_television_is_playing_if_it_is_asked_for(
    under: Under, sounding: list[Play]
) -> None:
    """As in every answer."""
    television = Item("television:", Kind.TELEVISION, "", ())
    sounding.append(now_on(NOBODY, television, Source.SONOS))
    check = await under(
        """
  - condition: encore.is_playing
    options:
      kind: television
  - condition: not
    conditions:
      - condition: encore.is_playing
"""
    )
    assert await check()


@pytest.mark.parametrize(
    ("options", "passes"),
    [
        # The last play was Alva's, of "Ünï çødé & Söhne", over 27 minutes ago.
        ({"within": "00:27:00"}, True),
        ({"within": "00:26:00"}, False),
        ({"within": {"minutes": 27}, "listener": "Alva Lind"}, True),
        ({"within": {"hours": 5}, "listener": "Ben"}, False),
        ({"within": {"hours": 6}, "listener": "Ben"}, True),
        ({"within": {"hours": 6}, "artist": "kite season"}, True),
        ({"within": {"hours": 5}, "artist": "Kite Season"}, False),
        ({"within": {"days": 400}, "artist": "Kite Sesaon"}, False),
        ({"within": {"hours": 6}, "artist": ["Nobody", "Kite Season"]}, True),
        ({"within": {"days": 3}, "artist": "The Morning Post"}, True),
        ({"within": {"days": 3}, "kind": "podcast"}, True),
        ({"within": {"hours": 18}, "room": "kitchen"}, False),
        ({"within": {"hours": 19}, "room": ["kitchen"]}, True),
        ({"within": {"days": 4000}, "listener": "Zoe"}, False),
        ({"within": {"days": 4000}, "room": "attic"}, False),
    ],
)
async def test_something_was_played(
    under: Under, options: dict[str, Any], passes: bool
) -> None:
    """Not longer ago than that, by exact names."""
    check = await under(f"  - condition: encore.was_heard\n    options: {options}")
    assert await check() is passes


async def test_what_was_played_follows_what_is_played_and_the_clock(
    hass: HomeAssistant,
    under: Under,
    freezer: FrozenDateTimeFactory,
    share: Share,  # noqa: F811
) -> None:
    """And who may be told of it."""
    check = await under(
        """
  - condition: encore.was_heard
    options:
      artist: The Harbours
      within: "00:10:00"
"""
    )
    assert not await check()
    await add(hass, freezer, heard(BEN, GLASS, "2026-07-15 14:26:30"))
    assert await check()
    share("ben", "private")
    # At once, not when it was asked about again.
    assert not await check()
    await later(hass, freezer, 61)
    assert not await check()
    share("ben", "household")
    await later(hass, freezer, 3)
    assert await check()
    await later(hass, freezer, 10 * 60)
    assert not await check()


async def test_what_is_playing_was_played(under: Under, sounding: list[Play]) -> None:
    """So the other way round, a room that is silent for so long has nothing on either."""
    check = await under(
        """
  - condition: not
    conditions:
      - condition: encore.was_heard
        options:
          room: kitchen
          within: "00:30:00"
"""
    )
    assert await check()
    sounding.append(now_on())
    assert not await check()


@pytest.mark.parametrize(
    ("options", "passes"),
    [
        # Today: Alva's Ember (after midnight) and the odd one, Ben's Ember: 200 seconds each.
        ({"minutes": 10}, True),
        ({"minutes": 11}, False),
        ({"minutes": 7, "listener": "Alva Lind"}, True),
        ({"minutes": 4, "listener": "Ben"}, False),
        ({"minutes": 25, "time_range": "yesterday", "room": "kitchen"}, True),
        ({"minutes": 25, "time_range": "yesterday", "room": "bathroom"}, False),
        ({"minutes": 15, "time_range": "this_week", "kind": "podcast"}, True),
        ({"minutes": 16, "time_range": "this_week", "kind": "podcast"}, False),
        ({"minutes": 3, "time_range": "last_hour"}, True),
        ({"minutes": 1, "listener": "Zoe"}, False),
    ],
)
async def test_somebody_listened_for_so_long(
    under: Under, options: dict[str, Any], passes: bool
) -> None:
    """Today, or in a window by its name."""
    check = await under(f"  - condition: encore.has_listened\n    options: {options}")
    assert await check() is passes


async def test_the_time_of_today_is_over_at_midnight(
    hass: HomeAssistant,
    under: Under,
    freezer: FrozenDateTimeFactory,
    share: Share,  # noqa: F811
) -> None:
    """It grows with what is heard, goes with who is private, and ends with its window."""
    check = await under(
        """
  - condition: encore.has_listened
    options:
      minutes: 12
"""
    )
    assert not await check()
    await add(hass, freezer, heard(BEN, ODD, "2026-07-15 14:26:30"))
    assert await check()
    share("ben", "private")
    assert not await check()
    share("ben", "household")
    await later(hass, freezer, 3)
    assert await check()
    freezer.move_to("2026-07-15T22:00:00+00:00")
    # Nothing was asked again yet.
    assert not await check()
    await later(hass, freezer, 61)
    assert not await check()


async def test_a_condition_without_a_history_is_not_met(hass: HomeAssistant) -> None:
    """Encore is not set up, or has nothing yet."""
    for name, options in (
        ("was_heard", {"within": "01:00:00"}),
        ("has_listened", {"minutes": 1}),
        ("is_playing", {}),
    ):
        config = await async_validate_condition_config(
            hass, {"condition": f"encore.{name}", "options": options}
        )
        checker = await async_from_config(hass, config)
        assert checker.async_check() is False
        checker.async_unload()


async def test_automations_that_may_not_ask_get_no_answer(
    hass: HomeAssistant, house: MockConfigEntry, under: Under
) -> None:
    """As with every question."""
    hass.config_entries.async_update_entry(house, options={"trust_house": "student"})
    check = await under(
        "  - condition: encore.was_heard\n    options: {within: {days: 4000}}"
    )
    assert not await check()


async def test_nobody_asked_so_nothing_is_noted(
    hass: HomeAssistant, under: Under, as_alva: Context
) -> None:
    """What is kept at hand is not in the audit, minute for minute."""
    check = await under(
        "  - condition: encore.was_heard\n    options: {within: {days: 4000}}"
    )
    assert await check()
    noted = await async_act(hass, "get_audit_log", as_alva)
    assert noted == {"records": []}


@pytest.mark.parametrize(
    ("condition", "options"),
    [
        ("is_playing", {"listener": "me"}),
        ("is_playing", {"within": "00:10:00"}),
        ("was_heard", {}),
        ("was_heard", {"within": "-00:10:00"}),
        ("has_listened", {}),
        ("has_listened", {"minutes": 0}),
        ("has_listened", {"minutes": 5, "time_range": "after_the_war"}),
        ("has_listened", {"minutes": 5, "artist": "Kite Season"}),
        ("nothing", {}),
    ],
)
async def test_what_means_nothing_is_refused_when_it_is_written(
    hass: HomeAssistant, house: MockConfigEntry, condition: str, options: dict[str, Any]
) -> None:
    """Not when it is never met."""
    with pytest.raises(probatio.Invalid):
        await async_validate_condition_config(
            hass, {"condition": f"encore.{condition}", "options": options}
        )


async def test_alva_is_not_ben(under: Under, sounding: list[Play]) -> None:
    """Each condition keeps its own answer."""
    sounding.append(now_on(ALVA))
    check = await under(
        """
  - condition: encore.is_playing
    options:
      listener: Alva Lind
  - condition: not
    conditions:
      - condition: encore.is_playing
        options:
          listener: Ben
"""
    )
    assert await check()


async def test_a_paused_speaker_reports_nothing_of_who_is_private(
    under: Under,
    sounding: list[Play],
    share: Share,  # noqa: F811
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
) -> None:
    """The history may have by then whose play it was; where nobody is private, it was heard."""
    check = await under(
        """
  - condition: encore.was_heard
    options:
      artist: The Harbours
      within: "00:10:00"
"""
    )
    sounding.append(now_on(NOBODY, GLASS, Source.SONOS))
    await later(hass, freezer, 60)
    assert await check()
    share("ben", "private")
    assert not await check()


async def test_a_television_was_played_if_it_is_asked_for(
    hass: HomeAssistant, under: Under, freezer: FrozenDateTimeFactory
) -> None:
    """It does not hide what was heard before it."""
    television = Item("television:", Kind.TELEVISION, "", ())
    seen = heard(NOBODY, television, "2026-07-15 14:25:00", room=KITCHEN)
    check = await under(
        """
  - condition: encore.was_heard
    options:
      within: "00:10:00"
      kind: television
  - condition: not
    conditions:
      - condition: encore.was_heard
        options:
          within: "00:10:00"
  - condition: encore.was_heard
    options:
      within: "00:30:00"
"""
    )
    assert not await check()
    await add(hass, freezer, replace(seen, source=Source.SONOS))
    assert await check()
