"""What the tests of the history share."""

from collections.abc import Callable, Iterator
import logging

import pytest

from custom_components.encore.history.database.store import store_at
from custom_components.encore.history.history import History

from .memory import Memory, Shelf


@pytest.fixture(scope="session", autouse=True)
def quiet_database() -> None:
    """Keep Home Assistant's test plugin from logging each statement, which takes longer than it."""
    logging.getLogger("sqlalchemy.engine").setLevel(logging.WARNING)


@pytest.fixture(scope="session")
def shelf(
    quiet_database: None, store_kind: str, new_store: Callable[[], str]
) -> Iterator[Shelf]:
    """Give what gives empty stores (SQLite's in memory), for tests that need many."""
    url = "sqlite://" if store_kind == "sqlite" else new_store()
    with store_at(url).writing() as connection:
        yield Shelf(connection)


@pytest.fixture
def store(shelf: Shelf) -> Iterator[Memory]:
    """Give an empty store."""
    with shelf.memory() as empty:
        yield empty


@pytest.fixture
def history(new_store: Callable[[], str]) -> Iterator[History]:
    """Give an open history in a store of its own."""
    opened = History(new_store())
    opened.open()
    yield opened
    opened.close()
