"""Automations that begin when a play is over, when an artist is new to somebody, and when a streak is reached."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import probatio
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
)
from pytest_homeassistant_custom_component.typing import WebSocketGenerator
import yaml

from custom_components.encore.const import CONF_GROUPS
from custom_components.encore.history.model import (
    HOUSEHOLD,
    Item,
    Kind,
    Listener,
    Observation,
    Source,
)
from homeassistant.core import Event, HomeAssistant
from homeassistant.helpers.trigger import async_validate_trigger_config
from homeassistant.setup import async_setup_component
from tests.integration.api.test_finished_plays import (
    Over,
    over,  # noqa: F401  a fixture
    past_reported,  # noqa: F401  a fixture
)
from tests.integration.api.test_visibility import Share, share  # noqa: F401  a fixture
from tests.unit.questions.house import (
    ALVA,
    BEN,
    EMBER,
    GLASS,
    KITCHEN,
    NEWS,
    ODD,
    STUDY,
    heard,
    song,
)

type Automate = Callable[[str], Awaitable[list[Event[Any]]]]

NOBODY = Listener(HOUSEHOLD, "Household")


@pytest.fixture
def automate(hass: HomeAssistant, past_reported: None) -> Automate:  # noqa: F811
    """Return a way to have an automation with a trigger, written as users do; it gives all that the trigger told."""

    async def automate(trigger: str) -> list[Event[Any]]:
        written = f"""
alias: Tell what was heard
triggers:
{trigger}
actions:
  - event: told
    event_data:
      trigger: "{{{{ trigger }}}}"
"""
        assert await async_setup_component(
            hass, "automation", {"automation": yaml.safe_load(written)}
        )
        state = hass.states.get("automation.tell_what_was_heard")
        assert state is not None, "the automation is not valid"
        assert state.state == "on"
        return async_capture_events(hass, "told")

    return automate


def variables(reported: list[Event[Any]]) -> list[dict[str, Any]]:
    """Return the variable `trigger` of each time that an automation ran."""
    return [event.data["trigger"] for event in reported]


async def test_a_play_that_is_over_reports_all_about_it(
    automate: Automate,
    over: Over,  # noqa: F811
) -> None:
    """What an automation wants to say of it, with local times."""
    reported = await automate("  - trigger: encore.play_finished")
    await over(
        replace(heard(BEN, GLASS, "2026-07-15 14:26:30", room=KITCHEN), skipped=False)
    )
    (trigger,) = variables(reported)
    assert trigger["platform"] == "encore.play_finished"
    expected = {
        "title": "Glass",
        "artist": "The Harbours, Aurora Vale",
        "artists": ["The Harbours", "Aurora Vale"],
        "album": "Tides",
        "kind": "track",
        "uri": "spotify:track:glass",
        "image_url": None,
        "listener": "Ben",
        "rooms": ["Kitchen"],
        "device": "Phone",
        "started_at": "2026-07-15T14:26:30+02:00",
        "ended_at": "2026-07-15T14:29:50+02:00",
        "seconds_played": 200,
        "seconds": 200,
        "skipped": False,
    }
    assert {name: trigger[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("options", "triggers"),
    [
        ({}, True),
        ({"listener": "ben"}, True),
        ({"listener": ["Alva Lind", "Ben"]}, True),
        ({"listener": "the kids"}, True),
        ({"listener": "Alva Lind"}, False),
        ({"listener": "grown-ups"}, False),
        ({"listener": "Be"}, False),
        ({"room": "kitchen"}, True),
        ({"room": ["Bathroom", "KITCHEN"]}, True),
        ({"room": "bathroom"}, False),
        ({"kind": "music"}, True),
        ({"kind": "podcast"}, False),
        ({"artist": "kite  season"}, True),
        ({"artist": "Kite"}, False),
        ({"minimum_played": 200}, True),
        ({"minimum_played": 201}, False),
        ({"listener": "Ben", "room": "bathroom"}, False),
    ],
)
async def test_what_triggers_can_be_narrowed_down(
    hass: HomeAssistant,
    house: MockConfigEntry,
    automate: Automate,
    over: Over,  # noqa: F811
    options: dict[str, Any],
    triggers: bool,
) -> None:
    """By who listened, where, to what, by whom, and for how long."""
    groups = {"the kids": ["spotify:ben"], "the grown-ups": ["spotify:alva"]}
    hass.config_entries.async_update_entry(house, options={CONF_GROUPS: groups})
    reported = await automate(
        f"  - trigger: encore.play_finished\n    options: {options}"
    )
    await over(heard(BEN, EMBER, "2026-07-15 14:26:30", room=KITCHEN))
    assert bool(reported) is triggers


async def test_what_is_short_or_a_television_triggers_if_it_is_asked_for(
    automate: Automate,
    over: Over,  # noqa: F811
) -> None:
    """As in every answer."""
    television = Item("television:", Kind.TELEVISION, "", ())
    reported = await automate(
        """
  - trigger: encore.play_finished
  - trigger: encore.play_finished
    id: short
    options:
      minimum_played: 0
  - trigger: encore.play_finished
    id: television
    options:
      kind: television
