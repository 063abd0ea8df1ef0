"""What the tests of the simulated day share: no Home Assistant but the day's own."""

import pytest


@pytest.fixture(autouse=True)
def encore_enabled() -> None:
    """Leave out the home that other tests have: the day brings its own, and a loop of its own."""
