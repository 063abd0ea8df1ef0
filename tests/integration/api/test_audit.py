"""The audit: every question and command leaves a record, which administrators may read."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockUser,
    async_capture_events,
)

from custom_components.encore.access.policy import AccessLevel, async_caller
from custom_components.encore.access.visibility import async_note_removed
from custom_components.encore.const import DOMAIN
from custom_components.encore.dispatch.audit import (
    EVENT_AUDITED,
    async_audited,
    async_get_audit,
)
from custom_components.encore.history.records.audit_log import RequestType
from custom_components.encore.logbook import async_describe_events
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError, Unauthorized
from homeassistant.setup import async_setup_component
from tests.integration.running import async_act

from .test_sentences import said, talk
from .test_visibility import Share, asked, share  # noqa: F401 - a fixture


async def records(
    hass: HomeAssistant, context: Context, **data: object
) -> list[dict[str, Any]]:
    """Return what the audit tells to somebody."""
    reported = await async_act(hass, "get_audit_log", context, **data)
    found = reported["records"]
    assert isinstance(found, list)
    return found


async def test_a_question_is_noted_with_who_asked_and_how(
    hass: HomeAssistant,
    house: MockConfigEntry,
    ben: MockUser,
    as_alva: Context,
    as_ben: Context,
) -> None:
    """Through whichever door it came, the newest first."""
    await asked(hass, as_ben, "get_top", of="artists", time_range="this_week")
    await said(
        hass,
        "What did Ben listen to this week?",
        satellite_id="assist_satellite.hall",
    )
    spoken, called = await records(hass, as_alva)
    assert called["parameters"] == {"of": "artists", "time_range": "this_week"}
    assert {key: called[key] for key in ("caller", "name", "interface", "request")} == {
        "caller": "user",
        "name": ben.name,
        "interface": "action",
        "request": "get_top",
    }
    assert (called["outcome"], called["reason"], called["type"]) == (
        "done",
        None,
        "question",
    )
    assert {key: spoken[key] for key in ("caller", "name", "interface", "request")} == {
        "caller": "satellite",
        "name": "assist_satellite.hall",
        "interface": "sentence",
        "request": "get_plays",
    }


async def test_what_is_refused_and_what_fails_is_noted_with_why(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context, as_ben: Context
) -> None:
    """An administrator can look for these alone."""
    removed = Context(user_id="gone")
    with pytest.raises(Unauthorized):
        await asked(hass, removed, "get_top", of="artists")
    with pytest.raises(ServiceValidationError):
        await asked(hass, as_ben, "get_plays", listener="Zoe")
    with pytest.raises(Unauthorized):
        await asked(hass, as_ben, "delete_plays", listener="Ben", preview=True)
    forgetting, failed, refused = await records(hass, as_alva)
    assert (refused["outcome"], refused["reason"]) == ("refused", "intern")
    assert (failed["outcome"], failed["reason"]) == ("failed", "unknown_listener")
    assert (forgetting["type"], forgetting["reason"]) == ("command", "autonomous")
    assert await records(hass, as_alva, outcome="failed") == [failed]
    assert await records(hass, as_alva, type="command") == [forgetting]


@pytest.mark.usefixtures("house")
async def test_only_administrators_read_it(
    hass: HomeAssistant, as_ben: Context
) -> None:
    """Not those who are trusted as far, nor the home itself."""
    for other in (as_ben, Context()):
        with pytest.raises(Unauthorized):
            await records(hass, other)


async def test_what_a_private_listener_asked_is_theirs_to_know(
    hass: HomeAssistant,
    share: Share,  # noqa: F811 - a fixture
    as_alva: Context,
    as_ben: Context,
) -> None:
    """That they asked is told, and nothing of what; in the logbook, too."""
    share("ben", "private")
    events = async_capture_events(hass, EVENT_AUDITED)
    await asked(hass, as_ben, "get_plays", listener="me", room="Kitchen")
    await asked(hass, as_alva, "get_plays", listener="me")
    own, others = await records(hass, as_alva)
    assert (own["private"], own["request"]) == (False, "get_plays")
    assert (others["private"], others["request"], others["parameters"]) == (
        True,
        None,
        None,
    )
    *reported, reading = [event.data["request"] for event in events]
    assert (reported, reading) == ([None, "get_plays"], "get_audit_log")
    assert "Kitchen" not in str([event.data for event in events])


async def test_it_stays_theirs_when_their_account_is_gone(
    hass: HomeAssistant,
    share: Share,  # noqa: F811 - a fixture
    accounts: dict[str, MockConfigEntry],
    as_alva: Context,
    as_ben: Context,
) -> None:
    """As their history does."""
    share("ben", "private")
    await asked(hass, as_ben, "get_plays", listener="me", room="Kitchen")
    async_note_removed(hass, accounts["ben"])
    await hass.config_entries.async_remove(accounts["ben"].entry_id)
    [others] = await records(hass, as_alva)
    assert (others["private"], others["request"], others["parameters"]) == (
        True,
        None,
        None,
    )


async def test_the_logbook_has_a_line_for_each(
    hass: HomeAssistant,
    share: Share,  # noqa: F811 - a fixture
    as_ben: Context,
) -> None:
    """Who, what and how it ended; of a private listener's question not what it was."""
    events = async_capture_events(hass, EVENT_AUDITED)
    await asked(hass, as_ben, "get_plays")
    share("ben", "private")
    await asked(hass, as_ben, "get_plays")
    lines: list[dict[str, str]] = []

    def describe(domain: str, kind: str, line: Any) -> None:
        assert (domain, kind) == (DOMAIN, EVENT_AUDITED)
        lines.extend(line(event) for event in events)

    async_describe_events(hass, describe)
    assert lines == [
        {"name": "Encore", "message": "answered “plays” (user, action)"},
        {"name": "Encore", "message": "answered a question (user, action)"},
    ]


