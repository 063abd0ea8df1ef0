"""Spotify items of a command, and how its result shows them."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final, Self

from msgspec import Struct

from ..questions.base.parameters import Described, Form
from ..spotify.account import SpotifyAccount
from ..spotify.api.items import SpotifyThing
from ..spotify.api.share_links import Link, link_of, read_link
from ..spotify.call_purpose import Priority
from .errors import NothingPlays, WrongKind

ITEMS_OR_PLAYING: Final = Described(
    Form.LINK,
    "Spotify URIs or links, one or several. Default: what is playing now.",
    "spotify:track:4iV5W9uYEdYUVa79Axb7Rh",
    most=200,
)


class Makers(str):
    """Who made a thing, as one text: the artists of a track, the show of an episode, the owner of a playlist."""

    __slots__ = ("names",)

    names: tuple[str, ...]
    """They one by one: a name may have a comma."""

    @classmethod
    def of(cls, thing: SpotifyThing) -> Self:
        """Return the makers of a thing."""
        found = cls(thing.by)
        found.names = thing.makers or (thing.by,)
        return found


class SpotifyItem(Struct, frozen=True, kw_only=True):
    """A thing at Spotify as results show it."""

    type: str
    name: str
    artist: Makers
    uri: str
    image_url: str | None

    @classmethod
    def of(cls, thing: SpotifyThing, **others: Any) -> Self:
        """Return a thing of Spotify's."""
        return cls(
            type=thing.kind,
            name=thing.name,
            artist=Makers.of(thing),
            uri=thing.uri,
            image_url=thing.image_url,
            **others,
        )


def spotify_items(things: Iterable[SpotifyThing]) -> tuple[SpotifyItem, ...]:
    """Return things of Spotify's as results show them."""
    return tuple(SpotifyItem.of(each) for each in things)


def link_meant(text: str) -> Link | None:
    """Return what a URI or a share link names; None for a text that is none, and so perhaps a name.

    Raises NotALink and ShortLink for what is meant to be one.
    """
    if (link := read_link(text)) is not None:
        return link
    return link_of(text) if text.startswith(("spotify:", "http")) else None


def links_of(items: Sequence[str], kinds: Collection[str]) -> tuple[Link, ...]:
    """Return what URIs and share links name, each once, in their order.

    Raises NotALink and ShortLink, and WrongKind for what is of none of `kinds`.
    """
    links = tuple(dict.fromkeys(link_of(item) for item in items))
    for link in links:
        if link.kind not in kinds:
            raise WrongKind(media_id=link.uri, kinds=", ".join(kinds))
    return links


async def async_playing(
    account: SpotifyAccount, kinds: Collection[str]
) -> SpotifyThing:
    """Return what an account plays now. Raises NothingPlays, WrongKind for a local file, and SpotifyError."""
    item = (await account.gateway.async_playback(Priority.PERSON)).item
    if item is None:
        raise NothingPlays(name=account.listener.name)
    (link,) = links_of((item.uri,), kinds)
    by = ", ".join(item.artists)
    return SpotifyThing(
        link.kind, link.uri, item.title, by, item.image_url, item.artists
    )
