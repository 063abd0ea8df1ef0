"""Lists favorites, playlists, the music library and the queue. Blocks; runs in the executor."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lxml import etree

from ..xml_reading import DC, DIDL, RINCON, UPNP, parse, read_didl, text_in

if TYPE_CHECKING:
    from ..soco_speaker import SpeakerSoCo

A_PAGE: Final = 100
"""How many a speaker is asked for at once; some answer no more."""

DOCUMENT: Final = (
    '<DIDL-Lite xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:upnp="urn:schemas-upnp-org:metadata-1-0/upnp/" '
    'xmlns:r="urn:schemas-rinconnetworks-com:metadata-1-0/" '
    'xmlns="urn:schemas-upnp-org:metadata-1-0/DIDL-Lite/">{}</DIDL-Lite>'
)


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

    @property
    def kind(self) -> str:
        """The class of what it is; of a favourite, of what it stands for."""
        return self.stored_class or self.upnp_class

    @property
    def metadata(self) -> str:
        """The DIDL-Lite that goes with its URI; a favourite brings that of what it stands for."""
        return self.stored_metadata or DOCUMENT.format(self.xml)


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
    for element in parse(result).iterchildren(f"{DIDL}item", f"{DIDL}container"):
        is_container = element.tag == f"{DIDL}container"
        metadata = text_in(element, f"{RINCON}resMD")
        about = read_didl(metadata)
        yield Listed(
            id=element.get("id", ""),
            title=text_in(element, f"{DC}title") or "",
            upnp_class=text_in(element, f"{UPNP}class") or "",
            uri=text_in(element, f"{DIDL}res") or "",
            is_container=is_container,
            xml=etree.tostring(element, encoding="unicode", with_tail=False),
            artist=text_in(element, f"{DC}creator"),
            album=text_in(element, f"{UPNP}album"),
            art=text_in(element, f"{UPNP}albumArtURI"),
            stored_class=about.upnp_class if about else None,
            stored_metadata=metadata,
        )
