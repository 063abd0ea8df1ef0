"""Listeners and their groups: linked accounts, sharing, and what becomes of an account that was removed."""
