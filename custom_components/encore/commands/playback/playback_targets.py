"""Where something can be played: the speakers and devices of a room, or of a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

from homeassistant.components.media_player.const import (
    ATTR_GROUP_MEMBERS,
    DOMAIN as MEDIA_PLAYER,
    MediaPlayerState,
)
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant, State, callback
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)

from ...const import CONF_KIND, DOMAIN, KIND_SONOS
from ...dispatch.request_context import RequestContext
from ...history.model import Room
from ...questions.base.errors import UnknownHere
from ...questions.base.scope import HERE
from ...spotify.api.playback import ConnectDevice
from ...spotify.device_choice import usable
from ...spotify.device_rooms import async_area_called, async_room_of_device
from ...spotify.errors import RestrictedDevice
from ..errors import NoPlayerThere, WhichPlayer, listed
from ..exposure import is_exposed

SONOS: Final = "sonos"
"""The integration of Home Assistant whose players take share links, as those of our own rooms do."""

_SHARED: Final = frozenset({"track", "album", "playlist", "show", "episode"})
"""What SoCo has a speaker take by a share link (0.32, plugins/sharelink.py)."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A Sonos speaker that Home Assistant can reach now."""

    entity_id: str
    name: str
    room: Room | None
    state: str
    """In Home Assistant's words."""
    group: tuple[str, ...] = ()
    """The entity ids of the speakers that it plays with, itself among them."""
    is_ours: bool = False
    """Whether its player is a room of Encore's."""

    @property
    def playing(self) -> bool:
        """Whether it sounds."""
        return self.state == MediaPlayerState.PLAYING

    @property
    def is_on(self) -> bool:
        """Whether something could go on before what is queued."""
        return self.state in {
            MediaPlayerState.PLAYING,
            MediaPlayerState.PAUSED,
            MediaPlayerState.BUFFERING,
        }

    def takes(self, kind: str) -> bool:
        """Whether a link to a thing of Spotify's of this kind is enough for it to play that by itself."""
        return kind in _SHARED or (self.is_ours and kind == "artist")

    def is_called(self, text: str) -> bool:
        """Whether a text, casefolded, is its name or its entity id."""
        return text in {self.entity_id, self.name.casefold()}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person wants to hear something: `named` is what they called it, `room` the area that this is."""

    hass: HomeAssistant
    named: str
    room: Room | None
    speaker: Speaker | None
    """The Sonos speaker there."""
    hidden: frozenset[str] = frozenset()
    """The names, casefolded, of speakers that the caller's interface may not control."""

    @classmethod
    def of(cls, context: RequestContext, named: str) -> Self:
        """Return the place of a name: an area (id, name, alias, or here), else a speaker, else perhaps a device.

        Raises UnknownHere, and WhichPlayer for an area with several speakers of which none stands out.
        """
        hass = context.hass
        room = area_meant(context, named)
        hidden = hidden_speakers(context)
        speakers = _shown_speakers(hass, hidden)
        if room is None:
            wanted = named.casefold()
            there = [speaker for speaker in speakers if speaker.is_called(wanted)]
            speaker = one_of(named, there)
            room = speaker.room if speaker else None
            return cls(hass, named, room, speaker, hidden)
        there = [each for each in speakers if each.room and each.room.key == room.key]
        return cls(hass, room.name, room, one_of(room.name, there), hidden)

    def device(self, devices: Sequence[ConnectDevice]) -> ConnectDevice | None:
        """Return the device of this place among those that Spotify Connect sees: by id, by name, or of the room.

        Raises RestrictedDevice where there is none but such that take no command, and WhichPlayer.
        """
        shown = self._shown(devices)
        there = devices_called(self.hass, shown, self.named, self.room)
        able = usable(there)
        if there and not able:
            raise RestrictedDevice
        return one_of(self.named, able)

    def missing(self, devices: Sequence[ConnectDevice]) -> NoPlayerThere:
        """Return the error that there is nothing to play on here, which names the rooms and devices that there are."""
        able = usable(self._shown(devices))
        speakers = _shown_speakers(self.hass, self.hidden)
        rooms = {each.room.name for each in speakers if each.room}
        rooms |= {
            room.name
            for device in able
            if (room := async_room_of_device(self.hass, device.name))
        }
        names = {each.name for each in able} | {each.name for each in speakers}
        return NoPlayerThere(name=self.named, rooms=listed(rooms), devices=listed(names))  # fmt: skip

    def _shown(self, devices: Sequence[ConnectDevice]) -> list[ConnectDevice]:
        """Return devices without the speakers that are hidden: Connect goes by the same names."""
        return [each for each in devices if each.name.casefold() not in self.hidden]


