"""What the tests of the history share."""

from collections.abc import Iterator
import logging
from pathlib import Path

import pytest

from custom_components.encore.history.history import History
from custom_components.encore.history.store import Store

from .telling import Memory, Shelf


@pytest.fixture(scope="session", autouse=True)
def quiet_database() -> None:
    """Keep Home Assistant's test plugin from logging each statement, which takes longer than it."""
    logging.getLogger("sqlalchemy.engine").setLevel(logging.WARNING)


@pytest.fixture(scope="session")
def shelf(quiet_database: None) -> Iterator[Shelf]:
    """Give what gives empty stores in memory, for tests that need many."""
    with Store("sqlite://").writing() as connection:
        yield Shelf(connection)


@pytest.fixture
def store(shelf: Shelf) -> Iterator[Memory]:
    """Give an empty store in memory."""
    with shelf.memory() as empty:
        yield empty


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    """Give an open history in a file of its own."""
    opened = History(f"sqlite:///{tmp_path / 'encore.db'}")
    opened.open()
    yield opened
    opened.close()
