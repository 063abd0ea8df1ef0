"""A player of a story: says what is on, and looks at it."""

from dataclasses import dataclass, replace

from custom_components.encore.history.model import (
    Item,
    Kind,
    Listener,
    Observation,
    Room,
)
from custom_components.encore.spotify.api.playback import ConnectDevice, Playback
from custom_components.encore.spotify.tracking.playback_tracker import PlaybackTracker
from custom_components.encore.spotify.tracking.recently_played_list import (
    EMPTY_LIST,
    RecentlyPlayedList,
)

EVE = 1_790_000_000_000
"""When every story begins (UTC ms)."""

LISTENER = Listener("spotify:alva", "Alva")
KITCHEN = ConnectDevice("d-kitchen", "Kitchen", "Speaker", active=True)
PHONE = ConnectDevice("d-phone", "Alva’s phone", "Smartphone", active=True)
ROOM = Room("kitchen", "Kitchen")


def song(name: str, seconds: int = 200) -> Item:
    """Return a track."""
    return Item(
        f"spotify:track:{name}", Kind.TRACK, name, ("Band",), "Album", seconds * 1000
    )


def episode(name: str, seconds: int = 3600) -> Item:
    """Return an episode."""
    return Item(
        f"spotify:episode:{name}", Kind.EPISODE, name, ("Show",), "Show", seconds * 1000
    )


def room_of(device_name: str) -> Room | None:
    """Only the kitchen is a room."""
    return ROOM if device_name == "Kitchen" else None


@dataclass
class Story:
    """Looks at a player, in seconds since the eve, and the plays that came of them."""

    listening: PlaybackTracker
    seen: list[Observation]

    @classmethod
    def begin(cls) -> Story:
        """Begin with a player that was never looked at."""
        return cls(PlaybackTracker(LISTENER, room_of), [])

    def look(
        self,
        at: float,
        item: Item | None,
        position: float | None = 0,
        *,
        playing: bool = True,
        device: ConnectDevice | None = PHONE,
        context: str | None = None,
        repeat: str = "off",
        private: bool = False,
        listed: RecentlyPlayedList = EMPTY_LIST,
    ) -> None:
        """Look: an item at a position in seconds, playing or paused."""
        if device is not None:
            device = replace(device, private=private)
        self._see(
            Playback(
                EVE + round(at * 1000),
                playing=playing,
                item=item,
                progress_ms=None if position is None else round(position * 1000),
                device=device,
                context_uri=context,
                shuffle=False,
                repeat=repeat,
            ),
            listed,
        )

    def idle(self, at: float) -> None:
        """Look: no player is on, nor moments later."""
        self.stray(at)
        self.stray(at + 5)

    def stray(self, at: float) -> None:
        """Look: Spotify answers that no player is on, once."""
        self._see(Playback(EVE + round(at * 1000)))

    def plays(self) -> list[tuple[str, float, float, float]]:
        """Return title, start, end and heard of each play, in seconds since the eve."""
        return [
            (
                play.item.title,
                (play.started_at - EVE) / 1000,
                (play.ended_at - EVE) / 1000,
                play.ms_played / 1000,
            )
            for play in self.seen
        ]

    def _see(self, playback: Playback, listed: RecentlyPlayedList = EMPTY_LIST) -> None:
        self.seen += self.listening.see(playback, listed)
