"""The house whose history is asked."""

from collections.abc import Callable, Iterator
import logging

import pytest

from custom_components.encore.history.history import History

from .house import PAST, history_of


@pytest.fixture
def threads_may_stay() -> bool:
    """Leave the threads of the shared history alone, which outlive a test."""
    return True


@pytest.fixture(scope="session", autouse=True)
def quiet_database() -> None:
    """Keep Home Assistant's test plugin from logging each statement, which takes longer than it."""
    logging.getLogger("sqlalchemy.engine").setLevel(logging.WARNING)


@pytest.fixture(scope="package")
def history(new_store: Callable[[], str]) -> Iterator[History]:
    """Return the history of the home; nothing is added to it."""
    with history_of(new_store(), PAST) as history:
        yield history
