"""The registry of questions."""

from .comparison import Comparison
from .count import Count
from .coverage import Coverage
from .discoveries import Discoveries
from .forgotten_favourites import ForgottenFavourites
from .heatmap import Heatmap
from .listening_time import ListeningTime
from .on_this_day import OnThisDay
from .playing_at import PlayingAt
from .plays import Plays
from .registry import Registry
from .repeat_rate import RepeatRate
from .search import Search
from .sessions import Sessions
from .streaks import Streaks
from .taste import Taste
from .timeline import Timeline
from .top import Top
from .weekdays import Weekdays
from .when_heard import WhenHeard
from .year import Year

QUESTIONS = Registry()
QUESTIONS.register(Plays())
QUESTIONS.register(Top())
QUESTIONS.register(PlayingAt())
QUESTIONS.register(ListeningTime())
QUESTIONS.register(Heatmap())
QUESTIONS.register(Timeline())
QUESTIONS.register(RepeatRate())
QUESTIONS.register(Discoveries())
QUESTIONS.register(Comparison())
QUESTIONS.register(Streaks())
QUESTIONS.register(Sessions())
QUESTIONS.register(Count())
QUESTIONS.register(WhenHeard())
QUESTIONS.register(OnThisDay())
QUESTIONS.register(ForgottenFavourites())
QUESTIONS.register(Coverage())
QUESTIONS.register(Search())
QUESTIONS.register(Taste())
QUESTIONS.register(Year())
QUESTIONS.register(Weekdays())

__all__ = ["QUESTIONS"]
