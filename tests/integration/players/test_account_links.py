"""What accounts have to do with what players report: they are woken by it, and withhold what is private."""

from dataclasses import replace
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.const import DOMAIN
from custom_components.encore.history.model import Device, Item, Kind, Listener, Room
from custom_components.encore.players.account_links import Accounts
from custom_components.encore.spotify.api.playback import ConnectDevice, Playback
from custom_components.encore.tracking.group import Group, Transport
from homeassistant.core import HomeAssistant

ITEM = Item("spotify:track:4iV5W9uYEdYUVa79Axb7Rh", Kind.TRACK, "Tide", ("Ilse Vann",))
OTHER = Item("spotify:track:1301WleyT98MSxVHPZCA6M", Kind.TRACK, "Ember", ("Kite",))
STATION = Item("radio:One", Kind.RADIO, "One", ())


class Account:
    """A linked account as far as players are concerned, which counts how often it is woken."""

    def __init__(self, entry: MockConfigEntry) -> None:
        """Begin with a player that was seen silent."""
        self.woken = 0
        self.coordinator = self
        self.listener = Listener(str(entry.unique_id), entry.title)
        self.collector = self
        self.config_entry = entry
        self.paused = False
        self.seen: Playback | None = Playback(0)

    def async_wake(self) -> None:
        """Count it."""
        self.woken += 1

    def plays(
        self, item: Item, device: str = "Phone", *, private: bool = False
    ) -> None:
        """Let the account be seen to play something."""
        on = ConnectDevice("id", device, "Speaker", private=private)
        self.seen = Playback(0, playing=True, item=item, device=on)


def link(hass: HomeAssistant, name: str, **options: Any) -> Account:
    """Link an account."""
    entry = MockConfigEntry(
        domain=DOMAIN,
        unique_id=f"spotify:{name}",
        data={"kind": "spotify", "account_id": name},
        options=options,
    )
    entry.add_to_hass(hass)
    entry.mock_state(hass, entry.state.LOADED)
    account = Account(entry)
    entry.runtime_data = account
    return account


def kitchen(item: Item) -> Group:
    """Return the kitchen's speaker that plays something."""
    return Group(
        Device("RINCON_1", "Sonos One"),
        (Room("kitchen", "Kitchen"),),
        Transport.PLAYING,
        item,
    )


@pytest.fixture
def alva(hass: HomeAssistant) -> Account:
    """Link Alva."""
    return link(hass, "alva")


@pytest.fixture
def ben(hass: HomeAssistant) -> Account:
    """Link Ben."""
    return link(hass, "ben")


def reported(hass: HomeAssistant, item: Item, *moments: int) -> None:
    """Let the kitchen report something at some moments (ms)."""
    accounts = Accounts(hass)
    for at in moments:
        accounts.async_wake([kitchen(item)], at)


def test_a_report_of_spotify_wakes_the_accounts(
    hass: HomeAssistant, alva: Account, ben: Account
) -> None:
    """Once, where none of them shows it after a few seconds."""
    reported(hass, ITEM, 0, 4_000, 8_000, 60_000)
    assert (alva.woken, ben.woken) == (1, 1)


def test_an_account_that_shows_it_wakes_nobody(
    hass: HomeAssistant, alva: Account, ben: Account
) -> None:
    """It looked by itself a second after the track began."""
    accounts = Accounts(hass)
    accounts.async_wake([kitchen(ITEM)], 0)
    alva.plays(ITEM, "Kitchen + 1")
    accounts.async_wake([kitchen(ITEM)], 4_000)
    assert (alva.woken, ben.woken) == (0, 0)


def test_an_account_whose_music_is_on_another_device_now_is_woken(
    hass: HomeAssistant, alva: Account, ben: Account
) -> None:
    """Once, and nobody else is: what it showed on the phone sounds in the kitchen."""
    alva.plays(ITEM)
    reported(hass, ITEM, 0, 4_000, 8_000, 60_000)
    assert (alva.woken, ben.woken) == (1, 0)


def test_who_plays_is_woken_before_who_rests(
    hass: HomeAssistant, alva: Account, ben: Account
) -> None:
    """An account at rest is asked only when the other one does not have it."""
    alva.plays(OTHER)
    accounts = Accounts(hass)
    assert accounts.async_wake([kitchen(ITEM)], 0)
    assert accounts.async_wake([kitchen(ITEM)], 4_000)
    assert (alva.woken, ben.woken) == (1, 0)
    assert not accounts.async_wake([kitchen(ITEM)], 34_000)
    assert (alva.woken, ben.woken) == (2, 1)


@pytest.mark.parametrize("transport", [Transport.PAUSED, Transport.STOPPED])
def test_an_account_that_shows_what_its_speaker_does_not_play_any_more_is_woken(
    hass: HomeAssistant, alva: Account, ben: Account, transport: Transport
) -> None:
    """Once; while a speaker is between two states, it says nothing yet."""
    alva.plays(ITEM, "Kitchen + 1")
    accounts = Accounts(hass)
    between = replace(kitchen(ITEM), transport=Transport.TRANSITIONING)
    assert not accounts.async_wake([between], 0)
    silent = replace(kitchen(ITEM), transport=transport)
    for at in (1_000, 5_000, 60_000):
        accounts.async_wake([silent], at)
    assert (alva.woken, ben.woken) == (1, 0)


def test_what_is_not_spotifys_wakes_nobody(hass: HomeAssistant, alva: Account) -> None:
    """Nor does it matter to what an account withholds."""
    alva.plays(ITEM)
    reported(hass, STATION, 0, 4_000, 60_000)
    assert alva.woken == 0
    alva.plays(ITEM, "Kitchen", private=True)
    assert not Accounts(hass).async_withholds(kitchen(STATION), 0)


@pytest.mark.parametrize(
    ("item", "device", "withheld"),
    [
        (ITEM, "Phone", True),
        (OTHER, "Kitchen", True),
        (OTHER, "Sonos One", True),
        (OTHER, "Phone", False),
    ],
)
def test_a_private_session_is_private_on_a_speaker_too(
    hass: HomeAssistant, alva: Account, item: Item, device: str, withheld: bool
) -> None:
    """By the same track, or because it plays on that very speaker, whatever track it showed last."""
    alva.plays(item, device, private=True)
    assert Accounts(hass).async_withholds(kitchen(ITEM), 0) is withheld


def test_a_pause_is_a_pause_on_a_speaker_too(
    hass: HomeAssistant, alva: Account
) -> None:
    """And what was seen meanwhile is known for a while after."""
    alva.plays(ITEM)
    accounts = Accounts(hass)
    assert not accounts.async_withholds(kitchen(ITEM), 0)
    alva.paused = True
    assert accounts.any_withholds
    assert accounts.async_withholds(kitchen(ITEM), 1_000)
    alva.paused = False
    assert accounts.async_is_not_recorded(ITEM, 60_000)
    assert not accounts.async_is_not_recorded(ITEM, 900_000)
    assert not accounts.async_is_not_recorded(OTHER, 1_000)


def test_private_sessions_that_are_to_be_recorded_are(hass: HomeAssistant) -> None:
    """The account's options say so."""
    account = link(hass, "cleo", record_private=True)
    account.plays(ITEM, private=True)
    assert not Accounts(hass).async_withholds(kitchen(ITEM), 0)
