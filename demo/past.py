"""Years of listening: each person's export is asked for, and imported through Encore's action."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .api import HomeAssistantApi
from .simulators import Truth

ACTION = "encore.import_history"


@dataclass(frozen=True, slots=True)
class Export:
    """An export ZIP, and what Spotify put into it."""

    path: Path
    holds: dict[str, Any]
    """`plays`, `duplicates` and `empty`: how many rows of each."""


@asynccontextmanager
async def export_of(truth: Truth, person: str, folder: Path) -> AsyncGenerator[Export]:
    """Have Spotify write a person's extended streaming history into a folder.

    The ZIP is gone afterwards.
    """
    path = folder / f"my_spotify_data_{person}.zip"
    holds = await truth.do("export", person=person, path=str(path))
    try:
        yield Export(path, holds)
    finally:
        await asyncio.to_thread(path.unlink, missing_ok=True)


async def import_past(
    api: HomeAssistantApi, entry_id: str, export: Export
) -> dict[str, Any]:
    """Import an export for the account of a config entry; return Encore's report of it."""
    report: dict[str, Any] = await api.act(
        ACTION, {"config_entry_id": entry_id, "path": str(export.path)}, answer=True
    )
    return report