def area_meant(context: RequestContext, named: str) -> Room | None:
    """Return the area that a text stands for: an id, a name, an alias, or here. Raises UnknownHere."""
    if named.casefold() != HERE:
        return async_area_called(context.hass, named)
    if (here := context.query_context.here) is None:
        raise UnknownHere
    return here


def devices_called(
    hass: HomeAssistant, devices: Sequence[ConnectDevice], named: str, room: Room | None
) -> list[ConnectDevice]:
    """Return the devices that a text stands for: by id, else by name, else those of the room that it is."""
    return (
        [each for each in devices if each.id == named]
        or [each for each in devices if each.name.casefold() == named.casefold()]
        or [
            each
            for each in devices
            if room
            and (stands_in := async_room_of_device(hass, each.name))
            and stands_in.key == room.key
        ]
    )


def one_of[P: Speaker | ConnectDevice](where: str, players: Sequence[P]) -> P | None:
    """Return the player that is meant where several could be: the only one, else the one that plays, else the namesake.

    Of speakers that play together each is as good.

    It is None where there is none. Raises WhichPlayer, which names them.
    """
    if len(players) <= 1 or _play_together(players):
        return players[0] if players else None
    for likely in (
        [each for each in players if _plays(each)],
        [each for each in players if each.name.casefold() == where.casefold()],
    ):
        if len(likely) == 1:
            return likely[0]
    raise WhichPlayer(name=where, players=listed(each.name for each in players))


@callback
def async_speakers(hass: HomeAssistant) -> list[Speaker]:
    """Return the Sonos speakers that can be reached: our own rooms, and those that only Home Assistant's own `sonos` has."""
    ours: dict[str, er.RegistryEntry] = {}
    others: dict[str, er.RegistryEntry] = {}
    for entry in er.async_get(hass).entities.values():
        if entry.domain != MEDIA_PLAYER or not _reachable(hass, entry.entity_id):
            continue
        # Both go by the uid of the speaker.
        if _is_our_room(hass, entry):
            ours[entry.unique_id] = entry
        elif entry.platform == SONOS:
            others[entry.unique_id] = entry
    return [_speaker(hass, entry) for entry in {**others, **ours}.values()]


def _shown_speakers(hass: HomeAssistant, hidden: frozenset[str]) -> list[Speaker]:
    return [one for one in async_speakers(hass) if one.name.casefold() not in hidden]


@callback
def hidden_speakers(context: RequestContext) -> frozenset[str]:
    """Return the names, casefolded, of the speakers that the caller's interface may not control."""
    return frozenset(
        each.name.casefold()
        for each in async_speakers(context.hass)
        if not is_exposed(context, each.entity_id)
    )


def _is_our_room(hass: HomeAssistant, entry: er.RegistryEntry) -> bool:
    if entry.platform != DOMAIN or entry.config_entry_id is None:
        return False
    household = hass.config_entries.async_get_entry(entry.config_entry_id)
    return household is not None and household.data[CONF_KIND] == KIND_SONOS


def _speaker(hass: HomeAssistant, entry: er.RegistryEntry) -> Speaker:
    state = _reachable(hass, entry.entity_id)
    assert state is not None
    return Speaker(
        entry.entity_id,
        state.name,
        _room_of(hass, entry),
        state.state,
        tuple(state.attributes.get(ATTR_GROUP_MEMBERS) or ()),
        entry.platform == DOMAIN,
    )


def _reachable(hass: HomeAssistant, entity_id: str) -> State | None:
    state = hass.states.get(entity_id)
    return None if state is None or state.state == STATE_UNAVAILABLE else state


def _room_of(hass: HomeAssistant, entry: er.RegistryEntry) -> Room | None:
    area_id = entry.area_id
    if area_id is None and entry.device_id is not None:
        device = dr.async_get(hass).async_get(entry.device_id)
        area_id = dr.async_get_effective_area_id(hass, device) if device else None
    area = ar.async_get(hass).async_get_area(area_id) if area_id else None
    return None if area is None else Room(area.id, area.name)


def _play_together(players: Sequence[Speaker | ConnectDevice]) -> bool:
    groups = {each.group if isinstance(each, Speaker) else () for each in players}
    return len(groups) == 1 and () not in groups


def _plays(player: Speaker | ConnectDevice) -> bool:
    return player.playing if isinstance(player, Speaker) else player.active
