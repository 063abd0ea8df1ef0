"""The questions that Encore answers."""

from .playing_at import PlayingAt
from .plays import Plays
from .registry import Registry
from .top import Top

QUESTIONS = Registry()
QUESTIONS.register(Plays())
QUESTIONS.register(Top())
QUESTIONS.register(PlayingAt())

__all__ = ["QUESTIONS"]
