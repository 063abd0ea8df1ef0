"""The repairs that a person can make, over HTTP as the repairs page makes them."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    get_system_health_info,
)
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.encore.const import DOMAIN
from custom_components.encore.repairs import async_create_fix_flow
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from custom_components.encore.runtime.store.store_issue import ISSUE_STORE_BROKEN
from custom_components.encore.runtime.store.store_lifecycle import STORE_FILE
from custom_components.encore.spotify.auth.login_end import async_watch_authorization
from custom_components.encore.spotify.auth.permissions import Permission
from custom_components.encore.spotify.errors import HistoryOnly, MissingScope
from custom_components.encore.spotify.issues import (
    ISSUE_NOT_ALLOWLISTED,
    ISSUE_OWNER_NOT_PREMIUM,
    async_issues_of,
    async_report,
    async_report_not_premium,
    async_withdraw,
)
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from simulator.spotify import SpotifySimulator
from tests.integration.auth.conftest import Link
from tests.integration.auth.tokens import logins, shift

TRACK = "spotify:track:4iV5W9uYEdYUVa79Axb7Rh"
FIXES = "/api/repairs/issues/fix"


@pytest.fixture
async def entry(hass: HomeAssistant, link: Link) -> MockConfigEntry:
    """Return the free account of Cleo, linked for control."""
    assert await async_setup_component(hass, "repairs", {})
    entry = await link("cleo", "control")
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    return entry


async def fix(
    client_of: ClientSessionGenerator, issue_id: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Open the fix of an issue and confirm it; returns both pages."""
    client = await client_of()
    opened = await client.post(FIXES, json={"handler": DOMAIN, "issue_id": issue_id})
    form = await opened.json()
    closed = await client.post(f"{FIXES}/{form['flow_id']}", json={})
    return form, await closed.json()


async def test_a_free_account_goes_on_with_its_history(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    hass_client: ClientSessionGenerator,
    issue_registry: ir.IssueRegistry,
) -> None:
    """The fix gives up the control and nothing else, without a new login."""
    token = entry.data["token"]
    async_report_not_premium(hass, entry)
    form, done = await fix(hass_client, f"not_premium_{entry.entry_id}")
    assert form["description_placeholders"] == {"account": "Cléo Marchand"}
    assert done["type"] == "create_entry"
    await hass.async_block_till_done()
    assert entry.data["access"] == "history"
    assert entry.data["token"] == token
    assert entry.state is ConfigEntryState.LOADED
    assert async_issues_of(hass, entry) == []


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("play_media", {"item": TRACK}),
        ("play_media", {"item": TRACK, "enqueue": "add"}),
        ("add_to_queue", {"items": TRACK}),
        ("transfer_playback", {"device": "Phone", "play": True}),
    ],
)
async def test_an_account_whose_history_alone_is_stored_is_not_controlled(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    spotify: SpotifySimulator,
    action: str,
    data: dict[str, object],
) -> None:
    """Though its token could do it; nobody is asked to log in for what the home gave up, and whose account it is, is said."""
    assert "user-modify-playback-state" in entry.data["token"]["scope"]
    hass.config_entries.async_update_entry(
        entry, data={**entry.data, "access": "history"}
    )
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    spotify.requests.clear()
    with pytest.raises(HistoryOnly, match="Cléo Marchand is linked for history only"):
        await hass.services.async_call(DOMAIN, action, data, blocking=True)
    with pytest.raises(HistoryOnly):
        await entry.runtime_data.gateway.async_pause()
    await hass.async_block_till_done()
    assert spotify.requests.count(method="PUT") == 0
    assert spotify.requests.count(method="POST") == 0
    assert logins(hass) == []


