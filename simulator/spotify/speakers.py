"""Speakers of the other simulator as Spotify Connect devices: who plays on them, and their buttons."""

from collections.abc import Callable, Iterable

from simulator.connect import ConnectDevice, ConnectState

from .devices import Device
from .errors import BadValue, RestrictionViolated
from .people import Person
from .player import Player


class Speakers:
    """The attached speakers. Each is told what Spotify plays on it whenever that changes."""

    def __init__(self, players: Callable[[], Iterable[Player]]) -> None:
        """`players` gives all players of the household."""
        self._players = players
        self._attached: dict[str, tuple[Device, ConnectDevice]] = {}
        self._owners: dict[str, Player] = {}
        """Who plays on a speaker, as the speaker knows it."""

    def attach(self, speaker: ConnectDevice) -> SpeakerButtons:
        """Make a speaker a device of every Premium person and return its buttons."""
        device = Device(
            id=speaker.id,
            name=speaker.name,
            type=speaker.type,
            platform=f"Partner sonos_ppc Sonos;{speaker.name}",
            is_restricted=speaker.is_restricted,
            volume_percent=speaker.volume_percent,
        )
        self._attached[speaker.id] = (device, speaker)
        return SpeakerButtons(self, device)

    def detach(self, device: Device) -> None:
        """Take a speaker off the network: who plays on it pauses."""
        self._attached.pop(device.id, None)
        self._owners.pop(device.id, None)
        for player in self._playing_on(device):
            player.lose_device()

    def devices(self, person: Person) -> list[Device]:
        """Return the speakers a person may play on."""
        return (
            [device for device, _ in self._attached.values()] if person.premium else []
        )

    def claim(self, device: Device, player: Player) -> None:
        """Stop everyone else who plays on a device."""
        for other in self._playing_on(device):
            if other is not player:
                self._owners.pop(
                    device.id, None
                )  # the speaker hears of the newcomer, not of a pause between
                other.lose_device()

    def player_changed(self, player: Player) -> None:
        """Tell the speaker a player is on, and the one it left."""
        state = player.state
        here = state.device.id if state else None
        for device_id, owner in list(self._owners.items()):
            if owner is player and device_id != here:
                del self._owners[device_id]
                self._attached[device_id][1].connect_changed(None)
        if state is None or state.device.id not in self._attached:
            return
        self._owners[state.device.id] = player
        self._attached[state.device.id][1].connect_changed(
            ConnectState(
                person=player.person.key,
                uri=state.item.uri,
                title=state.item.name,
                artists=state.item.artist_names,
                album=state.item.album_name,
                duration_ms=state.item.duration_ms,
                image=f"/image/{state.item.image_id}",
                position_ms=state.progress_ms,
                is_playing=state.is_playing,
                shuffle=state.shuffle,
                repeat=state.repeat.value,
                context_uri=state.context_uri,
                volume_percent=state.device.volume_percent,
                at_ms=state.at_ms,
            )
        )

    def volume_changed(self, device: Device) -> None:
        """Tell a speaker that Spotify set its volume."""
        if device.id in self._attached:
            self._attached[device.id][1].connect_volume(device.volume_percent)

    def player_on(self, device: Device) -> Player:
        """Return who plays on a speaker. Raises `RestrictionViolated` when nobody does."""
        for player in self._playing_on(device):
            return player
        raise RestrictionViolated

    def forget(self, device: Device) -> None:
        """Let a speaker go that already plays something else, without telling it."""
        self._owners.pop(device.id, None)
        for player in self._playing_on(device):
            player.lose_device()

    def _playing_on(self, device: Device) -> list[Player]:
        return [player for player in self._players() if player.active_device is device]


class SpeakerButtons:
    """A `ConnectRemote`: what somebody does at the speaker happens in Spotify."""

    def __init__(self, speakers: Speakers, device: Device) -> None:
        """Be the buttons of one speaker."""
        self._speakers = speakers
        self._device = device

    def pause(self) -> None:
        """Pause; harmless when it is paused."""
        player = self._speakers.player_on(self._device)
        if player.state is not None and player.state.is_playing:
            player.pause()

    def resume(self) -> None:
        """Go on; harmless when it plays."""
        player = self._speakers.player_on(self._device)
        if player.state is not None and not player.state.is_playing:
            player.resume()

    def next(self) -> None:
        """Skip to the next item."""
        self._speakers.player_on(self._device).next()

    def previous(self) -> None:
        """Go back one item."""
        self._speakers.player_on(self._device).previous()

    def seek(self, ms: int) -> None:
        """Move within the item."""
        self._speakers.player_on(self._device).seek(ms)

    def shuffle(self, on: bool) -> None:
        """Shuffle or not."""
        self._speakers.player_on(self._device).shuffle(on)

    def repeat(self, mode: str) -> None:
        """Repeat `off`, `track` or `context`."""
        self._speakers.player_on(self._device).repeat(mode)

    def volume_changed(self, percent: int) -> None:
        """Show the volume that somebody turned the speaker to."""
        if not 0 <= percent <= 100:
            raise BadValue("volume_percent")
        self._device.volume_percent = percent

    def move_to(self, device_id: str) -> None:
        """Go on at another speaker."""
        self._speakers.player_on(self._device).transfer(device_id)

    def released(self) -> None:
        """End Spotify's session: the speaker plays something else."""
        self._speakers.forget(self._device)

    def detach(self) -> None:
        """Take the speaker off the network."""
        self._speakers.detach(self._device)
