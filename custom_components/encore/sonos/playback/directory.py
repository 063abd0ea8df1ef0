"""Lists favorites, playlists, the music library and the queue. Blocks; runs in the executor."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lxml import etree

from ..xml_reading import parse, read_didl

if TYPE_CHECKING:
    from ..soco_speaker import SpeakerSoCo

A_PAGE: Final = 100
"""How many a speaker is asked for at once; some answer no more."""
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_UPNP: Final = "{urn:schemas-upnp-org:metadata-1-0/upnp/}"
_RINCON: Final = "{urn:schemas-rinconnetworks-com:metadata-1-0/}"
_DIDL: Final = "{urn:schemas-upnp-org:metadata-1-0/DIDL-Lite/}"


@dataclass(frozen=True, slots=True)
class Listed:
    """One thing in a list of the ContentDirectory. `uri` is what a transport plays for it, empty for none."""

    id: str
    title: str
    upnp_class: str
    uri: str
    is_container: bool
    xml: str
    """Its element of DIDL-Lite, with its namespaces."""
    artist: str | None = None
    album: str | None = None
    art: str | None = None
    """An address, or a path on the speaker."""
    stored_class: str | None = None
    """Of a favourite the class of what it stands for."""
    stored_metadata: str | None = None
    """Of a favourite the DIDL-Lite of what it stands for."""
    description: str | None = None
    """Of a favourite, the service that it is from."""


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list, which is `total` long."""

    listed: tuple[Listed, ...]
    total: int


def list_page(
    soco: SpeakerSoCo, object_id: str, start: int = 0, count: int = A_PAGE
) -> Page:
    """Return what is in an object of the ContentDirectory, from a place on (0 the first).

    Raises what SoCo raises: SoCoUPnPException with code 701 for no such object.
    """
    answer = _browse(soco, object_id, "BrowseDirectChildren", start, count)
    return Page(tuple(_listed_in(answer["Result"])), int(answer["TotalMatches"]))


def list_all(soco: SpeakerSoCo, object_id: str, most: int) -> list[Listed]:
    """Return what is in an object, `most` of it at the most. Raises as `list_page`."""
    found: list[Listed] = []
    while len(found) < most:
        page = list_page(soco, object_id, len(found), min(A_PAGE, most - len(found)))
        found += page.listed
        if not page.listed or len(found) >= page.total:
            break
    return found


def describe(soco: SpeakerSoCo, object_id: str) -> Listed | None:
    """Return an object itself, None where the speaker reports nothing of it. Raises as `list_page`."""
    answer = _browse(soco, object_id, "BrowseMetadata", 0, 1)
    return next(_listed_in(answer["Result"]), None)


def _browse(
    soco: SpeakerSoCo, object_id: str, flag: str, start: int, count: int
) -> dict[str, str]:
    answer: dict[str, str] = soco.contentDirectory.send_command(
        "Browse",
        [
            ("ObjectID", object_id),
            ("BrowseFlag", flag),
            ("Filter", "*"),
            ("StartingIndex", start),
            ("RequestedCount", count),
            ("SortCriteria", ""),
        ],
    )
    return answer


def _listed_in(result: str) -> Iterator[Listed]:
    for element in parse(result).iterchildren(f"{_DIDL}item", f"{_DIDL}container"):
        is_container = element.tag == f"{_DIDL}container"
        metadata = _text(element, f"{_RINCON}resMD")
        about = read_didl(metadata)
        yield Listed(
            id=element.get("id", ""),
            title=_text(element, f"{_DC}title") or "",
            upnp_class=_text(element, f"{_UPNP}class") or "",
            uri=_text(element, f"{_DIDL}res") or "",
            is_container=is_container,
            xml=etree.tostring(element, encoding="unicode", with_tail=False),
            artist=_text(element, f"{_DC}creator"),
            album=_text(element, f"{_UPNP}album"),
            art=_text(element, f"{_UPNP}albumArtURI"),
            stored_class=about.upnp_class if about else None,
            stored_metadata=metadata,
            description=_text(element, f"{_RINCON}description"),
        )


def _text(element: etree._Element, tag: str) -> str | None:
    return (element.findtext(tag) or "").strip() or None
