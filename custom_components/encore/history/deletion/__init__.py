"""Deleting plays, restoring them, and blocking their re-import."""
