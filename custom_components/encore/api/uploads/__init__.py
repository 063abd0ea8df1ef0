"""Exports that come in by browser or watched folder."""
