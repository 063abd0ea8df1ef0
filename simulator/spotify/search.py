"""Search by words, as forgiving as a person expects: prefixes, any case, no diacritics needed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
import re
import unicodedata

from .music import Album, Artist, Audiobook, Episode, Kind, Thing, Track

_FILTER = re.compile(
    r'\b(artist|album|track|year|isrc):(?:"([^"]*)"|(\S+))', re.IGNORECASE
)
_WORD = re.compile(r"\w+")
_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "ð": "d", "þ": "th", "ł": "l", "ß": "ss", "đ": "d"}
)


def plain(text: str) -> str:
    """Return text in lower case without diacritics."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def words_of(text: str) -> list[str]:
    """Return the words of a text, plain."""
    return _WORD.findall(plain(text))


def matches(wanted: Sequence[str], text_words: Iterable[str]) -> bool:
    """Whether each wanted word begins a word of the text; one without spaces (猫) may be inside it."""
    words = list(text_words)
    return all(
        any(
            word.startswith(want) or (not want.isascii() and want in word)
            for word in words
        )
        for want in wanted
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    thing: Thing
    name: str
    words: tuple[str, ...]
    """Of the name, and of the artists, authors or show too."""
    fields: dict[str, str] = field(default_factory=dict)


class SearchIndex:
    """An index over shelves of things, in the order of their fame."""

    def __init__(self, shelves: Iterable[Mapping[str, Thing]]) -> None:
        """Index every thing of every shelf."""
        self._entries: dict[Kind, list[_Entry]] = {}
        for shelf in shelves:
            for thing in shelf.values():
                self._entries.setdefault(thing.kind, []).append(_entry(thing))

    def find(self, query: str, kinds: Sequence[Kind]) -> dict[Kind, list[Thing]]:
        """Return all matches by kind: a name that is the query first, then one that begins so, then the rest."""
        filters = {
            found[1].lower(): plain(found[2] or found[3])
            for found in _FILTER.finditer(query)
        }
        text = _FILTER.sub(" ", query)
        wanted = words_of(text)
        if not wanted and not filters:
            return {kind: [] for kind in kinds}
        start = plain(text).strip()
        result: dict[Kind, list[Thing]] = {}
        for kind in kinds:
            found = [
                entry
                for entry in self._entries.get(kind, ())
                if matches(wanted, entry.words) and _passes(entry, filters)
            ]
            found.sort(
                key=lambda entry: (
                    entry.name != start,
                    not entry.name.startswith(start),
                )
            )
            result[kind] = [entry.thing for entry in found]
        return result


def _entry(thing: Thing) -> _Entry:
    fields: dict[str, str] = {}
    about = ""
    match thing:
        case Artist(name=name):
            fields = {"artist": name}
        case Album():
            about = " ".join(artist.name for artist in thing.artists)
            fields = {
                "album": thing.name,
                "artist": about,
                "year": thing.release_date[:4],
            }
        case Track():
            about = " ".join((*thing.artist_names, thing.album_name))
            fields = {
                "track": thing.name,
                "artist": " ".join(thing.artist_names),
                "album": thing.album_name,
                "year": thing.album.release_date[:4],
                "isrc": thing.isrc,
            }
        case Audiobook():
            about = " ".join(thing.authors)
        case Episode():
            about = thing.show.name
        case _:
            pass
    return _Entry(
        thing,
        plain(thing.name),
        tuple(words_of(f"{thing.name} {about}")),
        {key: plain(value) for key, value in fields.items()},
    )


def _passes(entry: _Entry, filters: Mapping[str, str]) -> bool:
    for key, wanted in filters.items():
        value = entry.fields.get(key)
        if value is None:
            return False
        if key == "year":
            first, _, last = wanted.partition("-")
            if not first <= value <= (last or first):
                return False
        elif key == "isrc":
            if value != wanted:
                return False
        elif not matches(words_of(wanted), words_of(value)):
            return False
    return True
