"""The bodies of events, as speakers send them."""

import pytest

from custom_components.encore.sonos.model import Battery
from custom_components.encore.sonos.reading import Unreadable, read_duration, read_event
from custom_components.encore.sonos.sound import read_battery, read_sound

RENDERING = (
    b'<e:propertyset xmlns:e="urn:schemas-upnp-org:event-1-0"><e:property><LastChange>'
    b"&lt;Event xmlns=&quot;urn:schemas-upnp-org:metadata-1-0/RCS/&quot;&gt;&lt;InstanceID val=&quot;0&quot;&gt;"
    b"&lt;Volume channel=&quot;Master&quot; val=&quot;23&quot;/&gt;&lt;Volume channel=&quot;LF&quot; val=&quot;100&quot;/&gt;"
    b"&lt;Mute channel=&quot;Master&quot; val=&quot;1&quot;/&gt;&lt;Bass val=&quot;-3&quot;/&gt;"
    b"&lt;NightMode val=&quot;0&quot;/&gt;&lt;/InstanceID&gt;&lt;/Event&gt;"
    b"</LastChange></e:property></e:propertyset>"
)


def test_a_last_change_is_read_with_its_channels() -> None:
    """The volume of the room is that of the master channel."""
    sound = read_sound(read_event(RENDERING))
    assert (sound.volume, sound.muted, sound.bass) == (23, True, -3)
    assert (sound.night_mode, sound.speech_enhancement) == (False, None)


def test_plain_variables_are_read_by_name() -> None:
    """As DeviceProperties sends them."""
    said = read_event(
        b'<e:propertyset xmlns:e="urn:schemas-upnp-org:event-1-0"><e:property>'
        b"<MoreInfo>BattTmp:26,BattPct:79,BattChg:CHARGING</MoreInfo></e:property></e:propertyset>"
    )
    assert read_battery(said) == Battery(79, charging=True)
    assert read_battery({"MoreInfo": ""}) is None


def test_an_entity_in_an_event_is_not_resolved() -> None:
    """What was sent over the network reads no file."""
    said = read_event(
        b'<!DOCTYPE x [<!ENTITY hosts SYSTEM "file:///etc/hostname">]>'
        b"<x><property><ZoneName>&hosts;</ZoneName></property></x>"
    )
    assert said["ZoneName"] == ""


@pytest.mark.parametrize(
    "body", [b"", b"<a", b"<a><b><LastChange>&lt;</LastChange></b></a>"]
)
def test_a_broken_event_is_unreadable(body: bytes) -> None:
    """And is dropped as such."""
    with pytest.raises(Unreadable):
        read_event(body)


@pytest.mark.parametrize(
    ("text", "ms"),
    [("0:04:21", 261_000), ("0:00:01.500", 1_500), ("NOT_IMPLEMENTED", None), ("", None), ("soon", None), (None, None)],
)  # fmt: skip
def test_durations(text: str | None, ms: int | None) -> None:
    """In milliseconds."""
    assert read_duration(text) == ms
