"""What a scene of music is: how its names are made, how long its tracks are, and its manners."""

from dataclasses import dataclass

type Words = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Scene:
    """One scene: how its artists and titles are named, how long its tracks are, and its manners."""

    artists: int
    """How many artists it has."""
    isrc_country: str
    bands: tuple[str, ...]
    titles: tuple[str, ...]
    words: Words
    seconds: tuple[int, int]
    """Mean and deviation of a track's length."""
    features: float = 0.06
    """How often a guest is on a track."""
    explicit: float = 0.02
    since: int = 1995
    """The earliest year of release."""


def words(text: str) -> tuple[str, ...]:
    """Split words written with spaces; an underscore stands for a space within a word."""
    return tuple(word.replace("_", " ") for word in text.split())
