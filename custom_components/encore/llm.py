"""Where Home Assistant looks for the tools that Encore adds to Assist's language model."""

from .api.llm_tools import async_get_tools

__all__ = ["async_get_tools"]
