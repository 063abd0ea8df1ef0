"""The overview over WebSocket: whether everything works, for administrators, and nothing of what a private listener plays."""

from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import (
    MockHAClientWebSocket,
    WebSocketGenerator,
)

from custom_components.encore.const import DOMAIN
from custom_components.encore.history.model import Listener
from custom_components.encore.history.records.api_calls import ApiCalls, add_calls
from custom_components.encore.history.records.logged_events import EventKind
from custom_components.encore.runtime.event_log_signals import async_log_event
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from custom_components.encore.runtime.store.store_opening import store_kind
from homeassistant.core import Context, HomeAssistant
from tests.integration.running import async_act as act
from tests.unit.questions.house import PAST

from .test_deletion_actions import later
from .test_visibility import Share, share
from .test_websocket import sent, socket

__all__ = ["share", "socket"]

BEN = Listener("spotify:ben", "Ben")
OF_BEN = sum(one.listener.key == BEN.key for one in PAST)


async def overview(socket: MockHAClientWebSocket, **parameters: Any) -> dict[str, Any]:
    """Return what is told."""
    answer = await sent(socket, {"type": "encore/overview", **parameters})
    assert answer["success"], answer
    reported: dict[str, Any] = answer["result"]
    return reported


def complete(
    hass: HomeAssistant, accounts: dict[str, MockConfigEntry], **options: str
) -> None:
    """Give the accounts what a link gives them."""
    for name, entry in accounts.items():
        token = {"expires_at": 1_784_112_000, "authorized_at": 1_780_000_000_000}
        hass.config_entries.async_update_entry(
            entry, data={**entry.data, "access": "control", "token": token}
        )
        if name in options:
            hass.config_entries.async_update_entry(
                entry, options={**entry.options, "privacy": options[name]}
            )


async def test_the_store_and_what_was_asked_are_reported(
    hass: HomeAssistant,
    socket: MockHAClientWebSocket,
    accounts: dict[str, MockConfigEntry],
    as_alva: Context,
) -> None:
    """How large it is, how many plays it has by whom they were seen, and how often it was asked."""
    complete(hass, accounts)
    await act(hass, "get_plays", as_alva)
    reported = await overview(socket)
    store = reported["store"]
    assert (store["kind"], store["plays"], store["observations"]) == (
        "sqlite",
        len(PAST),
        {"live": len(PAST)},
    )
    assert store["bytes"] > 10_000
    assert (store["kept_days"], store["last_backup"]) == ({}, None)
    [day] = reported["asked"]
    assert (day["day"], day["question_done"]) == ("2026-07-15", 1)
    assert reported["jobs"] == {"under_way": [], "failed": []}


async def test_each_account_is_reported_with_its_login(
    hass: HomeAssistant,
    socket: MockHAClientWebSocket,
    accounts: dict[str, MockConfigEntry],
) -> None:
    """Whether it works, when its token and its login end, and with whom it is shared."""
    complete(hass, accounts, ben="household", cleo="private")
    reported = await overview(socket)
    by = {one["account"]: one for one in reported["accounts"]}
    assert by.keys() == {"alva_1999", "Ben", "Cleo"}
    assert by["Ben"]["token"] == {
        "health": "to_be_refreshed",
        "expires_at": "2026-07-15T12:40:00+02:00",
        "login_ends": "2026-11-25T21:26:40+01:00",
    }
    assert (by["Ben"]["privacy"], by["Cleo"]["privacy"]) == ("household", "private")
    assert by["Ben"]["recording"] is None
    assert "authorized_at" not in str(reported)


async def test_what_a_private_listener_plays_is_hidden(
    hass: HomeAssistant,
    socket: MockHAClientWebSocket,
    accounts: dict[str, MockConfigEntry],
    share: Share,
) -> None:
    """The account is there; its plays are not counted, nor when it was called."""
    complete(hass, accounts)
    hour = 1_784_116_800_000
    await hass.data[DATA_HISTORY].async_write(
        lambda connection, ingest: add_calls(
            connection, ingest.registers, [ApiCalls(BEN, hour, "player", 40)]
        )
    )
    shared = await overview(socket)
    calls = {one["listener"]: one["hours"] for one in shared["api"]["accounts"]}
    assert calls["Ben"] == [
        {"hour": "2026-07-15T14:00:00+02:00", "by_purpose": {"player": 40}}
    ]
    share("ben", "private")
    private = await overview(socket)
    assert "Ben" not in str(private["api"]["accounts"])
    assert private["store"]["plays"] == shared["store"]["plays"] - OF_BEN
    assert "Ben" in [one["account"] for one in private["accounts"]]


async def test_logins_are_counted_in_the_days_that_were_asked_for(
    hass: HomeAssistant,
    socket: MockHAClientWebSocket,
    accounts: dict[str, MockConfigEntry],
    freezer: FrozenDateTimeFactory,
) -> None:
    """Like what was asked."""
    complete(hass, accounts)
    async_log_event(hass, EventKind.LINK, "linked")
    await later(hass, freezer, days=9)
    async_log_event(hass, EventKind.LINK, "refused", detail="access_denied")
    assert (await overview(socket, days=7))["logins"] == [
        {"day": "2026-07-24", "refused": 1}
    ]
    assert (await overview(socket, days=10))["logins"] == [
        {"day": "2026-07-15", "linked": 1},
        {"day": "2026-07-24", "refused": 1},
    ]


@pytest.mark.parametrize(
    ("kind", "field"), [("overview", "days"), ("events", "days"), ("events", "limit")]
)
async def test_true_is_no_number(
    hass: HomeAssistant,
    socket: MockHAClientWebSocket,
    accounts: dict[str, MockConfigEntry],
    kind: str,
    field: str,
) -> None:
    """It would be 1."""
    complete(hass, accounts)
    for number, taken in ((True, False), ("1", False), (1, True)):
        answer = await sent(socket, {"type": f"encore/{kind}", field: number})
        assert answer["success"] is taken


async def test_nobody_else_is_informed_of_anything(
    hass: HomeAssistant,
    house: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    hass_read_only_access_token: str,
) -> None:
    """It is for administrators."""
    socket = await hass_ws_client(hass, hass_read_only_access_token)
    answer = await sent(socket, {"type": f"{DOMAIN}/overview"})
    assert answer["error"]["code"] == "not_allowed"


def test_of_a_database_its_kind_alone_is_reported() -> None:
    """The rest of its URL may be a password."""
    assert store_kind("postgresql+psycopg://me:secret@db/encore") == "postgresql"
    assert store_kind("sqlite:////config/encore.db") == "sqlite"
