"""What the household keeps to play: its music library, saved queues (Sonos playlists) and favourites."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from .didl import didl, quoted
from .soap import ILLEGAL_TYPE, INVALID_ARGUMENTS, NO_SUCH_OBJECT, UPnPFault
from .tracks import BROADCAST, SonosTrack, library_track

if TYPE_CHECKING:
    from .household import Household

LIBRARY_TRACKS: Final = 12


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


class Shelf:
    """Library, saved queues and favourites, with the versions that events report."""

    def __init__(self, household: Household) -> None:
        """Fill the shelf with a small library and two favourites."""
        self._household = household
        self.library = [
            library_track(number) for number in range(1, LIBRARY_TRACKS + 1)
        ]
        self.saved_queues: dict[str, SavedQueue] = {}
        self.saved_queues_version = 1
        self._next_saved_queue = 0
        self.favourites = [
            Favourite(
                "FV:2/1",
                "Low Tide",
                "x-rincon-cpcontainer:1004206cspotify%3aalbum%3a6albAAAAAAAAAAAAAAAA01?sid=9&flags=8300&sn=1",
                "object.container.album.musicAlbum",
                "1004206cspotify%3aalbum%3a6albAAAAAAAAAAAAAAAA01",
            ),
            Favourite(
                "FV:2/2",
                "Harbour FM",
                "x-sonosapi-stream:s99999?sid=254&flags=8224&sn=0",
                BROADCAST,
                "F00092020s99999",
            ),
        ]
        self.favourites_version = 1

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
        kept = [one for one in self.favourites if one.id != object_id]
        if len(kept) == len(self.favourites):
            raise UPnPFault(NO_SUCH_OBJECT)
        self.favourites = kept
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
