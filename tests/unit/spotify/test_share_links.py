"""Whatever people paste is read, and what is no thing on Spotify is not."""

import pytest

from custom_components.encore.spotify.api.share_links import (
    LIKED_SONGS,
    Link,
    NotALink,
    ShortLink,
    link_of,
    read_link,
)

ID = "4iV5W9uYEdYUVa79Axb7Rh"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"spotify:track:{ID}", "track"),
        (f" spotify:episode:{ID}\n", "episode"),
        (f"spotify:user:alva.holm:playlist:{ID}", "playlist"),
        (f"https://open.spotify.com/track/{ID}", "track"),
        (f"https://open.spotify.com/album/{ID}?si=1a2b&nd=1", "album"),
        (f"https://open.spotify.com/intl-de/artist/{ID}#top", "artist"),
        (f"http://open.spotify.com/user/alva/playlist/{ID}/", "playlist"),
        (f"https://OPEN.spotify.com/Show/{ID}", "show"),
        (f"https://open.spotify.com/intl-pt/audiobook/{ID}?si=9", "audiobook"),
        (f"spotify:chapter:{ID}", "chapter"),
        (f"https://open.spotify.com/embed/track/{ID}?utm_source=x", "track"),
        (f"https://open.spotify.com/embed-podcast/episode/{ID}", "episode"),
        (f"open.spotify.com/playlist/{ID}?si=1&pt=2", "playlist"),
        (f"https://open.spotify.com/intl-de/user/alva/playlist/{ID}", "playlist"),
    ],
)
def test_uris_and_share_links_are_read(text: str, kind: str) -> None:
    """Of every kind that plays, with what Spotify's apps add to them."""
    assert read_link(text) == Link(kind, ID)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Song 2",
        "spotify:track:",
        "spotify:user:alva",
        f"spotify:track:{ID}&device_id=other",
        f"spotify:track:{ID}:extra",
        f"https://open.spotify.com.evil.example/track/{ID}",
        f"https://example.com/?u=https://open.spotify.com/track/{ID}",
        "https://open.spotify.com/track/../../me",
        "https://open.spotify.com/collection/albums",
        "spotify:user:alva:collection:artist:x",
    ],
)
def test_anything_else_is_not(text: str) -> None:
    """Least of all something that would change the request it ends up in."""
    assert read_link(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "spotify:collection",
        "spotify:collection:tracks",
        "spotify:user:alva.holm:collection",
        "https://open.spotify.com/collection/tracks",
        "https://open.spotify.com/intl-fr/collection/tracks?si=1",
        " open.spotify.com/collection/ ",
    ],
)
def test_liked_songs_are_a_thing_of_their_own(text: str) -> None:
    """Which is read again from its own URI."""
    assert read_link(text) == LIKED_SONGS
    assert not LIKED_SONGS.is_single
    assert read_link(LIKED_SONGS.uri) == LIKED_SONGS


def test_only_tracks_episodes_and_chapters_are_single() -> None:
    """They alone can be queued."""
    kinds = ["track", "episode", "chapter", "album", "artist", "playlist", "show"]
    assert [Link(kind, ID).is_single for kind in kinds] == [True] * 3 + [False] * 4


def test_a_link_has_a_uri() -> None:
    """The form that Spotify's commands take."""
    assert Link("show", ID).uri == f"spotify:show:{ID}"


@pytest.mark.parametrize(
    "text",
    [
        "https://spotify.link/q1w2e3r4t5",
        "http://spotify.app.link/abc?_p=c1",
        " https://SPOTI.fi/3xYz ",
        "spotify.link/q1w2e3r4t5",
        "https://link.tospotify.com/abc",
    ],
)
def test_a_short_link_is_distinguished_from_what_is_no_link(text: str) -> None:
    """It leads to something, and only Spotify's server knows to what."""
    with pytest.raises(ShortLink) as refused:
        link_of(text)
    assert refused.value.translation_placeholders == {"media_id": text.strip()}


@pytest.mark.parametrize("text", ["Song 2", "https://spotify.link.evil.example/abc"])
def test_what_names_nothing_is_refused_by_name(text: str) -> None:
    """The person reads what they wrote."""
    with pytest.raises(NotALink):
        link_of(text)


def test_what_names_something_is_returned() -> None:
    """As by read_link."""
    assert link_of(f"spotify:show:{ID}") == Link("show", ID)
