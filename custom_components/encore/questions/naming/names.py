"""Resolves names of listeners, rooms, players and groups."""

from collections.abc import Iterable
from typing import Final, Protocol

ARTICLES: Final = frozenset(
    ("the", "die", "der", "das", "de", "het", "les", "le", "la", "los", "las", "el")
)
"""With what the name of a group may begin, in the languages in which one is asked."""
_GERMAN: Final = "de"
_GERMAN_PLURAL: Final = "die"


class Known(Protocol):
    """What has a name, and a key that it can be meant by as well."""

    @property
    def key(self) -> str:
        """The key."""

    @property
    def name(self) -> str:
        """The name."""


def several(asked: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """Return what was named, one or several or nothing."""
    if asked is None:
        return ()
    return (asked,) if isinstance(asked, str) else asked


def folded(name: str) -> str:
    """Return a name in the form in which equal names are equal: without case, and with single spaces."""
    return " ".join(name.casefold().split())


def called[N: Known](name: str, known: Iterable[N]) -> tuple[N, ...]:
    """Return what has this name or key."""
    wanted = folded(name)
    return tuple(
        each for each in known if wanted in (folded(each.name), each.key.casefold())
    )


def beginning[N: Known](name: str, known: Iterable[N]) -> tuple[N, ...]:
    """Return the only one whose name begins with this as a word, if there is only one of that name."""
    wanted = folded(name)
    begins = tuple(each for each in known if folded(each.name).startswith(f"{wanted} "))
    return begins if len({each.name for each in begins}) == 1 else ()


def named[N: Known](name: str, known: Iterable[N]) -> tuple[N, ...]:
    """Return what has this name or key, or else the only one whose name begins with it as a word."""
    everything = tuple(known)
    return called(name, everything) or beginning(name, everything)


def names_of(known: Iterable[Known]) -> list[str]:
    """Return what there is by name, each once."""
    return sorted({each.name for each in known if each.name}, key=str.casefold)


def bare(name: str) -> str:
    """Return a name without the article that it begins with: "kids" of "the kids"."""
    article, _, rest = " ".join(name.split()).partition(" ")
    return rest if rest and article.casefold() in ARTICLES else " ".join(name.split())


def tidied(name: str) -> str:
    """Return the name of a group as it stands within a sentence: "the kids" of " The  kids"."""
    article, space, rest = " ".join(name.split()).partition(" ")
    if space and article.casefold() in ARTICLES:
        return f"{article.casefold()} {rest}"
    return article + space + rest


def spoken_forms(name: str, language: str) -> tuple[str, ...]:
    """Return the forms in which the name of a group is heard in a sentence, its own first.

    A German one that begins with "die" is declined as a plural: "den Kindern", "der Kinder".
    """
    forms = [name, bare(name)]
    article, _, rest = name.partition(" ")
    if language == _GERMAN and article.casefold() == _GERMAN_PLURAL and rest:
        dative = rest if rest[-1:].casefold() in ("n", "s") else f"{rest}n"
        forms += [f"den {dative}", f"der {rest}", dative]
    return tuple(dict.fromkeys(forms))
