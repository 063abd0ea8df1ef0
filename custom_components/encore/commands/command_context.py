"""The context of commands."""

from ..dispatch.request_context import RequestContext as CommandContext

__all__ = ["CommandContext"]