"""
    )
    await over(heard(BEN, EMBER, "2026-07-15 14:29:40", seconds=10))
    assert [each["id"] for each in variables(reported)] == ["short"]
    seen = heard(NOBODY, television, "2026-07-15 14:20:00", room=STUDY)
    await over(replace(seen, source=Source.SONOS))
    assert [each["id"] for each in variables(reported)] == ["short", "television"]


async def test_what_two_saw_triggers_once(
    automate: Automate,
    over: Over,  # noqa: F811
) -> None:
    """Also where one of them tells long after it was told."""
    reported = await automate("  - trigger: encore.play_finished")
    seen = heard(BEN, EMBER, "2026-07-15 14:26:30", room=KITCHEN)
    of_the_speaker = replace(seen, source=Source.SONOS, listener=NOBODY, device=None)
    await over(seen)
    await over(of_the_speaker)
    assert [each["listener"] for each in variables(reported)] == ["Ben"]


async def test_a_private_listener_triggers_nothing(
    automate: Automate,
    over: Over,  # noqa: F811
    share: Share,  # noqa: F811
) -> None:
    """No play, no artist and no streak of theirs; what a speaker saw of it is nobody's either."""
    share("ben", "private")
    reported = await automate(
        """
  - trigger: encore.play_finished
  - trigger: encore.new_artist_discovered
  - trigger: encore.streak_reached
    options:
      days: 2
"""
    )
    seen = heard(BEN, song("Ours", "Nobody Else"), "2026-07-15 14:26:30", room=KITCHEN)
    await over(replace(seen, source=Source.SONOS, listener=NOBODY, device=None), wait=5)
    await over(seen)
    assert variables(reported) == []


async def test_an_artist_is_new_to_a_listener_once(
    automate: Automate,
    over: Over,  # noqa: F811
    freezer: FrozenDateTimeFactory,
) -> None:
    """Each artist of a track by itself, and whoever else knows them."""
    reported = await automate("  - trigger: encore.new_artist_discovered")
    # Ben knows neither, Alva both.
    await over(heard(BEN, GLASS, "2026-07-15 14:26:00"))
    assert [(each["artist"], each["listener"]) for each in variables(reported)] == [
        ("The Harbours", "Ben"),
        ("Aurora Vale", "Ben"),
    ]
    assert variables(reported)[0]["artists"] == ["The Harbours", "Aurora Vale"]
    freezer.move_to("2026-07-15T12:35:00+00:00")
    await over(heard(BEN, GLASS, "2026-07-15 14:31:00"))
    await over(heard(ALVA, GLASS, "2026-07-15 14:31:00"))
    assert len(reported) == 2


async def test_an_artist_of_whom_an_earlier_play_is_over_later_is_reported_once(
    automate: Automate,
    over: Over,  # noqa: F811
) -> None:
    """One that was paused is over half an hour after."""
    reported = await automate("  - trigger: encore.new_artist_discovered")
    await over(heard(BEN, song("Two", "Late Kind"), "2026-07-15 14:20:00"))
    await over(heard(BEN, song("One", "Late Kind"), "2026-07-15 14:10:00"))
    assert [each["title"] for each in variables(reported)] == ["Two"]


