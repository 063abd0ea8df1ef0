"""Records that wait for the history are not lost, whatever keeps it from taking them."""

from collections.abc import Sequence
import logging

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed
from sqlalchemy import Connection

from custom_components.encore.history.database.key_tables import Registers
from custom_components.encore.history.errors import StoreUnavailable
from custom_components.encore.runtime.store.write_buffer import (
    SAVED_AFTER_S,
    WriteBuffer,
)
from homeassistant.core import HomeAssistant


@pytest.mark.parametrize("error", [StoreUnavailable, ValueError])
@pytest.mark.usefixtures("house")
async def test_what_could_not_be_stored_is_stored_with_the_next(
    hass: HomeAssistant, error: type[Exception]
) -> None:
    """In its order; an error that nobody foresaw is told all the same."""
    stored: list[int] = []
    failing = [error("not now")]

    def store(
        _connection: Connection, _registers: Registers, records: Sequence[int]
    ) -> None:
        if failing:
            raise failing.pop()
        stored.extend(records)

    unstored = WriteBuffer[int](hass, "What is counted", store)
    unstored.add(1)
    unstored.add(2)
    if error is StoreUnavailable:
        await unstored.async_save()
    else:
        with pytest.raises(error):
            await unstored.async_save()
    assert stored == []
    unstored.add(3)
    await unstored.async_save()
    assert stored == [1, 2, 3]
    assert len(unstored) == 0


@pytest.mark.usefixtures("house")
async def test_an_unforeseen_error_of_a_timer_is_logged_once(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The timer of the next record stores both."""
    stored: list[int] = []
    failing = [ValueError("not now"), ValueError("nor now")]

    def store(
        _connection: Connection, _registers: Registers, records: Sequence[int]
    ) -> None:
        if failing:
            raise failing.pop()
        stored.extend(records)

    buffer = WriteBuffer[int](hass, "What is counted", store)
    for record in (1, 2, 3):
        buffer.add(record)
        freezer.tick(SAVED_AFTER_S + 1)
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)
    assert stored == [1, 2, 3]
    errors = [each for each in caplog.records if each.levelno >= logging.ERROR]
    assert ["What is counted" in each.getMessage() for each in errors] == [True]
