"""Encore's tests."""
