"""What plays, read from what a coordinator says of its transport."""

import pytest

from custom_components.encore.sonos.model import (
    Kind,
    NowPlaying,
    Playback,
    Repeat,
    Source,
    Transport,
)
from custom_components.encore.sonos.now_playing import read_playback, spotify_uri_in
from custom_components.encore.sonos.xml_reading import Variables

TRACK = "2takeMeToTheRiver00001"


def didl(inner: str, attributes: str = 'id="-1"') -> str:
    """Return a DIDL-Lite document with one item."""
    return (
        '<DIDL-Lite xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:upnp="urn:schemas-upnp-org:metadata-1-0/upnp/" '
        'xmlns:r="urn:schemas-rinconnetworks-com:metadata-1-0/" xmlns="urn:schemas-upnp-org:metadata-1-0/DIDL-Lite/">'
        f"<item {attributes}>{inner}</item></DIDL-Lite>"
    )


def sounding(**said: str) -> NowPlaying | None:
    """Return what sounds while a coordinator says this."""
    return playback(**said).sounding


def playback(**said: str) -> Playback:
    """Return what plays while a coordinator says this."""
    variables: Variables = {"TransportState": "PLAYING", **said}
    return read_playback(variables)


def test_a_track_of_the_queue_is_named_by_its_uri() -> None:
    """Where the Spotify URI is encoded."""
    found = sounding(
        AVTransportURI="x-rincon-queue:RINCON_1#0",
        CurrentTrackURI=f"x-sonos-spotify:spotify%3atrack%3a{TRACK}?sid=9&flags=8232&sn=1",
        CurrentTrackDuration="0:04:21",
        CurrentTrackMetaData=didl(
            "<dc:title>River</dc:title><dc:creator>Aurora</dc:creator><upnp:album>Low Tide</upnp:album>"
        ),
    )
    assert found is not None
    assert (found.kind, found.source) == (Kind.TRACK, Source.SPOTIFY)
    assert found.spotify_uri == f"spotify:track:{TRACK}"
    assert (found.title, found.artist, found.album) == ("River", "Aurora", "Low Tide")
    assert found.duration_ms == 261_000


def test_a_track_of_a_connect_session_is_named_in_res_only() -> None:
    """The transport's own URI names the session, which is no track."""
    session = "x-sonos-vli:RINCON_1:2,spotify:9f0"
    found = sounding(
        AVTransportURI=session,
        CurrentTrackURI=session,
        CurrentTrackMetaData=didl(
            f"<res>x-sonos-spotify:spotify:track:{TRACK}?sid=9&amp;flags=0&amp;sn=1</res><dc:title>River</dc:title>"
        ),
    )
    assert found is not None
    assert found.source is Source.SPOTIFY_CONNECT
    assert found.spotify_uri == f"spotify:track:{TRACK}"


def test_a_session_that_names_only_spotify_is_spotifys() -> None:
    """The fall-back: the item of what was loaded is called `spotify`."""
    session = "x-sonos-vli:RINCON_1:2,other"
    found = sounding(
        AVTransportURI=session,
        CurrentTrackURI=session,
        EnqueuedTransportURIMetaData=didl(
            "<dc:title>Spotify</dc:title>", 'id="spotify"'
        ),
    )
    assert found is not None
    assert (found.source, found.spotify_uri) == (Source.SPOTIFY_CONNECT, None)


def test_an_episode_is_distinguished_from_a_track() -> None:
    """By its Spotify URI."""
    found = sounding(
        CurrentTrackURI=f"x-sonos-spotify:spotify%3aepisode%3a{TRACK}?sid=9"
    )
    assert found is not None
    assert found.kind is Kind.EPISODE


def test_airplay_is_a_track_without_a_spotify_uri() -> None:
    """Whatever the phone plays."""
    found = sounding(CurrentTrackURI="x-sonos-vli:RINCON_1:1,airplay:9f0")
    assert found is not None
    assert (found.kind, found.source) == (Kind.TRACK, Source.AIRPLAY)