async def test_records_wait_while_the_store_is_closed(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context
) -> None:
    """None is lost that was noted before the home stopped."""
    await asked(hass, as_alva, "get_plays")
    # What entities ask at first holds the store open.
    await hass.async_block_till_done(wait_background_tasks=True)
    await hass.config_entries.async_unload(house.entry_id)
    assert not hass.data[DATA_HISTORY].is_open
    await async_get_audit(hass).async_save()
    await hass.config_entries.async_setup(house.entry_id)
    assert [one["request"] for one in await records(hass, as_alva)] == ["get_plays"]


async def test_what_a_command_sets_off_is_noted_for_itself(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context
) -> None:
    """An automation that follows a switch acts on its own behalf, in the midst of the command that turned it."""
    switch = "switch.listening_history_room_recording"
    assert await async_setup_component(
        hass,
        "automation",
        {
            "automation": {
                "triggers": {"trigger": "state", "entity_id": switch},
                "actions": {
                    "action": f"{DOMAIN}.get_plays",
                    "response_variable": "told",
                },
            }
        },
    )
    await hass.services.async_call(
        "switch", "turn_off", {"entity_id": switch}, blocking=True, context=as_alva
    )
    await hass.async_block_till_done()
    noted = [
        (one["caller"], one["request"], one["outcome"], one["parameters"])
        for one in await records(hass, as_alva)
    ]
    assert sorted(noted) == [
        ("administrator", switch, "done", {"record_rooms": False}),
        ("house", "get_plays", "done", {}),
    ]


@pytest.mark.parametrize(
    "parameters",
    [
        {"of": object(), "limit": 1 << 70},
        {"of": "\ud800", "limit": 3},
        {"of": "x" * 1_000_000, "limit": 3},
    ],
)
async def test_what_cannot_be_stored_takes_no_other_record_with_it(
    hass: HomeAssistant,
    house: MockConfigEntry,
    as_alva: Context,
    parameters: dict[str, Any],
) -> None:
    """Of what is no JSON, or longer than anybody asks, the names are kept."""
    await asked(hass, as_alva, "get_plays")
    caller = await async_caller(hass, as_alva)
    async with async_audited(
        hass,
        caller,
        needs=AccessLevel.INTERN,
        request_type=RequestType.COMMAND,
        what="create_playlist",
        values=parameters,
    ):
        pass
    odd, plain = await records(hass, as_alva)
    assert odd["parameters"] == {"of": None, "limit": None}
    assert plain["request"] == "get_plays"


async def test_what_is_said_is_done_once(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context
) -> None:
    """In a conversation, “play this again” is a sentence of its own as well as one that follows."""
    await talk(hass, as_alva, "what did I listen to last night", "play this again")
    assert [each["request"] for each in await records(hass, as_alva)].count(
        "play_again"
    ) + [each["request"] for each in await records(hass, as_alva)].count("play_it") == 1
