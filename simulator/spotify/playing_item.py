"""One item sounding on one device: where it is, how long it sounded, and its row of the ledger in the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .catalogue import Catalog
from .devices import Device
from .ledger import Played
from .music import Playable


@dataclass(slots=True)
class ActivePlay:
    """An item in the player. Positions in ms, moments in UTC ms; the caller says what time it is."""

    item: Playable
    device: Device
    context_uri: str | None
    reason_start: str
    private: bool
    shuffle: bool
    _position: int = 0
    """Where it was at `_since`."""
    _since: int | None = None
    """Since when it sounds; None while it does not."""
    _played: int = 0
    """How long it sounded before `_since`."""
    _first_sound: int | None = None
    _last_sound: int = 0

    @property
    def is_sounding(self) -> bool:
        """Whether it plays."""
        return self._since is not None

    def position(self, now: int) -> int:
        """Return where it is, never past its end."""
        running = 0 if self._since is None else now - self._since
        return min(self._position + running, self.item.duration_ms)

    def ends_at(self) -> int | None:
        """Return when it will be over, None while it does not sound."""
        return (
            None
            if self._since is None
            else self._since + self.item.duration_ms - self._position
        )

    def sound(self, now: int) -> None:
        """Begin or go on."""
        if self._since is None:
            self._since = now
            if self._first_sound is None:
                self._first_sound = now

    def hush(self, now: int) -> None:
        """Stop sounding, keeping the place."""
        if self._since is not None:
            self._position = self.position(now)
            self._played += now - self._since
            self._since, self._last_sound = None, now

    def seek(self, position: int, now: int) -> None:
        """Move within the item."""
        sounding = self.is_sounding
        self.hush(now)
        self._position = position
        if sounding:
            self._since = now

    def row(
        self, now: int, reason_end: str, *, skipped: bool, country: str
    ) -> Played | None:
        """Stop and return its row for the ledger; None when it never sounded."""
        self.hush(now)
        if self._first_sound is None or self._played <= 0:
            return None
        return Played(
            uri=self.item.uri,
            kind=self.item.kind.value,
            title=self.item.name,
            artists=self.item.artist_names,
            album=self.item.album_name,
            started_at=self._first_sound,
            ended_at=self._last_sound,
            ms_played=self._played,
            device_id=self.device.id,
            device_name=self.device.name,
            context_uri=self.context_uri,
            skipped=skipped,
            private=self.private,
            shuffle=self.shuffle,
            reason_start=self.reason_start,
            reason_end=reason_end,
            platform=self.device.platform,
            country=country,
        )

    def as_json(self, now: int) -> dict[str, Any]:
        """Return it for the state dir as if it paused now: a simulator that stops is silent."""
        return {
            "uri": self.item.uri,
            "device": [
                self.device.id,
                self.device.name,
                self.device.type,
                self.device.platform,
            ],
            "context_uri": self.context_uri,
            "reason_start": self.reason_start,
            "private": self.private,
            "shuffle": self.shuffle,
            "position": self.position(now),
            "played": self._played + (0 if self._since is None else now - self._since),
            "first_sound": self._first_sound,
            "last_sound": self._last_sound if self._since is None else now,
        }


def active_play_from_json(
    data: dict[str, Any], catalogue: Catalog, devices: Sequence[Device]
) -> ActivePlay:
    """Read what `Hearing.as_json` gave; a device that is gone keeps its name."""
    device = next(
        (device for device in devices if device.id == data["device"][0]), None
    ) or Device(*data["device"])
    return ActivePlay(
        catalogue.playable(data["uri"]),
        device,
        data["context_uri"],
        data["reason_start"],
        data["private"],
        data["shuffle"],
        data["position"],
        None,
        data["played"],
        data["first_sound"],
        data["last_sound"],
    )
