"""Copies of the store, what can still be read of a damaged one, and moves to another database."""
