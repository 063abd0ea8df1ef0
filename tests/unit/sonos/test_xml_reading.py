"""The bodies of events and answers, as speakers send them, and as none should."""

from contextlib import suppress
from typing import Final

from hypothesis import given, strategies as st
from lxml import etree
import pytest

from custom_components.encore.sonos.model import Battery
from custom_components.encore.sonos.now_playing import read_playback
from custom_components.encore.sonos.playback.alarms import read_alarms
from custom_components.encore.sonos.soco_speaker import HouseholdView, SpeakerSoCo
from custom_components.encore.sonos.sound import read_battery, read_sound
from custom_components.encore.sonos.topology import read_topology
from custom_components.encore.sonos.xml_reading import (
    Unreadable,
    Variables,
    read_didl,
    read_duration,
    read_event,
)

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


@pytest.mark.parametrize(
    "text", ["0:00:inf", "0:00:nan", "0:00:1e9", "-1:00:00", "0:61:00", "1:2", "0:0:0:0", "99999999:00:00", "٠:٠٠:٠١"]
)  # fmt: skip
def test_what_is_no_duration_is_none(text: str) -> None:
    """Python would read some of them as numbers."""
    assert read_duration(text) is None


def test_comments_and_instructions_are_no_variables() -> None:
    """Wherever they stand."""
    said = read_event(
        b"<!-- a --><?b c?><e><!-- d --><?e f?><property><!-- g --><ZoneName>Kit<!-- h -->chen</ZoneName></property></e>"
    )
    assert said == {"ZoneName": "Kitchen"}


ODD: Final = st.one_of(
    st.text(st.characters(), max_size=30),
    st.sampled_from(
        ["\ud83d", "&#xD83D;", "<a", "<!-- x -->", "<a><b/></a>", "inf", "nan", "-0", "1e999", "0:00:inf", "]]>", "\x00"]
    ),
    st.from_regex(r"\d{0,4}:\d{0,3}:\d{0,3}(\.\d{0,4})?", fullmatch=True),
)  # fmt: skip
"""What may stand anywhere in what a speaker sends."""
NAMES: Final = (
    "TransportState", "CurrentPlayMode", "CurrentTrack", "NumberOfTracks", "CurrentTrackURI", "AVTransportURI",
    "CurrentTrackDuration", "CurrentTrackMetaData", "EnqueuedTransportURI", "EnqueuedTransportURIMetaData",
    "Volume/Master", "Volume/LF", "Volume/RF", "Mute/Master", "Bass", "MoreInfo",
)  # fmt: skip


@given(ODD)
def test_any_duration_is_read_or_refused(text: str) -> None:
    """A whole number of milliseconds that a century holds, or nothing."""
    ms = read_duration(text)
    assert ms is None or (isinstance(ms, int) and 0 <= ms < 1 << 50)


@given(ODD, st.binary(max_size=40))
def test_anything_sent_is_read_or_unreadable(text: str, body: bytes) -> None:
    """No other error comes out of a reader."""
    escaped = (
        text.encode("utf-8", "surrogatepass")
        .replace(b"&", b"&amp;")
        .replace(b"<", b"&lt;")
    )
    for sent in (
        body,
        b"<e><p><LastChange>%s</LastChange></p></e>" % escaped,
        b"<e><p><LastChange>%s</LastChange></p></e>" % body,
    ):
        with suppress(Unreadable):
            read_event(sent)
    for reader in (read_topology, read_alarms):
        with suppress(Unreadable):
            reader(text)
    read_didl(text)


@given(st.dictionaries(st.sampled_from(NAMES), ODD))
def test_anything_a_speaker_says_is_a_playback_and_a_sound(said: Variables) -> None:
    """With numbers in their bounds."""
    playback, sound = read_playback(said), read_sound(said)
    assert sound.volume is None or 0 <= sound.volume <= 100
    assert playback.queue_length is None or abs(playback.queue_length) < 1_000_000_000
    read_battery(said)


@given(ODD, ODD)
def test_any_member_of_a_household_is_read_or_refused(host: str, boot: str) -> None:
    """Whatever its location, one can prepare to reach it without an error."""
    document = etree.Element("ZoneGroupState")
    group = etree.SubElement(document, "ZoneGroup", Coordinator="R")
    with suppress(ValueError, Unreadable):
        etree.SubElement(
            group, "ZoneGroupMember", UUID="R", Location=f"http://{host}:1400/", BootSeq=boot
        )  # fmt: skip
        for member in read_topology(
            etree.tostring(document, encoding="unicode")
        ).members.values():
            made = SpeakerSoCo.private(HouseholdView(), member.host, member.port)
            assert made.base_url == member.url


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("http://192.168.1.20:1400/xml/x.xml", "http://192.168.1.20:1400"),
        ("http://sonos-kitchen.local/xml/x.xml", "http://sonos-kitchen.local:1400"),
        ("http://[fd00::12]:1400/xml/x.xml", "http://[fd00::12]:1400"),
    ],
)
def test_a_speaker_is_reached_by_address_or_name(location: str, url: str) -> None:
    """SoCo alone takes IPv4 addresses."""
    document = f'<x><ZoneGroup Coordinator="R"><ZoneGroupMember UUID="R" Location="{location}"/></ZoneGroup></x>'
    member = read_topology(document).members["R"]
    made = SpeakerSoCo.private(HouseholdView(), member.host, member.port)
    assert (member.url, made.base_url, made.avTransport.base_url) == (url, url, url)
