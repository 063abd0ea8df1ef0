"""Sessions that another service controls on a speaker: Spotify Connect and AirPlay."""

from typing import Protocol


class DirectControl(Protocol):
    """A session on a speaker: the speaker's buttons move it, and it tells the speaker what to show."""

    def pause(self) -> None:
        """Pause the session."""

    def resume(self) -> None:
        """Go on with it."""

    def next(self) -> None:
        """Skip to the next track."""

    def previous(self) -> None:
        """Go back a track."""

    def seek(self, position_ms: int) -> None:
        """Jump inside the track."""

    def set_mode(self, mode: str) -> None:
        """Shuffle and repeat as one of `PLAY_MODES` says."""

    def hand_to(self, uid: str) -> None:
        """Go on at another speaker of the group, since this one has left it."""

    def end(self) -> None:
        """Leave the speaker."""


class AirPlay:
    """A session of a phone on a speaker; the phone is out of reach, so the speaker's buttons do nothing."""

    def pause(self) -> None:
        """Do nothing."""

    resume = next = previous = end = pause

    def seek(self, position_ms: int) -> None:
        """Do nothing."""

    def set_mode(self, mode: str) -> None:
        """Do nothing."""

    def hand_to(self, uid: str) -> None:
        """Do nothing: the phone plays to the speaker that it was told to."""
