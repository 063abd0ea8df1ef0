"""One guard for all calls to Spotify, because its quota belongs to the developer account: one concern a module."""

from .call_budget import Budget, async_get_budget

__all__ = ["Budget", "async_get_budget"]