async def test_an_account_that_is_not_controlled_needs_no_premium(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    """History alone is free."""
    hass.config_entries.async_update_entry(
        entry, data={**entry.data, "access": "history"}
    )
    async_report_not_premium(hass, entry)
    assert async_issues_of(hass, entry) == []


async def test_a_login_that_ends_soon_can_be_renewed_from_the_notice(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    entry: MockConfigEntry,
    hass_client: ClientSessionGenerator,
) -> None:
    """Confirming leads to the same dialog that an ended login leads to."""
    token = {**entry.data["token"], "authorized_at": 1_700_000_000_000}
    hass.config_entries.async_update_entry(entry, data={**entry.data, "token": token})
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert async_issues_of(hass, entry) == ["login_ends"]
    form, _ = await fix(hass_client, f"login_ends_{entry.entry_id}")
    assert form["description_placeholders"] == {
        "account": "Cléo Marchand",
        "day": "2024-05-13",
    }
    await hass.async_block_till_done()
    assert logins(hass) == ["reauth_confirm"]
    async_watch_authorization(hass, entry)
    assert async_issues_of(hass, entry) == []


async def test_resume_points_are_asked_for_from_the_notice(
    hass: HomeAssistant, entry: MockConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    """Confirming begins the login that grants them, and nothing else is taken back."""
    assert entry.runtime_data.gateway.may_read_positions() is False
    assert async_issues_of(hass, entry) == ["resume_points_unknown"]
    assert logins(hass) == []
    _, done = await fix(hass_client, f"resume_points_unknown_{entry.entry_id}")
    assert done["type"] == "create_entry"
    await hass.async_block_till_done()
    assert logins(hass) == ["widen"]
    [flow] = entry.async_get_active_flows(hass, {"reauth"})
    form = await hass.config_entries.flow.async_configure(flow["flow_id"])
    placeholders = form["description_placeholders"] or {}
    assert placeholders["permissions"].count("- ") == 1
    assert "podcasts" in placeholders["permissions"]


async def test_a_missing_permission_is_not_a_lost_login(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    hass_client: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
    issue_registry: ir.IssueRegistry,
) -> None:
    """It has a notice and an event of its own, which tell the day alone on which somebody browsed."""
    assert await async_setup_component(hass, "system_health", {})
    await hass.config.async_set_time_zone("Europe/Berlin")
    midnight = dt_util.start_of_local_day()
    with pytest.raises(MissingScope):
        await entry.runtime_data.gateway.async_require_scopes("user-library-read")
    await hass.async_block_till_done()
    assert logins(hass) == ["widen"]
    assert async_issues_of(hass, entry) == ["permission_wanted"]
    assert [key for key in issue_registry.issues if "reauth" in key[1]] == []
    notice = issue_registry.async_get_issue(
        DOMAIN, f"permission_wanted_{entry.entry_id}"
    )
    assert notice is not None
    assert notice.created == midnight
    socket = await hass_ws_client(hass)
    await socket.send_json_auto_id({"type": "encore/events"})
    events = (await socket.receive_json())["result"]["events"]
    assert "lost" not in {event["what"] for event in events}
    [event] = [each for each in events if each["kind"] == "notice"]
    assert (event["what"], event["detail"]) == ("raised", "permission_wanted")
    assert datetime.fromisoformat(event["at"]) == midnight
    await socket.send_json_auto_id({"type": "encore/overview"})
    overview = (await socket.receive_json())["result"]
    [account] = overview["accounts"]
    assert account["token"]["health"] == "valid"
    assert account["notices"] == ["permission_wanted"]
    info = await get_system_health_info(hass, DOMAIN)
    assert info["tokens"] == "1 valid"

    # Whoever closed the login has it back from the notice.
    [flow] = entry.async_get_active_flows(hass, {"reauth"})
    hass.config_entries.flow.async_abort(flow["flow_id"])
    assert logins(hass) == []
    _, done = await fix(hass_client, f"permission_wanted_{entry.entry_id}")
    assert done["type"] == "create_entry"
    await hass.async_block_till_done()
    assert logins(hass) == ["widen"]


async def test_a_lost_login_goes_before_a_missing_permission(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    entry: MockConfigEntry,
    issue_registry: ir.IssueRegistry,
) -> None:
    """The login for more permissions would hide that nothing works any more."""
    with pytest.raises(MissingScope):
        await entry.runtime_data.gateway.async_require_scopes("user-library-read")
    await hass.async_block_till_done()
    assert logins(hass) == ["widen"]
    spotify.accounts.revoke("cleo")
    shift(hass, entry, 0)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert logins(hass) == ["reauth_confirm"]
    lost = f"config_entry_reauth_{DOMAIN}_{entry.entry_id}"
    assert issue_registry.async_get_issue("homeassistant", lost) is not None
    Permission(hass, entry).ask(["user-library-read"])
    await hass.async_block_till_done()
    assert logins(hass) == ["reauth_confirm"]


async def test_an_account_is_recorded_while_the_history_is_damaged(
    hass: HomeAssistant,
    config_folder: Path,
    link: Link,
    hass_client: ClientSessionGenerator,
    issue_registry: ir.IssueRegistry,
) -> None:
    """It is set up, and what is played waits until a person has begun a new history."""
    assert await async_setup_component(hass, "repairs", {})
    damaged = config_folder / STORE_FILE
    await hass.async_add_executor_job(damaged.write_bytes, b"no database" * 500)
    entry = await link()
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.LOADED
    client = await hass_client()
    issue = {"handler": DOMAIN, "issue_id": ISSUE_STORE_BROKEN}
    menu = await (await client.post(FIXES, json=issue)).json()
    assert str(damaged) in menu["description_placeholders"]["kept"]
    page = f"{FIXES}/{menu['flow_id']}"
    form = await (await client.post(page, json={"next_step_id": "create"})).json()
    assert form["step_id"] == "create"
    done = await (await client.post(page, json={})).json()
    assert done["type"] == "create_entry"
    assert issue_registry.async_get_issue(DOMAIN, ISSUE_STORE_BROKEN) is None
    assert hass.data[DATA_HISTORY].is_open


async def test_an_account_outside_the_allowlist_is_reported_until_it_answers(
    hass: HomeAssistant, entry: MockConfigEntry, issue_registry: ir.IssueRegistry
) -> None:
    """Only the app's owner can fix that, so there is nothing to confirm."""
    async_report(hass, entry, ISSUE_NOT_ALLOWLISTED)
    issue = issue_registry.async_get_issue(DOMAIN, f"not_allowlisted_{entry.entry_id}")
    assert issue
    assert not issue.is_fixable
    async_withdraw(hass, entry, ISSUE_NOT_ALLOWLISTED, ISSUE_OWNER_NOT_PREMIUM)
    assert async_issues_of(hass, entry) == []


@pytest.mark.parametrize(
    "data", [None, {"entry_id": "gone", "issue": "not_premium"}, {"issue": "unknown"}]
)
async def test_an_issue_without_its_account_just_closes(
    hass: HomeAssistant, data: dict[str, Any] | None
) -> None:
    """The account may have been removed while the page was open."""
    flow = await async_create_fix_flow(hass, "some_issue", data)
    assert type(flow).__name__ == "ConfirmRepairFlow"
