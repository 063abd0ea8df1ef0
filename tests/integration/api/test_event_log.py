"""The event log over WebSocket: what happened, once when it began and once when it was over; for administrators."""

from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import (
    MockHAClientWebSocket,
    WebSocketGenerator,
)

from custom_components.encore.backup import async_post_backup, async_pre_backup
from custom_components.encore.const import DOMAIN
from custom_components.encore.dispatch.audit import async_get_audit
from custom_components.encore.history.errors import StoreUnavailable
from custom_components.encore.listeners.housekeeping import async_get_housekeeping
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from custom_components.encore.spotify.budget import async_get_budget
from custom_components.encore.spotify.errors import Unavailable
from custom_components.encore.spotify.issues import (
    ISSUE_BUDGET,
    async_report,
    async_withdraw,
)
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import issue_registry as ir
from tests.integration.running import async_act as act

from .test_deletion_actions import later
from .test_visibility import Share, share
from .test_websocket import sent, socket

__all__ = ["share", "socket"]

type Event = dict[str, Any]


async def log(socket: MockHAClientWebSocket, **parameters: Any) -> list[Event]:
    """Return what happened, the oldest first, without when."""
    answer = await sent(socket, {"type": "encore/events", **parameters})
    assert answer["success"], answer
    events = answer["result"]["events"]
    assert answer["result"]["count"] >= len(events)
    return [
        {name: value for name, value in one.items() if name != "at"}
        for one in reversed(events)
    ]


def happened(
    kind: str, what: str, about: str | None = None, detail: str | None = None
) -> Event:
    """Return an event as it is told."""
    return {"kind": kind, "what": what, "about": about, "detail": detail}


async def test_a_notice_is_raised_once_and_withdrawn_once(
    hass: HomeAssistant,
    socket: MockHAClientWebSocket,
    accounts: dict[str, MockConfigEntry],
) -> None:
    """However often it is repeated meanwhile."""
    for calls in (80, 81, 82):
        async_report(
            hass, accounts["ben"], ISSUE_BUDGET, calls=str(calls), budget="100"
        )
    for _ in range(2):
        async_withdraw(hass, accounts["ben"], ISSUE_BUDGET)
    assert await log(socket, kind=["notice"]) == [
        happened("notice", "raised", "Ben", "budget_nearly_spent"),
        happened("notice", "withdrawn", "Ben", "budget_nearly_spent"),
    ]


async def test_a_lost_login_is_reported_and_its_renewal(
    hass: HomeAssistant,
    socket: MockHAClientWebSocket,
    accounts: dict[str, MockConfigEntry],
) -> None:
    """As Home Assistant asks the person for it."""
    notice = f"config_entry_reauth_encore_{accounts['ben'].entry_id}"
    ir.async_create_issue(
        hass,
        "homeassistant",
        notice,
        is_fixable=False,
        issue_domain=DOMAIN,
        severity=ir.IssueSeverity.ERROR,
        translation_key="config_entry_reauth",
    )
    ir.async_create_issue(
        hass,
        "homeassistant",
        "config_entry_reauth_another_1",
        is_fixable=False,
        issue_domain="another",
        severity=ir.IssueSeverity.ERROR,
        translation_key="config_entry_reauth",
    )
    ir.async_delete_issue(hass, "homeassistant", notice)
    await hass.async_block_till_done()
    assert await log(socket, kind=["login"]) == [
        happened("login", "lost", "Ben"),
        happened("login", "renewed", "Ben"),
    ]


