"""Freezing: what is left out of freezegun's looking for clocks is frozen and set going like all else."""

from datetime import UTC, datetime
import sys
import time
from types import ModuleType

from freezegun import freeze_time
import pytest

THEN = datetime(2026, 7, 15, 12, 30, tzinfo=UTC)


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return a module without a clock."""
    module = ModuleType("a_module_without_a_clock")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    return module


def test_a_module_that_gets_a_clock_is_frozen_from_then_on(module: ModuleType) -> None:
    """It was left out until then."""
    with freeze_time(THEN):
        pass
    vars(module).update(now=time.time, moment=datetime)
    for _ in range(2):
        with freeze_time(THEN):
            assert module.now() == THEN.timestamp()
            assert module.moment.now(UTC) == THEN
        assert module.now is time.time
        assert module.moment is datetime


def test_what_gets_a_clock_while_time_is_frozen_is_set_going_afterwards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As modules that are imported then."""
    module = ModuleType("a_module_of_a_frozen_time")
    with freeze_time(THEN):
        vars(module).update(now=time.time)
        monkeypatch.setitem(sys.modules, module.__name__, module)
        assert module.now() == THEN.timestamp()
    assert module.now is time.time


def test_the_seconds_follow_the_frozen_time() -> None:
    """They are worked out once for each moment, not once and for all."""
    with freeze_time(THEN) as frozen:
        before = time.monotonic(), time.time()
        frozen.tick(2.5)
        assert (time.monotonic(), time.time()) == (before[0] + 2.5, before[1] + 2.5)
