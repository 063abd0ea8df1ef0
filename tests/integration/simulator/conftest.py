"""What the tests here share: no Home Assistant."""

import pytest

from tests.unit.simulator.conftest import album, clock, lived_world, world  # noqa: F401


@pytest.fixture(autouse=True)
def encore_enabled() -> None:
    """Leave out the house that other tests have."""
