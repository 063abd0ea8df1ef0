"""The thread of long work: when it has ended."""

from collections.abc import Iterator
from pathlib import Path
import threading

import pytest

from custom_components.encore.history.history import History

_LINGERS_S = 0.1
"""How long the thread of the work is busy after its result is there."""


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    """Return an open history, closed again if the test did not."""
    history = History(f"sqlite:///{tmp_path / 'encore.db'}")
    history.open()
    yield history
    history.close()


def test_its_thread_has_ended_when_the_history_is_closed(history: History) -> None:
    """That a result is there is not the end of the thread that made it."""
    rebuilt = history.rebuild()
    rebuilt.add_done_callback(lambda _: threading.Event().wait(_LINGERS_S))

    history.close()

    assert rebuilt.done()
    names = [thread.name for thread in threading.enumerate()]
    assert not [name for name in names if name.startswith("encore-")]
