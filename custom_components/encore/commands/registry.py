"""The bases of commands."""

from ..dispatch.command import (
    ActionCommand,
    ActionQuestion,
    Command,
    Data,
    NoParameters,
    Result,
)

__all__ = [
    "ActionCommand",
    "ActionQuestion",
    "Command",
    "Data",
    "NoParameters",
    "Result",
]
