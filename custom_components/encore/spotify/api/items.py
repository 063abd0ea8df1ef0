"""Spotify items as lists show them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from .response_fields import image_of, list_of, object_of, text_of
from .share_links import Link

KINDS: Final = frozenset(
    {
        "track",
        "album",
        "artist",
        "playlist",
        "show",
        "episode",
        "audiobook",
        "chapter",
    }
)
"""Spotify's own words for what can be played."""

AUDIOBOOK: Final = "audiobook"
SINGLES: Final = frozenset({"track", "episode", "chapter"})
"""What can be played as one item."""


@dataclass(frozen=True, slots=True)
class SpotifyThing:
    """A thing as a list shows it. `kind` is one of KINDS."""

    kind: str
    uri: str
    name: str
    by: str = ""
    """The artists of a track or album, the show of an episode, the owner of a playlist, the authors of a book."""
    image_url: str | None = None
    makers: tuple[str, ...] = field(default=(), compare=False)
    """Those that `by` names, one by one, where that is known: a name may have a comma."""

    @property
    def id(self) -> str:
        """The last part of its URI."""
        return self.uri.rpartition(":")[2]

    @property
    def link(self) -> Link:
        """What names it at Spotify."""
        return Link(self.kind, self.id)

    @property
    def is_single(self) -> bool:
        """Whether it can be played as one item."""
        return self.kind in SINGLES


def read_thing(answer: object) -> SpotifyThing | None:
    """Read what Spotify says of a thing, in full or in short; None for what cannot be played through Spotify.

    Lists have null where something was removed, and a playlist may hold files of the person's own.
    """
    thing = object_of(answer)
    uri = text_of(thing.get("uri")) or ""
    match uri.split(":"):
        case ["spotify", kind, thing_id] if kind in KINDS and thing_id:
            if thing.get("type") == AUDIOBOOK:
                # Its URI is one of a show, which has other endpoints.
                kind, uri = AUDIOBOOK, f"spotify:{AUDIOBOOK}:{thing_id}"
            name = text_of(thing.get("name")) or thing_id
            makers = makers_of(thing)
            return SpotifyThing(
                kind, uri, name, ", ".join(makers), picture_of(thing), makers
            )
    return None


def read_things(answer: object, *names: str) -> Iterator[SpotifyThing]:
    """Yield what can be read of the `items` of a page; with `names`, each stands below the first such word of its row."""
    for row in list_of(object_of(answer).get("items")):
        below = (object_of(row).get(name) for name in names)
        thing = read_thing(next(filter(None, below), None) if names else row)
        if thing is not None:
            yield thing


def makers_of(thing: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the artists or authors of a thing, else the show or book that it is a part of, else its owner."""
    for people in ("artists", "authors"):
        names = tuple(
            name
            for person in list_of(thing.get(people))
            if (name := text_of(object_of(person).get("name")))
        )
        if names:
            return names
    for whole in ("show", "audiobook"):
        if name := text_of(object_of(thing.get(whole)).get("name")):
            return (name,)
    owner = text_of(object_of(thing.get("owner")).get("display_name"))
    return (owner,) if owner else ()


def picture_of(thing: Mapping[str, Any]) -> str | None:
    """Return its image, or that of what it is a part of."""
    return image_of(thing) or next(
        (
            url
            for whole in ("album", "show", "audiobook")
            if (url := image_of(object_of(thing.get(whole))))
        ),
        None,
    )
