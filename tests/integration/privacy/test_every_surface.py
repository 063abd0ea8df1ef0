"""Nothing that Home Assistant shows tells of a private listener: not what they heard, not that they did, not by what is left of a total."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

import pytest
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_purge_done,
    async_wait_recording_done,
)

from custom_components.encore.history.model import HOUSEHOLD, Listener, Source
from homeassistant.components.recorder.history import state_changes_during_period
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.recorder import get_instance
from homeassistant.util import dt as dt_util
from tests.integration.entities.conftest import played

from .conftest import LOFT, MOTH, THEIRS, Home

NAMED: Final = ("Ben Okafor", "ben_okafor")
"""What Ben is called, beside his account's id."""

SILENT: Final = frozenset({"forgotten (administrator)", "forgotten (user)"})
"""What tells nothing of a listener who shares either."""


def words(home: Home) -> tuple[str, ...]:
    """Return all that tells of Ben."""
    return (*THEIRS, *NAMED, home.ben.data["account_id"])


def just_now() -> str:
    """Return when a song began, local, that is over by now."""
    return (dt_util.now() - timedelta(minutes=5)).strftime("%Y-%m-%d %H:%M:%S")


def signaled_at(shown: dict[str, Any], words: tuple[str, ...]) -> dict[str, list[str]]:
    """Return where which of some words are seen."""
    found = {
        name: [word for word in words if word in str(reported)]
        for name, reported in shown.items()
    }
    return {name: words for name, words in found.items() if words}


