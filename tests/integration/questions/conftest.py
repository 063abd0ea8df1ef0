"""What the tests of questions share: no Home Assistant, and a history that outlives a test."""

import pytest

from tests.unit.questions.conftest import quiet_database  # noqa: F401


@pytest.fixture(autouse=True)
def encore_enabled() -> None:
    """Leave out the home that other tests have."""


@pytest.fixture(autouse=True)
def verify_cleanup() -> None:
    """Leave the threads of a shared history alone."""
