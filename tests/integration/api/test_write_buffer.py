"""Records that wait for the history are not lost, whatever keeps it from taking them."""

from collections.abc import Sequence

import pytest
from sqlalchemy import Connection

from custom_components.encore.history.database.key_tables import Registers
from custom_components.encore.history.errors import StoreUnavailable
from custom_components.encore.runtime.store.write_buffer import WriteBuffer
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