async def test_an_entry_fails_once_and_works_once(
    hass: HomeAssistant,
    socket: MockHAClientWebSocket,
    accounts: dict[str, MockConfigEntry],
) -> None:
    """However often its set-up is tried in between; one that goes is told of, too."""
    ben = accounts["ben"]
    ben.mock_state(hass, ConfigEntryState.LOADED)
    for _ in range(2):
        ben.mock_state(hass, ConfigEntryState.SETUP_IN_PROGRESS)
        ben.mock_state(hass, ConfigEntryState.SETUP_RETRY, "Spotify is away")
    ben.mock_state(hass, ConfigEntryState.LOADED)
    ben.mock_state(hass, ConfigEntryState.NOT_LOADED)
    await hass.config_entries.async_remove(accounts["cleo"].entry_id)
    reported = [
        one for one in await log(socket, kind=["entry"]) if one["about"] == "Ben"
    ]
    assert reported[-2:] == [
        happened("entry", "failing", "Ben", "Spotify is away"),
        happened("entry", "working", "Ben"),
    ]
    removed = await log(socket, kind=["entry"], text="removed")
    assert removed == [happened("entry", "removed", "Cleo")]


async def test_a_host_that_fails_is_left_alone_and_answers_again(
    hass: HomeAssistant, socket: MockHAClientWebSocket
) -> None:
    """Three failures in a row are one event."""
    breaker = (await async_get_budget(hass)).breaker("api.spotify.com")
    for _ in range(4):
        with pytest.raises(Unavailable), breaker.lesson():
            raise Unavailable("timed out")
    with breaker.lesson():
        pass
    assert await log(socket, kind=["spotify"]) == [
        happened("spotify", "left_alone", "api.spotify.com"),
        happened("spotify", "answers", "api.spotify.com"),
    ]


async def test_spotifys_pause_is_reported(
    hass: HomeAssistant, socket: MockHAClientWebSocket
) -> None:
    """With why, once; a short one is not worth a word."""
    budget = await async_get_budget(hass)
    await budget.token_deadline.async_refused(0, 2.0, None)
    assert await log(socket, kind=["spotify"]) == []
    await budget.deadline.async_refused(0, 600.0, "quota")
    await budget.deadline.async_refused(0, 900.0, "quota")
    assert await log(socket, kind=["spotify"]) == [
        happened("spotify", "paused", None, "quota")
    ]


async def test_a_backup_holds_the_history_and_lets_go_of_it(
    hass: HomeAssistant, socket: MockHAClientWebSocket
) -> None:
    """Both are told when it is over."""
    await async_pre_backup(hass)
    await async_post_backup(hass)
    assert await log(socket, kind=["store"]) == [
        happened("store", "held", None, "backup"),
        happened("store", "released", None, "backup"),
    ]


async def test_jobs_and_what_was_forgotten_are_reported_from_their_records(
    hass: HomeAssistant, socket: MockHAClientWebSocket, as_alva: Context
) -> None:
    """Without what was forgotten."""
    forgotten = await act(hass, "delete_plays", as_alva, track="Ember")
    await act(hass, "undo_deletion", as_alva, id=forgotten["undo_id"])
    await act(hass, "rebuild_history", as_alva)
    await hass.async_block_till_done(wait_background_tasks=True)
    number = str(forgotten["undo_id"])
    reported = await log(socket, kind=["job", "forgetting"])
    assert happened("forgetting", "asked", number, "asked") in reported
    assert happened("forgetting", "undone", number, "asked") in reported
    assert happened("job", "done", "rebuild") in reported
    assert "Ember" not in str(reported)


async def test_what_a_private_listener_imported_is_not_reported_to_others(
    hass: HomeAssistant,
    socket: MockHAClientWebSocket,
    share: Share,
    as_alva: Context,
) -> None:
    """Nor that they forgot something; that their account is there is no secret to who administrates it."""
    await act(hass, "delete_plays", as_alva, listener="Ben", time_range="this_week")
    assert await log(socket, kind=["forgetting"]) != []
    share("ben", "private")
    assert await log(socket, kind=["forgetting"]) == []