def differing(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return what is seen otherwise, with both, down to where it is."""
    return {
        name: differing(mine, theirs)
        if isinstance(mine, dict) and isinstance(theirs, dict)
        else (mine, theirs)
        for name in one.keys() | other.keys()
        if (mine := one.get(name)) != (theirs := other.get(name))
    }


async def try_conditions(home: Home) -> list[str]:
    """Return which conditions about Ben's pass."""
    fired = home.surfaces.fired
    fired.clear()
    home.hass.bus.async_fire("try")
    await home.at_once()
    return sorted(each.data["by"] for each in fired if each.event_type == "passed")


async def test_nothing_shows_what_a_private_listener_hears(home: Home) -> None:
    """It is all as if they had forgotten everything, to the last number."""
    await home.hear(*home.past())
    _, ben = home.whose
    home.surfaces.fired.clear()
    await home.hear(played(ben, MOTH, "2026-07-15 11:56", room=LOFT))
    assert (
        signaled_at({"bus": [each.data for each in home.surfaces.fired]}, words(home))
        == {}
    )
    assert await try_conditions(home) == []
    private = await home.surfaces.all()
    assert signaled_at(private, words(home)) == {}
    await home.act("delete_plays", listener="me", confirm=True)
    await home.at_once()
    assert differing(await home.surfaces.all(), private) == {}
    # The history's own numbers are there, and are of others alone.
    assert private["states"]["sensor.listening_history_total_plays"][0] == "2"


async def test_what_is_shared_is_shown_everywhere_and_gone_at_once(
    home: Home,
) -> None:
    """Whatever it was shown by; also while no time passes."""
    await home.hear(*home.past())
    _, ben = home.whose
    await home.share("household")
    await home.settle()
    home.surfaces.fired.clear()
    await home.hear(played(ben, MOTH, just_now(), room=LOFT))
    fired = [each for each in home.surfaces.fired if each.event_type == "told"]
    assert {str(each.data["trigger"]["platform"]) for each in fired} == {"encore.play_finished", "encore.streak_reached"}  # fmt: skip
    assert await try_conditions(home) == ["has_listened", "was_heard"]
    shared = await home.surfaces.all()
    await home.share("private")
    assert signaled_at({"states": home.surfaces.states()}, words(home)) == {}
    assert signaled_at({"registries": home.surfaces.registries()}, words(home)) == {}
    private = await home.surfaces.all()
    assert signaled_at(private, words(home)) == {}
    assert shared.keys() - differing(shared, private).keys() == SILENT
    assert await try_conditions(home) == []
    await home.act("delete_plays", listener="me", confirm=True)
    assert differing(await home.surfaces.all(), private) == {}


async def test_who_shares_again_is_there_again(home: Home) -> None:
    """With all that was before, and statistics that agree with the questions."""
    await home.hear(*home.past())
    await home.share("household")
    await home.settle()
    shared = await home.surfaces.all()
    await home.share("private")
    assert "statistics" not in signaled_at(await home.surfaces.all(), words(home))
    await home.share("household")
    await home.settle()
    again = await home.surfaces.all()
    for name in ("registries", "statistics", "get_events"):
        assert again[name] == shared[name], name
    assert again["states"].keys() == shared["states"].keys()
    sums = {
        each: rows[-1]["sum"]
        for each, (_, rows) in again["statistics"].items()
        if home.ben.data["account_id"].casefold() in each
    }
    reported = await home.act(
        "get_listening_time", listener="me", time_range="all_time"
    )
    total = reported["total"]
    [plays] = [value for each, value in sums.items() if each.endswith("plays")]
    assert plays == total["play_count"]
    [minutes] = [value for each, value in sums.items() if each.endswith("minutes")]
    assert round(minutes) == total["minutes"]


async def test_what_was_forgotten_is_shown_nowhere(home: Home) -> None:
    """Also where it was shown as news; and undone, it is there again."""
    await home.hear(*home.past())
    _, ben = home.whose
    await home.share("household")
    await home.hear(played(ben, MOTH, just_now(), room=LOFT))
    forgotten = await home.act("delete_plays", listener="me", confirm=True)
    await home.settle()
    shown = await home.surfaces.all()
    # A picture is there until what it is of is removed, for an undo.
    for reader in home.surfaces.readers:
        del shown[f"pictures ({reader.name})"]
    assert signaled_at(shown, THEIRS) == {}
    await home.act("undo_deletion", id=forgotten["undo_id"])
    await home.settle()
    shown = signaled_at(await home.surfaces.all(), THEIRS)
    assert {"states", "statistics", "get_events", "get_plays (user)"} <= shown.keys()


async def test_a_private_account_that_is_removed_leaves_nothing(home: Home) -> None:
    """Its history may stay: nobody is told how much it is."""
    await home.hear(*home.past())
    await home.hass.config_entries.async_remove(home.ben.entry_id)
    await home.settle()
    assert signaled_at(await home.surfaces.all(), words(home)) == {}
    issues = [
        str(issue.translation_placeholders)
        for issue in ir.async_get(home.hass).issues.values()
        if issue.domain == "encore"
    ]
    assert len(issues) == 1
    assert str(len(home.past())) not in issues[0]


async def test_what_only_a_speaker_reported_is_taken_back_when_it_was_theirs(
    home: Home,
) -> None:
    """Until the account tells, nobody knows whose it is, and it is told as the household's."""
    _, ben = home.whose
    live = played(ben, MOTH, just_now(), room=LOFT)
    speaker = Listener(HOUSEHOLD, "Household")
    await home.hear(replace(live, source=Source.SONOS, listener=speaker))
    assert "Moth Lantern" in str(home.surfaces.states())
    await home.hear(live)
    assert signaled_at(await home.surfaces.all(), THEIRS) == {}


@pytest.mark.parametrize("wanted", [True, False])
async def test_who_ends_sharing_can_delete_what_was_recorded_and_the_name(
    home: Home, *, wanted: bool
) -> None:
    """What the recorder has of the account's entities, and its title; it stays unless they want that."""
    await home.share("household")
    await home.hear(*home.past())
    await async_wait_recording_done(home.hass)
    assert await recorded(home.hass, "sensor.ben_okafor_plays_today")
    await home.share("private", purge_recorded=wanted, hide_name=wanted)
    await async_wait_purge_done(home.hass)
    removed = not await recorded(home.hass, "sensor.ben_okafor_plays_today")
    assert removed is wanted
    assert home.ben.title == ("Spotify account" if wanted else "Ben Okafor")


async def recorded(hass: HomeAssistant, entity_id: str) -> list[State]:
    """Return the states of an entity that say something, as the recorder has them."""
    states = await get_instance(hass).async_add_executor_job(
        state_changes_during_period,
        hass,
        dt_util.utc_from_timestamp(0),
        None,
        entity_id,
    )
    return [each for each in states.get(entity_id, []) if each.state.isdecimal()]
