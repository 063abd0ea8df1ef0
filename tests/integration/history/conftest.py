"""What the tests of the history beside something else share: no Home Assistant."""

import pytest

from tests.unit.history.conftest import history, quiet_database, shelf, store  # noqa: F401


@pytest.fixture(autouse=True)
def encore_enabled() -> None:
    """Leave out the home that other tests have."""