@pytest.mark.parametrize(
    ("stream", "artist", "title", "album"),
    [
        ("M83 - Couleurs", "M83", "Couleurs", None),
        ("TYPE=SNG|TITLE Couleurs|ARTIST M83|ALBUM Saturdays = Youth", "M83", "Couleurs", "Saturdays = Youth"),
        ("BR P|TYPE=SNG|TITLE 7.15.17 LA|ARTIST Eagles|ALBUM ", "Eagles", "7.15.17 LA", None),
        ("ZPSTR_BUFFERING", None, None, None),
        ("The news at nine", None, None, None),
        ("", None, None, None),
        ("TYPE=SNG|TITLE Advertisement_Stop|ARTIST |ALBUM ", None, None, None),
        ("TYPE=AD|TITLE Acme - now in blue|ARTIST Acme|ALBUM ", None, None, None),
        ("BR P|TYPE=SNG|TITLE Above and Below: Cave Art|ARTIST Artworks 16:00 - 16:30|ALBUM ", None, None, None),
        ("Morning Tide 06:00 - 10:00", None, None, None),
        ("10:00 - The news", None, None, None),
        ("Live365 - Advertisement", None, None, None),
        ("ADWTAG_120000 - THIS STATION WILL CONTINUE AFTER THIS BREAK", None, None, None),
        ('Acme - text="Spot Block End" song_spot="T" length="00:00:00"', None, None, None),
        ('Eagle-Eye Cherry - text="Save Tonight" song_spot="M" MediaBaseId="0"', "Eagle-Eye Cherry", "Save Tonight", None),
        ("Advertising Slogans - Gum", "Advertising Slogans", "Gum", None),
        ("Bob - 9 to 5", "Bob", "9 to 5", None),
    ],
)  # fmt: skip
def test_a_station_reports_its_song_or_not(
    stream: str, artist: str | None, title: str | None, album: str | None
) -> None:
    """In one of two ways; the station is named by what was loaded."""
    found = sounding(
        AVTransportURI="x-sonosapi-stream:s1?sid=254",
        CurrentTrackURI="x-sonosapi-stream:s1?sid=254",
        CurrentTrackMetaData=didl(
            f"<dc:title>x-sonosapi-stream:s1?sid=254</dc:title><r:streamContent>{stream}</r:streamContent>"
        ),
        EnqueuedTransportURIMetaData=didl("<dc:title>Harbour FM</dc:title>"),
    )
    assert found is not None
    assert (found.kind, found.station) == (Kind.RADIO, "Harbour FM")
    assert (found.artist, found.title, found.album) == (artist, title, album)


@pytest.mark.parametrize(
    ("reported", "stream", "show"),
    [
        ("The Morning Tide,p99999", "M83 - Couleurs", "The Morning Tide"),
        ("HeuckZeug,p270647", "Bremen Vier", "HeuckZeug"),
        ("Harbour FM,", "M83 - Couleurs", None),
        ("", "BR P|TYPE=SNG|TITLE Cave Art|ARTIST Artworks 16:00 - 16:30|ALBUM ", "Artworks"),
        ("Artworks 16:00 - 16:30,", "", "Artworks"),
        ("", "06:00 – 10:00 Morning Tide", "Morning Tide"),
        ("", "M83 - Couleurs", None),
    ],
)  # fmt: skip
def test_a_station_reports_its_programme_without_the_times(
    reported: str, stream: str, show: str | None
) -> None:
    """What is called as the station is none."""
    found = sounding(
        AVTransportURI="x-sonosapi-stream:s1?sid=254",
        CurrentTrackURI="x-sonosapi-stream:s1?sid=254",
        CurrentTrackMetaData=didl(
            f"<r:streamContent>{stream}</r:streamContent><r:radioShowMd>{reported}</r:radioShowMd>"
        ),
        EnqueuedTransportURIMetaData=didl("<dc:title>Harbour FM</dc:title>"),
    )
    assert found is not None
    assert found.show == show


