"""Other signs that Spotify plays: a Connect device's own entity, and the companion app's media session sensor.

Either is a reason to look at an account's player at once, and costs no call unless it reports something new.
"""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.components.media_player.const import (
    ATTR_APP_NAME,
    ATTR_MEDIA_CONTENT_ID,
    ATTR_MEDIA_TITLE,
)
from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import (
    Event,
    EventStateChangedData,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.helpers import entity_registry as er

from ..const import DOMAIN
from ..listeners.linked_listeners import listeners_of_user, loaded_accounts
from ..spotify.account import SpotifyAccount
from ..spotify.api.playback import Playback

_PLAYERS: Final = "media_player."
_SENSORS: Final = "sensor."
_SESSION: Final = "_media_session"
"""In the id of the companion app's sensor."""
_SPOTIFY: Final = "spotify"
_PACKAGE: Final = "com.spotify.music"
"""Of each media session the sensor has a title and a state, in attributes that end with the app's package: `title_…` and
`playback_state_…` (home-assistant/android, NotificationSensorManager)."""
_PLAYING: Final = "Playing"
_COMPANION: Final = "mobile_app"
_USER: Final = "user_id"


@callback
def async_follow_playback_signals(hass: HomeAssistant) -> None:
    """Wake accounts whenever another source reports that they play something else than was seen."""

    @callback
    def concerns(data: EventStateChangedData) -> bool:
        entity_id = data["entity_id"]
        return entity_id.startswith(_PLAYERS) or (
            _SESSION in entity_id and entity_id.startswith(_SENSORS)
        )

    @callback
    def changed(event: Event[EventStateChangedData]) -> None:
        before, after = event.data["old_state"], event.data["new_state"]
        if before is None or after is None:
            return
        if after.entity_id.startswith(_PLAYERS):
            _player_changed(hass, before, after)
        else:
            _session_changed(hass, before, after)

    hass.bus.async_listen(EVENT_STATE_CHANGED, changed, event_filter=concerns)


def _player_changed(hass: HomeAssistant, before: State, after: State) -> None:
    """Wake the accounts that have a device of a player's name; all where it says itself that it plays Spotify."""
    if _current_playback(before) == _current_playback(after):
        return
    entity = er.async_get(hass).async_get(after.entity_id)
    if entity is not None and entity.platform == DOMAIN:
        return
    app, content = (
        str(after.attributes.get(name) or "").casefold()
        for name in (ATTR_APP_NAME, ATTR_MEDIA_CONTENT_ID)
    )
    says_so = _SPOTIFY in app or content.startswith(_SPOTIFY)
    if app and not says_so and _SPOTIFY not in str(before.attributes).casefold():
        return
    title = after.attributes.get(ATTR_MEDIA_TITLE)
    playing = after.state == "playing"
    for account in loaded_accounts(hass):
        if (says_so and playing) or after.name.casefold() in _devices(account):
            _wake(account, title, playing=playing)


def _current_playback(state: State) -> tuple[object, ...]:
    """Return the part of a player's state that changes with what plays."""
    names = (ATTR_APP_NAME, ATTR_MEDIA_CONTENT_ID, ATTR_MEDIA_TITLE)
    return (state.state, *(state.attributes.get(name) for name in names))


def _devices(account: SpotifyAccount) -> set[str]:
    """Return the names of an account's Connect devices, as far as they are known."""
    coordinator = account.coordinator
    known = [*coordinator.devices]
    if (seen := coordinator.seen) is not None and seen.device is not None:
        known.append(seen.device)
    return {device.name.casefold() for device in known}


def _session_changed(hass: HomeAssistant, before: State, after: State) -> None:
    """Wake the account of the phone's owner, or all accounts where the owner is unknown."""
    session = _session(after.attributes)
    if session == _session(before.attributes):
        return
    title, state = session
    theirs = {each.key for each in listeners_of_user(hass, _user_of(hass, after))}
    for account in loaded_accounts(hass):
        if not theirs or account.listener.key in theirs:
            _wake(account, title, playing=state == _PLAYING)


def _session(attributes: Mapping[str, Any]) -> tuple[object, object]:
    """Return the title and the state of Spotify's media session on a phone."""
    return (
        attributes.get(f"title_{_PACKAGE}"),
        attributes.get(f"playback_state_{_PACKAGE}"),
    )


def _user_of(hass: HomeAssistant, sensor: State) -> str | None:
    """Return the user of the companion app that a sensor belongs to."""
    entity = er.async_get(hass).async_get(sensor.entity_id)
    if entity is None or entity.config_entry_id is None:
        return None
    entry = hass.config_entries.async_get_entry(entity.config_entry_id)
    if entry is None or entry.domain != _COMPANION:
        return None
    user: str | None = entry.data.get(_USER)
    return user


def _wake(account: SpotifyAccount, title: object, *, playing: bool) -> None:
    """Poll an account, unless it already shows what was reported."""
    seen: Playback | None = account.coordinator.seen
    if seen is not None and seen.playing == playing:
        shown = seen.item.title if seen.item else None
        if not playing or title == shown:
            return
    account.async_wake()
