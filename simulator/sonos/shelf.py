"""What the household keeps to play: its music library, saved queues (Sonos playlists) and favourites."""

from dataclasses import dataclass, field
from typing import Final

from .didl import didl, quoted
from .library import Library
from .member import Home
from .radio import STATIONS
from .soap import ILLEGAL_TYPE, INVALID_ARGUMENTS, NO_SUCH_OBJECT, UPnPFault
from .tracks import BROADCAST, SonosTrack

UNKNOWN_ALBUM: Final = "spotify:album:6albAAAAAAAAAAAAAAAA01"
"""Stands for an album until there is a Spotify to take one from."""


@dataclass(slots=True)
class SavedQueue:
    """A Sonos playlist."""

    title: str
    tracks: list[SonosTrack] = field(default_factory=list)
    version: int = 1


@dataclass(frozen=True, slots=True)
class Favourite:
    """Something that the Sonos app shows first."""

    id: str
    title: str
    uri: str
    upnp_class: str
    item_id: str


def spotify_favourite(favourite_id: str, title: str, album_uri: str) -> Favourite:
    """Return an album of Spotify as a favourite, under whatever title somebody gave it."""
    item_id = f"1004206c{album_uri.replace(':', '%3a')}"
    return Favourite(
        favourite_id,
        title,
        f"x-rincon-cpcontainer:{item_id}?sid=9&flags=8300&sn=1",
        "object.container.album.musicAlbum",
        item_id,
    )


class Shelf:
    """Library, saved queues and favourites, with the versions that events report."""

    def __init__(self, household: Home) -> None:
        """Fill the shelf with a small library and two favourites."""
        self._household = household
        self.library = Library()
        self.saved_queues: dict[str, SavedQueue] = {}
        self.saved_queues_version = 1
        self._next_saved_queue = 0
        self.favourites = [
            spotify_favourite("FV:2/1", "Low Tide", UNKNOWN_ALBUM),
            Favourite(
                "FV:2/2",
                STATIONS[0].title,
                STATIONS[0].uri,
                BROADCAST,
                STATIONS[0].item_id,
            ),
        ]
        self.favourites_version = 1

    def favour(self, favourite: Favourite) -> None:
        """Put a favourite where one with its id was, or at the end; subscribers are told."""
        ids = [one.id for one in self.favourites]
        place = ids.index(favourite.id) if favourite.id in ids else len(ids)
        self.favourites[place : place + 1] = [favourite]
        self.favourites_version += 1
        self._household.everyone("ContentDirectory")

    def saved_queue(self, object_id: str) -> list[SonosTrack]:
        """Return the tracks of a saved queue; fault 714 if there is none."""
        if (saved := self.saved_queues.get(object_id)) is None:
            raise UPnPFault(ILLEGAL_TYPE)
        return list(saved.tracks)

    def named(self, object_id: str) -> SavedQueue:
        """Return a saved queue to change; fault 701 if there is none."""
        if (saved := self.saved_queues.get(object_id)) is None:
            raise UPnPFault(NO_SUCH_OBJECT)
        return saved

    def save_queue(self, title: str, tracks: list[SonosTrack]) -> str:
        """Keep tracks under a title; return the object id."""
        if not title:
            raise UPnPFault(INVALID_ARGUMENTS)
        object_id = f"SQ:{self._next_saved_queue}"
        self._next_saved_queue += 1
        self.saved_queues[object_id] = SavedQueue(title, tracks)
        self.saved_queues_changed()
        return object_id

    def saved_queues_changed(self) -> None:
        """Count the change and tell subscribers."""
        self.saved_queues_version += 1
        for speaker in self._household.speakers:
            speaker.system_version += 1
        self._household.everyone("ContentDirectory")

    def destroy(self, object_id: str) -> None:
        """Remove a saved queue or a favourite; fault 701 if there is none."""
        if self.saved_queues.pop(object_id, None) is not None:
            self.saved_queues_changed()
            return
        remaining = [one for one in self.favourites if one.id != object_id]
        if len(remaining) == len(self.favourites):
            raise UPnPFault(NO_SUCH_OBJECT)
        self.favourites = remaining
        self.favourites_version += 1
        self._household.everyone("ContentDirectory")

    def favourite_item(self, place: int, favourite: Favourite) -> str:
        """Return a favourite as the directory lists it."""
        service = f"SA_RINCON{self._household.spotify_service_type}_X_#Svc{self._household.spotify_service_type}-0-Token"
        metadata = didl(
            f'<item id="{favourite.item_id}" parentID="" restricted="true"><dc:title>{quoted(favourite.title)}</dc:title>'
            f"<upnp:class>{favourite.upnp_class}</upnp:class>"
            f'<desc id="cdudn" nameSpace="urn:schemas-rinconnetworks-com:metadata-1-0/">{service}</desc></item>'
        )
        return (
            f'<item id="{favourite.id}" parentID="FV:2" restricted="false"><dc:title>{quoted(favourite.title)}</dc:title>'
            f"<upnp:class>object.itemobject.item.sonos-favorite</upnp:class><r:ordinal>{place}</r:ordinal>"
            f'<res protocolInfo="x-rincon-cpcontainer:*:*:*">{quoted(favourite.uri)}</res>'
            f"<upnp:albumArtURI>https://example.invalid/{place}.jpg</upnp:albumArtURI><r:type>instantPlay</r:type>"
            f"<r:description>Spotify</r:description><r:resMD>{quoted(metadata)}</r:resMD></item>"
        )