def test_an_advert_has_no_artist_by_what_the_last_song_left() -> None:
    """The usual fields count where the stream itself tells nothing."""

    def artist(stream: str) -> str | None:
        found = sounding(
            CurrentTrackURI="x-sonosapi-hls:radioapp?sid=267",
            CurrentTrackMetaData=didl(
                f"<dc:title>Couleurs</dc:title><dc:creator>M83</dc:creator><r:streamContent>{stream}</r:streamContent>"
            ),
        )
        return found.artist if found else None

    assert artist("") == artist("ZPSTR_BUFFERING") == "M83"
    assert artist("TYPE=SNG|TITLE Advertisement_Stop|ARTIST |ALBUM ") is None
    assert artist("ADWTAG_120000 - THIS STATION WILL CONTINUE") is None


def test_a_stream_from_the_web_is_radio_by_its_class() -> None:
    """Its scheme says nothing."""
    found = sounding(
        AVTransportURI="http://radio.example/live.mp3",
        CurrentTrackURI="http://radio.example/live.mp3",
        CurrentTrackMetaData=didl("<dc:title>live.mp3</dc:title>"),
        AVTransportURIMetaData=didl(
            "<dc:title>Example FM</dc:title><upnp:class>object.item.audioItem.audioBroadcast</upnp:class>"
        ),
    )
    assert found is not None
    assert (found.kind, found.station, found.title) == (Kind.RADIO, "Example FM", None)


@pytest.mark.parametrize(
    ("uri", "kind"),
    [
        ("x-sonos-htastream:RINCON_1:spdif", Kind.TV),
        ("x-rincon-stream:RINCON_1", Kind.LINE_IN),
    ],
)
def test_inputs_are_distinguished(uri: str, kind: Kind) -> None:
    """They have no title."""
    found = sounding(
        AVTransportURI=uri,
        CurrentTrackURI=uri,
        CurrentTrackMetaData=didl("<dc:title> </dc:title>"),
    )
    assert found is not None
    assert (found.kind, found.title) == (kind, None)


@pytest.mark.parametrize(
    ("loaded", "track"),
    [
        ("x-rincon-queue:RINCON_1#0", ""),
        ("", ""),
        ("x-rincon:RINCON_2", "x-rincon:RINCON_2"),
    ],
)
def test_nothing_sounds_where_nothing_is_loaded(loaded: str, track: str) -> None:
    """An empty queue, no source, a member that only names its coordinator."""
    assert sounding(AVTransportURI=loaded, CurrentTrackURI=track) is None


def test_metadata_that_cannot_be_read_leaves_the_rest() -> None:
    """The URI alone says what it is."""
    found = sounding(
        CurrentTrackURI=f"x-sonos-spotify:spotify%3atrack%3a{TRACK}",
        CurrentTrackMetaData="<DIDL-Lite",
    )
    assert found is not None
    assert found.spotify_uri == f"spotify:track:{TRACK}"


@pytest.mark.parametrize(
    ("mode", "shuffle", "repeat"),
    [
        ("NORMAL", False, Repeat.OFF),
        ("SHUFFLE", True, Repeat.ALL),
        ("SHUFFLE_REPEAT_ONE", True, Repeat.ONE),
        ("A_NEW_ONE", False, Repeat.OFF),
    ],
)
def test_one_mode_is_shuffle_and_repeat(
    mode: str, shuffle: bool, repeat: Repeat
) -> None:
    """As Sonos has it."""
    found = playback(CurrentPlayMode=mode)
    assert (found.shuffle, found.repeat) == (shuffle, repeat)


def test_the_queue_counts_only_while_it_plays() -> None:
    """A station has no place in it."""
    queue = playback(
        AVTransportURI="x-rincon-queue:R#0", CurrentTrack="3", NumberOfTracks="12"
    )
    assert (queue.queue_position, queue.queue_length) == (3, 12)
    radio = playback(
        AVTransportURI="x-sonosapi-stream:s1", CurrentTrack="1", NumberOfTracks="1"
    )
    assert (radio.queue_position, radio.queue_length) == (None, None)


def test_an_unknown_state_counts_as_stopped() -> None:
    """Firmware may bring one."""
    assert playback(TransportState="NO_MEDIA_PRESENT").transport is Transport.STOPPED


@pytest.mark.parametrize("text", [None, "", "spotify:user:x", "x-file-cifs://nas/a"])
def test_no_spotify_uri_where_there_is_none(text: str | None) -> None:
    """Not of anything else."""
    assert spotify_uri_in(text) is None
