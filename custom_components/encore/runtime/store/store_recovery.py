"""Recovery of a damaged or missing store: salvage, restore a copy, or start a new one."""

from collections.abc import Callable
from pathlib import Path
import threading

from ...history.errors import StoreBusy
from ...history.recovery.copies import restore_copy
from ...history.recovery.salvage import Salvaged, salvage
from .store_lifecycle import StoreLifecycle
from .store_opening import file_of


class StoreRecovery(StoreLifecycle):
    """A store that comes back. Nothing is done about one that is there again: it is taken as it is."""

    _recovering = False

    @property
    def file(self) -> Path | None:
        """The file of the store; None for one on a server."""
        file = file_of(self.url)
        return Path(file) if file else None

    async def async_create(self) -> None:
        """Make a new store, and store what waited. Raises StoreUnavailable."""
        self._require_rest()
        async with self._opening:
            if self._lost:
                await self._async_open_again(create=True)
        await self._outbox.async_try_again()

    async def async_restore_copy(self, copy: Path) -> None:
        """Go on with a copy, and store what waited. Raises SalvageFailed or StoreUnavailable."""
        await self._async_make(lambda file: restore_copy(copy, file))
        await self._async_take_up()

    async def async_salvage(
        self,
        damaged: Path,
        *,
        progress: Callable[[int, int], None],
        cancelled: threading.Event,
    ) -> Salvaged | None:
        """Go on with what can be read of a damaged file, and store what waited; None where the store is there again.

        `progress` is called in the event loop, as is said at `salvage`. Setting `cancelled` stops it; then there is
        no store. Raises SalvageFailed or StoreUnavailable.
        """
        report = self.in_loop(progress)

        def stopped() -> bool:
            return cancelled.is_set() or self._hass.is_stopping

        done = await self._async_make(
            lambda file: salvage(damaged, file, progress=report, stopped=stopped)
        )
        if done is None or not done.cancelled:
            await self._async_take_up()
        return done

    async def _async_make[T](self, make: Callable[[Path], T]) -> T | None:
        """Make the file of the store in the executor; None where there is nothing to make."""
        self._require_rest()
        file = self.file
        if not self._lost or file is None:
            return None
        self._recovering = True
        try:
            return await self._hass.async_add_executor_job(make, file)
        finally:
            self._recovering = False

    async def _async_take_up(self) -> None:
        """Open the store that was made, and store what waited."""
        await self._async_reopen_lost()
        await self._outbox.async_try_again()

    def _require_rest(self) -> None:
        if self._recovering or self._moving:
            raise StoreBusy("The history is at work")