async def test_the_log_can_be_filtered_and_purged(
    hass: HomeAssistant,
    socket: MockHAClientWebSocket,
    accounts: dict[str, MockConfigEntry],
    freezer: FrozenDateTimeFactory,
    as_alva: Context,
) -> None:
    """By kind, by text and by how old it is."""
    async_report(hass, accounts["ben"], ISSUE_BUDGET, calls="80", budget="100")
    await later(hass, freezer, days=3)
    async_report(hass, accounts["alva"], ISSUE_BUDGET, calls="80", budget="100")
    assert len(await log(socket, kind=["notice"])) == 2
    assert len(await log(socket, kind=["notice"], days=2)) == 1
    assert len(await log(socket, kind=["notice"], text="BEN")) == 1
    assert len(await log(socket, kind=["notice"], limit=1)) == 1
    purge = {"type": "encore/purge_events", "before": "2026-07-17T00:00:00+02:00"}
    assert (await sent(socket, purge))["result"]["dropped"] > 0
    assert [one["about"] for one in await log(socket, kind=["notice"])] == ["alva_1999"]
    assert (await sent(socket, {"type": "encore/purge_events"}))["success"]
    assert await log(socket, kind=["notice"]) == []
    noted = (await act(hass, "get_audit_log", as_alva))["records"]
    assert "purge_events" in {one["request"] for one in noted}


@pytest.mark.parametrize(
    ("before", "left"),
    [("9999-12-31T23:59:59-12:00", 0), ("0001-01-01T00:00:00", 1)],
)
async def test_any_moment_can_be_given_for_a_purge(
    hass: HomeAssistant,
    socket: MockHAClientWebSocket,
    accounts: dict[str, MockConfigEntry],
    before: str,
    left: int,
) -> None:
    """Also one that no clock of the home can show."""
    async_report(hass, accounts["ben"], ISSUE_BUDGET, calls="80", budget="100")
    purge = {"type": "encore/purge_events", "before": before}
    answer = await sent(socket, purge)
    assert answer["success"], answer
    assert len(await log(socket, kind=["notice"])) == left


async def test_after_thirty_days_nothing_is_left_though_nothing_happens(
    hass: HomeAssistant,
    house: MockConfigEntry,
    socket: MockHAClientWebSocket,
    accounts: dict[str, MockConfigEntry],
    as_alva: Context,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Neither of what happened, nor after ninety of who asked; every night it is looked for."""
    memory = hass.data[DATA_HISTORY]
    async_report(hass, accounts["ben"], ISSUE_BUDGET, calls="80", budget="100")
    await act(hass, "get_plays", as_alva)
    await log(socket)
    await async_get_audit(hass).async_save()

    async def saved() -> tuple[int, int]:
        return await memory.async_look_up(
            lambda queries: (len(queries.events(0)), len(queries.audited(0, 100)))
        )

    assert min(await saved()) > 0
    for days, left in ((29, (True, True)), (2, (False, True)), (60, (False, False))):
        freezer.tick(timedelta(days=days))
        await async_get_housekeeping(hass).async_remove_due(old=True)
        assert tuple(count > 0 for count in await saved()) == left


async def test_what_happens_while_nothing_can_be_written_is_reported_later(
    hass: HomeAssistant,
    socket: MockHAClientWebSocket,
    accounts: dict[str, MockConfigEntry],
    freezer: FrozenDateTimeFactory,
) -> None:
    """It waits in memory, as plays do."""
    memory = hass.data[DATA_HISTORY]
    memory._outbox.failed(StoreUnavailable("on a holiday"))
    async_report(hass, accounts["ben"], ISSUE_BUDGET, calls="80", budget="100")
    assert await log(socket, kind=["notice"]) == []
    await later(hass, freezer, minutes=10)
    reported = await log(socket, kind=["notice"])
    assert happened("notice", "raised", "Ben", "budget_nearly_spent") in reported
    assert happened("notice", "raised", None, "store_unreachable") in reported


@pytest.mark.parametrize("command", ["events", "purge_events"])
async def test_nobody_else_is_informed(
    hass: HomeAssistant,
    house: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    hass_read_only_access_token: str,
    command: str,
) -> None:
    """Nor may purge."""
    socket = await hass_ws_client(hass, hass_read_only_access_token)
    answer = await sent(socket, {"type": f"encore/{command}"})
    assert answer["error"]["code"].startswith("not_allowed")
    assert ir.async_get(hass).issues == {}
