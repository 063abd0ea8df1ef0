"""What the tests here share: no Home Assistant."""

import pytest


@pytest.fixture(autouse=True)
def encore_enabled() -> None:
    """Leave out the house that other tests have."""
