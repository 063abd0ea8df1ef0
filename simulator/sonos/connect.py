"""A speaker as a Spotify Connect device: what Spotify plays on it shows here, and its buttons move Spotify."""

from typing import TYPE_CHECKING, Protocol, override
import uuid

from ..connect import ConnectDevice, ConnectRemote, ConnectState
from .didl import didl
from .direct import DirectControl
from .tracks import SonosTrack, spotify_track

if TYPE_CHECKING:
    from .speaker import Speaker

REPEAT_MODES = {
    ("off", False): "NORMAL",
    ("context", False): "REPEAT_ALL",
    ("track", False): "REPEAT_ONE",
    ("off", True): "SHUFFLE_NOREPEAT",
    ("context", True): "SHUFFLE",
    ("track", True): "SHUFFLE_REPEAT_ONE",
}


_MEANINGS = {mode: meaning for meaning, mode in REPEAT_MODES.items()}


class ConnectWorld(Protocol):
    """The Spotify that speakers belong to."""

    def attach_device(self, device: ConnectDevice) -> ConnectRemote:
        """Make a speaker a Connect device."""


class ConnectSpeaker:
    """One speaker in Spotify's list of devices."""

    type = "Speaker"
    is_restricted = False

    def __init__(self, speaker: Speaker, world: ConnectWorld) -> None:
        """Attach a speaker to a world."""
        self._speaker = speaker
        self._world = world
        self._session: ConnectSession | None = None
        self._remote = world.attach_device(self)
        speaker.companion = self

    @property
    def id(self) -> str:
        """The device id, which stays the same at every start."""
        return connect_id(self._speaker.uid)

    @property
    def name(self) -> str:
        """The name of the speaker."""
        return self._speaker.name

    @property
    def volume_percent(self) -> int:
        """The volume of the speaker."""
        return self._speaker.sound.volume

    def connect_changed(self, state: ConnectState | None) -> None:
        """Show what Spotify plays; None leaves the speaker to itself."""
        leader = self._speaker.coordinator.transport
        if state is None:
            session, self._session = self._session, None
            if session is not None:
                session.taken_away()
                if leader.direct is session:
                    leader.end_direct()
            return
        if self._session is None or self._session.is_over:
            self._session = ConnectSession(self._speaker, self._remote)
        leader.queue.mode = REPEAT_MODES[state.repeat, state.shuffle]
        leader.show_direct(
            self._session,
            self._session.uri,
            self._session.metadata,
            self._track(state),
            playing=state.is_playing,
            position_ms=state.position_ms + self._speaker.clock.now_ms() - state.at_ms
            if state.is_playing
            else state.position_ms,
        )

    def connect_volume(self, percent: int) -> None:
        """Take over the volume that was set in Spotify."""
        self._speaker.sound.volume = percent
        self._speaker.sound_changed()

    def volume_turned(self, percent: int) -> None:
        """Let Spotify show the volume that somebody turned the speaker to."""
        if self._session is not None:
            self._remote.volume_changed(percent)

    def went(self) -> None:
        """Take the speaker out of Spotify's list: who plays on it pauses."""
        self._remote.detach()
        self._session = None

    def came(self) -> None:
        """Be in the list again."""
        self._remote = self._world.attach_device(self)

    def _track(self, state: ConnectState) -> SonosTrack:
        """Return the track as Sonos shows it: with the first artist only."""
        return spotify_track(
            state.uri,
            title=state.title,
            artist=state.artists[0] if state.artists else "",
            album=state.album,
            duration_s=state.duration_ms / 1000,
            service_id=self._speaker.household.spotify_service_id,
        )


def connect_id(uid: str) -> str:
    """Return the id of the Connect device that the speaker with a uid is."""
    return uuid.uuid5(uuid.NAMESPACE_OID, uid).hex


class ConnectSession(DirectControl):
    """One session of Spotify on a speaker; its URI names the session and no track."""

    def __init__(self, speaker: Speaker, remote: ConnectRemote) -> None:
        """Open a session."""
        self.uri = f"x-sonos-vli:{speaker.uid}:2,spotify:{uuid.uuid4().hex}"
        self.metadata = didl(
            '<item id="spotify" parentID="0" restricted="false"><dc:title>Spotify</dc:title>'
            "<upnp:class>object.item.audioItem.linein</upnp:class>"
            f'<res protocolInfo="x-sonos-vli:*:audio:*">{self.uri}</res><vli cookie="3" group=""></vli></item>'
        )
        self._remote: ConnectRemote | None = remote

    @property
    def is_over(self) -> bool:
        """Whether the speaker or Spotify has ended the session."""
        return self._remote is None

    def taken_away(self) -> None:
        """Spotify itself ended the session, so it need not be told."""
        self._remote = None

    @override
    def pause(self) -> None:
        """Pause Spotify."""
        if self._remote is not None:
            self._remote.pause()

    @override
    def resume(self) -> None:
        """Let Spotify go on."""
        if self._remote is not None:
            self._remote.resume()

    @override
    def next(self) -> None:
        """Skip in Spotify."""
        if self._remote is not None:
            self._remote.next()

    @override
    def previous(self) -> None:
        """Go back in Spotify."""
        if self._remote is not None:
            self._remote.previous()

    @override
    def seek(self, position_ms: int) -> None:
        """Jump in Spotify."""
        if self._remote is not None:
            self._remote.seek(position_ms)

    @override
    def set_mode(self, mode: str) -> None:
        """Shuffle and repeat in Spotify."""
        if self._remote is not None:
            repeat, shuffle = _MEANINGS[mode]
            self._remote.repeat(repeat)
            self._remote.shuffle(shuffle)

    @override
    def hand_to(self, uid: str) -> None:
        """Let Spotify go on at another speaker, which begins a session of its own."""
        if self._remote is not None:
            remote, self._remote = self._remote, None
            remote.move_to(connect_id(uid))

    @override
    def end(self) -> None:
        """Tell Spotify that the speaker plays something else now."""
        if self._remote is not None:
            self._remote.released()
            self._remote = None
