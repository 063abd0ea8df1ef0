"""What the unit tests share: most need no event loop, and none of what Home Assistant's plugin prepares for one."""

from collections.abc import Iterator
from datetime import UTC
import threading
from typing import Final

import pytest
from pytest_homeassistant_custom_component.common import INSTANCES
from pytest_homeassistant_custom_component.plugins import HASocketBlockedError

from homeassistant.util import dt as dt_util

FOR_A_LOOP: Final = {
    "configure_event_loop",
    "disable_http_server",
    "enable_event_loop_debug",
    "expected_lingering_tasks",
    "expected_lingering_timers",
    "skip_stop_scripts",
    "verify_cleanup",
    "wait_for_stop_scripts_after_shutdown",
}
"""What Home Assistant's plugin sets up for each test: its event loop, its server, and the search for left tasks."""

FOR_HOME_ASSISTANT: Final = {
    "bcrypt_cost",
    "configure_session_event_loop",
    "evict_faked_translations",
    "fail_on_log_exception",
    "mock_bluetooth_adapters",
    "mock_get_source_ip",
    "mock_network",
    "mock_zeroconf_resolver",
    "reset_globals",
    "translations_once",
}
"""What plugins prepare for each test in case that it starts a Home Assistant, or sends requests."""


def pytest_itemcollected(item: pytest.Item) -> None:
    """Leave out, for a test that isn't a coroutine, what is for an event loop or a Home Assistant: it can't start one."""
    if isinstance(item, pytest.Function) and not item.get_closest_marker("asyncio"):
        # The list is the same for all parameters of a function.
        item.fixturenames[:] = [
            name
            for name in item.fixturenames
            if name not in FOR_A_LOOP | FOR_HOME_ASSISTANT
        ]


@pytest.fixture
def threads_may_stay() -> bool:
    """Return whether a test may leave threads."""
    return False


@pytest.fixture(autouse=True)
def nothing_is_left(
    request: pytest.FixtureRequest, threads_may_stay: bool
) -> Iterator[None]:
    """Check, where `verify_cleanup` doesn't, that a test left no thread, no time zone, and asked no other machine."""
    if "verify_cleanup" in request.fixturenames:
        yield
        return
    before = set(threading.enumerate())
    yield
    zone, dt_util.DEFAULT_TIME_ZONE = dt_util.DEFAULT_TIME_ZONE, UTC
    noted = HASocketBlockedError.instances  # type: ignore[misc]
    blocked = [*noted]
    noted.clear()
    assert threads_may_stay or not set(threading.enumerate()) - before
    assert zone is UTC
    assert not blocked
    assert not INSTANCES, "the test left a Home Assistant"
