"""Errors of questions, with what an interface needs to say them.

    QuestionError
    ├── UnknownQuestion   no such question
    ├── BadParameter      a value that is none of a parameter's
    ├── UnknownParameter  a parameter that there is not, with which there are
    ├── WindowTwice       a window by name and by its ends
    ├── UnknownListener   nobody of that name, with who there is
    ├── UnknownRoom       no such room, with which there are
    ├── UnknownDevice     no such player, with which there are
    ├── UnknownHere       "here", asked from nowhere
    ├── UnknownThing      nothing heard is called so, with what is called almost so
    └── UnknownPlay       no play has that id, or none that the asker may hear of

Windows and moments that cannot be are `history.errors.InvalidWindow`.
"""

from collections.abc import Sequence

from ...history.errors import KeyedError


class QuestionError(KeyedError, Exception):
    """Somebody asked what cannot be answered; says why to whoever asked."""

    key = ""

    @property
    def words(self) -> dict[str, str]:
        """What the sentence mentions."""
        return {
            name: value if isinstance(value, str) else ", ".join(value) or "-"
            for name, value in vars(self).items()
        }


class UnknownQuestion(QuestionError):
    """There is no question of that name."""

    def __init__(self, question: str) -> None:
        """Take the name that was asked for."""
        super().__init__(question)
        self.question = question


class BadParameter(QuestionError):
    """A parameter was given what is no value of it, or is missing."""

    def __init__(self, parameter: str) -> None:
        """Take the parameter's name."""
        super().__init__(parameter)
        self.parameter = parameter


class WindowTwice(QuestionError):
    """The window was given both by name and by its ends."""


class UnknownHere(QuestionError):
    """The asker said "here", and nobody knows where that is."""


class UnknownName(QuestionError):
    """Something was called by a name that nothing has."""

    key = ""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        """Take the name, and the names that would have done."""
        super().__init__(name)
        self.name = name
        self.known = tuple(known)


class UnknownParameter(UnknownName):
    """It takes no parameter of that name."""


class UnknownListener(UnknownName):
    """No listener has that name."""


class UnknownRoom(UnknownName):
    """No room has that name."""


class UnknownDevice(UnknownName):
    """No player has that name."""


class UnknownThing(UnknownName):
    """Nothing that was heard has that name."""


class UnknownPlay(QuestionError):
    """No play has that id, or none of which the asker may hear."""
