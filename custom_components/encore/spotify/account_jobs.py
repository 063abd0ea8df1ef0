"""What an account needs of the records of jobs; passed in when the account is opened."""

from collections.abc import Awaitable, Callable
import threading
from typing import Any, Protocol

from ..history.records.job_records import Work
from ..runtime.running_job import Ended, Progress


class AccountJobs(Protocol):
    """Runs and records the jobs of an account, each with its progress and what is set when it is to stop."""

    async def async_run[T: Ended](
        self,
        work: Work,
        doing: Callable[[Progress, threading.Event], Awaitable[T]],
        counts: Callable[[T], dict[str, int]],
        *,
        apart: bool = False,
    ) -> T:
        """Run a job in the caller's task, or `apart` in one of its own, and return what came of it."""

    async def async_note(self, work: Work, **end: Any) -> None:
        """Record work that was no job."""
