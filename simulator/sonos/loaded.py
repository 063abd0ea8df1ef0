"""What a transport has loaded, whatever kind it is: a queue, one track, a station, an input or a session."""

from typing import Final

from .direct import DirectControl
from .play_queue import PlayQueue
from .radio import Reception
from .tracks import SonosTrack, station_document, tv_document

QUEUE_SCHEME: Final = "x-rincon-queue:"
TV_SCHEME: Final = "x-sonos-htastream:"
LINE_IN_SCHEME: Final = "x-rincon-stream:"
NO_INPUT: Final = 0
NOT_LISTENING: Final = 21
STEREO: Final = 33554434
"""Codes of `HTAudioIn` as SoCo names them (`AUDIO_INPUT_FORMATS`); 22 and 33554454 are silence."""


class Loaded:
    """What is loaded, and how events and answers name it."""

    def __init__(self, uid: str) -> None:
        """Begin with the empty queue of a speaker."""
        self.uid = uid
        self.queue = PlayQueue()
        self.uri = f"{QUEUE_SCHEME}{uid}#0"
        self.metadata = ""
        self.enqueued_uri = ""
        self.enqueued_metadata = ""
        self.queued_from = "", ""
        """URI and metadata of what was put into the queue last."""
        self.stream: SonosTrack | None = None
        self.radio: Reception | None = None
        self.direct: DirectControl | None = None
        self.direct_track: SonosTrack | None = None
        self.tv_signal = NO_INPUT
        """What arrives at the TV input, as a code of `HTAudioIn`."""
        self.tv_reported = True
        """Whether events tell what arrives at the TV input, in `r:streamInfo`."""

    @property
    def on_queue(self) -> bool:
        """Whether the transport plays from its queue."""
        return self.uri.startswith(QUEUE_SCHEME)

    @property
    def on_input(self) -> bool:
        """Whether the transport plays the TV or a line-in."""
        return self.uri.startswith((LINE_IN_SCHEME, TV_SCHEME))

    @property
    def on_tv(self) -> bool:
        """Whether the transport plays the TV."""
        return self.uri.startswith(TV_SCHEME)

    @property
    def track(self) -> SonosTrack | None:
        """What is on."""
        if self.direct is not None:
            return self.direct_track
        if self.on_queue:
            return self.queue.current
        return self.stream

    @property
    def next_track(self) -> SonosTrack | None:
        """What the queue plays next."""
        return self.queue.following if self.on_queue else None

    @property
    def track_uri(self) -> str:
        """The URI of what is on; a direct session shows its own, which names no track."""
        if self.direct is not None:
            return self.uri
        if self.radio is not None:
            return self.radio.station.track_uri
        if (track := self.track) is not None:
            return track.uri
        return "" if self.on_queue else self.uri

    @property
    def track_metadata(self) -> str:
        """DIDL-Lite of what is on."""
        if self.radio is not None:
            station = self.radio.station
            return station_document(station.uri, self.radio.content, station.show)
        if (track := self.track) is None:
            return ""
        if self.on_tv and self.tv_reported:
            return tv_document(self.uri, self.tv_signal)
        if self.direct is not None and track.spotify_uri is not None:
            return track.connect_document()
        return track.document()

    @property
    def actions(self) -> str:
        """What the transport allows now."""
        if self.direct is not None:
            return "Set, Stop, Pause, Play, X_DLNA_SeekTime, Next, Previous"
        if self.on_queue:
            return "Set, Stop, Pause, Play, X_DLNA_SeekTime, Next, Previous, X_DLNA_SeekTrackNr"
        return "Set, Stop, Play"

    def unload(self) -> None:
        """Go back to the queue, which stays as it is. A session must have ended before."""
        if self.radio is not None:
            self.radio.end()
            self.radio = None
        self.uri = f"{QUEUE_SCHEME}{self.uid}#0"
        self.metadata = self.enqueued_uri = self.enqueued_metadata = ""
        self.stream = None
        self.direct = self.direct_track = None
