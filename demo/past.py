"""Years of listening: each person's export is asked for, and imported through Encore's action."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from .api import HomeAssistantApi
from .simulators import Truth

ACTION = "encore.import_history"


MEDIA = "media"
"""Home Assistant lets actions read files from this folder of its configuration."""


@asynccontextmanager
async def export_of(truth: Truth, person: str, config: Path) -> AsyncGenerator[Path]:
    """Have Spotify write a person's extended streaming history where Home Assistant may read it.

    The ZIP is gone afterwards.
    """
    folder = config / MEDIA
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    path = folder / f"my_spotify_data_{person}.zip"
    await truth.do("export", person=person, path=str(path))
    try:
        yield path
    finally:
        await asyncio.to_thread(path.unlink, missing_ok=True)


async def import_past(
    api: HomeAssistantApi, entry_id: str, path: Path
) -> dict[str, Any]:
    """Import an export for the account of a config entry; return Encore's report of it."""
    report: dict[str, Any] = await api.act(
        ACTION, {"config_entry_id": entry_id, "path": str(path)}, answer=True
    )
    return report
