"""The schema of the store: all tables, at the newest version."""

from typing import Final

from . import play_tables, record_tables

__all__ = ["VERSION", "metadata", "play_tables", "record_tables"]

VERSION: Final = 1
"""Raised by one with each step in `migrations`."""

metadata: Final = play_tables.metadata
