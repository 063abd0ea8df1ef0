"""Sealing, and the small rules around a login."""