async def test_what_does_not_count_discovers_nobody(
    automate: Automate,
    over: Over,  # noqa: F811
) -> None:
    """Less than 30 seconds, or a podcast."""
    reported = await automate("  - trigger: encore.new_artist_discovered")
    await over(heard(BEN, song("Skip", "Skipped"), "2026-07-15 14:29:00", seconds=20))
    await over(heard(BEN, NEWS, "2026-07-15 14:10:00", seconds=600))
    assert variables(reported) == []
    # It still is new when it is heard.
    await over(heard(BEN, song("Skip", "Skipped"), "2026-07-15 14:26:40"))
    assert [each["artist"] for each in variables(reported)] == ["Skipped"]


@pytest.mark.parametrize(
    ("days", "every_day", "lengths"),
    [(3, False, []), (2, True, [4, 5]), (4, False, [4]), (5, False, [5])],
)
async def test_a_streak_is_reported_with_the_first_play_of_its_day(
    automate: Automate,
    over: Over,  # noqa: F811
    freezer: FrozenDateTimeFactory,
    days: int,
    every_day: bool,
    lengths: list[int],
) -> None:
    """Once; each day of it where that is asked for."""
    reported = await automate(
        f"""
  - trigger: encore.streak_reached
    options:
      days: {days}
      every_day: {str(every_day).lower()}
      listener: Ben
"""
    )
    # Ben heard something on Monday, Tuesday and this Wednesday morning: three days, reached before.
    await over(heard(BEN, EMBER, "2026-07-15 14:26:00"))
    assert variables(reported) == []
    freezer.move_to("2026-07-16T12:30:00+00:00")
    await over(heard(ALVA, EMBER, "2026-07-16 14:20:00"))
    await over(heard(BEN, EMBER, "2026-07-16 14:26:00"))
    await over(heard(BEN, GLASS, "2026-07-16 14:22:00"))
    freezer.move_to("2026-07-17T12:30:00+00:00")
    await over(heard(BEN, ODD, "2026-07-17 14:26:00"))
    assert [each["days"] for each in variables(reported)] == lengths


@pytest.mark.parametrize(
    ("trigger", "options"),
    [
        ("play_finished", {"listener": "me"}),
        ("play_finished", {"room": ["here"]}),
        ("play_finished", {"listener": "{{ states('input_select.who') }}"}),
        ("play_finished", {"artist": ["Kite Season", "{% if 1 %}Ember{% endif %}"]}),
        ("play_finished", {"room": ["kitchen", " "]}),
        ("play_finished", {"kind": "opera"}),
        ("play_finished", {"minimum_played": -1}),
        ("play_finished", {"days": 3}),
        ("new_artist_discovered", {"kind": "podcast"}),
        ("streak_reached", {"days": 1}),
        ("streak_reached", {"days": "many"}),
        ("nothing", {}),
    ],
)
async def test_what_means_nothing_is_refused_when_it_is_written(
    hass: HomeAssistant, house: MockConfigEntry, trigger: str, options: dict[str, Any]
) -> None:
    """Not when it never triggers."""
    with pytest.raises(probatio.Invalid):
        await async_validate_trigger_config(
            hass, [{"platform": f"encore.{trigger}", "options": options}]
        )


async def test_observations_need_not_be_one_at_a_time(
    automate: Automate,
    over: Over,  # noqa: F811
) -> None:
    """What was seen together is told in the order in which it was over."""
    reported = await automate("  - trigger: encore.play_finished")
    plays: list[Observation] = [
        heard(BEN, GLASS, "2026-07-15 14:26:00"),
        heard(BEN, EMBER, "2026-07-15 14:22:00"),
    ]
    await over(*plays)
    assert [each["title"] for each in variables(reported)] == ["Ember", "Glass"]


async def test_the_editor_gets_all_of_them(
    hass: HomeAssistant, house: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    """Triggers and conditions, each with its fields."""
    assert await async_setup_component(hass, "automation", {"automation": []})
    client = await hass_ws_client(hass)
    for kind, names in (
        ("trigger", {"play_finished", "new_artist_discovered", "streak_reached"}),
        ("condition", {"is_playing", "was_heard", "has_listened"}),
    ):
        await client.send_json_auto_id({"type": f"{kind}_platforms/subscribe"})
        assert (await client.receive_json())["success"]
        reported = (await client.receive_json())["event"]
        ours = {
            name: each for name, each in reported.items() if name.startswith("encore.")
        }
        assert set(ours) == {f"encore.{name}" for name in names}
        assert all("listener" in each["fields"] for each in ours.values())
