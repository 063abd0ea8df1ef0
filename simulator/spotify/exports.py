"""Spotify's two kinds of privacy export, written from the ledger."""

from dataclasses import dataclass
from pathlib import Path

from .world import SpotifyWorld


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export holds, for tests that count."""

    path: Path
    plays: int
    """Rows that stand for a row of the ledger."""
    duplicates: int
    """Rows repeated exactly."""
    empty: int
    """Rows whose item is null."""


def write_extended_history(
    world: SpotifyWorld,
    person_key: str,
    path: Path,
    *,
    until_ms: int | None = None,
    older: bool = False,
) -> ExportReport:
    """Write the Extended Streaming History ZIP of what ended up to `until_ms` (default: now).

    `older` writes it as exports looked before 2023: `endsong_N.json`, with their keys.
    """
    raise NotImplementedError


def write_account_data(
    world: SpotifyWorld, person_key: str, path: Path, *, until_ms: int | None = None
) -> ExportReport:
    """Write the account data ZIP: the last year to the minute, no URIs."""
    raise NotImplementedError
