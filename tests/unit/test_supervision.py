"""Background work: what raises is logged once and goes on, and nothing runs in a task that nobody attends to."""

import ast
import asyncio
from collections.abc import Iterator
import logging
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

import pytest

from custom_components.encore.runtime import supervision
from custom_components.encore.runtime.supervision import (
    async_attempt,
    async_cancel,
    async_supervise,
)

ENCORE: Final = Path(supervision.__file__).parents[1]
BEGINS: Final = {
    "create_task",
    "async_create_task",
    "async_create_background_task",
    "ensure_future",
}
ATTENDED: Final = {"async_supervise", "async_attempt"}
AWAITED: Final = {
    "commands/deduplicate.py": "who asked waits for it",
    "runtime/store/store_lifecycle.py": "the last holder waits for it",
    "runtime/supervision.py": "it attends to what others have it begin",
    "runtime/jobs.py": "who asked for the job waits for it, and its record says how it ended",
    "api/llm_tools.py": "its result is read at once",
    "media/pictures.py": "who wants the picture waits for it",
    "entities/entity_answers.py": "a coordinator of Home Assistant's, which is asked again at the next change",
    "sonos/entry.py": "the set-up waits for it",
    "sonos/household_speakers.py": "it only tells those who wait for other groups",
    "spotify/budget/requests_in_flight.py": "who calls Spotify waits for it",
    "spotify/tracking/player_coordinator.py": "a coordinator of Home Assistant's, which is asked again at the next look",
    "spotify/auth/oauth_session.py": "who wants the token waits for it",
    "flows/store_flow.py": "the flow waits for it",
    "flows/store_repair.py": "the dialog waits for it, and its job says how it ended",
    "spotify/auth/permission_flow.py": "Home Assistant itself shows the login that it begins",
    "api/uploads/uploads.py": "the upload waits until it begins, and what comes after is logged by itself",
}
"""Why a task of a module needs nobody to attend to it."""


def begun(path: Path) -> Iterator[ast.Call]:
    """Yield each call in a module that begins a task."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in BEGINS:
                yield node


def is_attended(call: ast.Call) -> bool:
    """Whether what a task does is supervised, or attempted once."""
    called = [
        getattr(each.func, "id", "") for each in call.args if isinstance(each, ast.Call)
    ]
    return any(name in ATTENDED for name in called)


def test_every_task_is_attended_to() -> None:
    """A new one names who waits for it, or is supervised."""
    alone = {
        path.relative_to(ENCORE).as_posix()
        for path in ENCORE.rglob("*.py")
        if any(not is_attended(call) for call in begun(path))
    }
    assert alone == set(AWAITED)


@pytest.fixture
def hass(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return what supervision needs of Home Assistant, and let it retry at once."""
    monkeypatch.setattr(supervision, "FIRST_RETRY_S", 0)
    return SimpleNamespace(data={}, is_stopping=False)


def logged(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what was logged with a traceback."""
    return [record.message for record in caplog.records if record.exc_info]


async def test_work_goes_on_after_an_error_that_is_logged_once(
    hass: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """Once for each kind of error, and it ends as soon as the work does."""
    tried: list[int] = []

    async def work() -> None:
        tried.append(len(tried))
        if len(tried) in {1, 2}:
            raise ZeroDivisionError
        if len(tried) == 3:
            raise KeyError("odd")

    await async_supervise(hass, "the test", work)
    assert tried == [0, 1, 2, 3]
    assert len(logged(caplog)) == 2


async def test_a_future_that_somebody_cancelled_ends_no_work(hass: Any) -> None:
    """Only who cancels the task does."""
    tried: list[int] = []
    waits = asyncio.Event()

    async def work() -> None:
        tried.append(1)
        if len(tried) == 1:
            raise asyncio.CancelledError
        await waits.wait()

    task = asyncio.ensure_future(async_supervise(hass, "the test", work))
    while len(tried) < 2:
        await asyncio.sleep(0)
    await async_cancel(task, None)
    assert task.cancelled()


async def test_ending_work_raises_nothing(hass: Any) -> None:
    """Whatever the work raises in its last moment."""

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            raise OSError

    task = asyncio.ensure_future(work())
    await asyncio.sleep(0)
    await async_cancel(task)
    assert isinstance(task.exception(), OSError)


async def test_an_attempt_is_made_once(
    hass: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """Its error is logged instead of raised; later ones of its kind for debugging."""
    caplog.set_level(logging.DEBUG)

    async def work() -> None:
        raise ZeroDivisionError

    for _ in range(3):
        await async_attempt(hass, "the test", work)
    assert len(logged(caplog)) == 1
    assert len(caplog.records) == 3


async def test_what_fails_while_home_assistant_stops_leaves_no_traceback(
    hass: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """The executor may have ended before."""
    hass.is_stopping = True

    async def work() -> None:
        raise RuntimeError("cannot schedule new futures after shutdown")

    await async_attempt(hass, "the test", work)
    assert not logged(caplog)
