"""How much of an export is accepted, so that none fills the memory or the disk."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What an export, or one file of it, is refused beyond; the defaults are far above any real one."""

    zip_bytes: int = 500 * 1024**2
    """The size of a ZIP."""
    directory_bytes: int = 1024**2
    """The size of a ZIP's list of its files, which takes some eleven times as much memory: 10,000 files and more."""
    unpacked_bytes: int = 2 * 1024**3
    """What one file of a ZIP unpacks to."""
    inflation: int = 200
    """How many times its size a file of a ZIP unpacks to; Spotify's do so about 20 times."""
    depth: int = 16
    """How many folders deep a file lies."""
    rows: int = 5_000_000
    """The rows of one export."""
