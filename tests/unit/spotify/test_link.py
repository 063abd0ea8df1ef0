"""Whatever people paste is read, and what is no thing on Spotify is not."""

import pytest

from custom_components.encore.spotify.link import Link, read_link

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
    ],
)
def test_anything_else_is_not(text: str) -> None:
    """Least of all something that would change the request it ends up in."""
    assert read_link(text) is None


def test_only_tracks_and_episodes_are_single() -> None:
    """They alone can be queued."""
    kinds = ["track", "episode", "album", "artist", "playlist", "show"]
    assert [Link(kind, ID).is_single for kind in kinds] == [True] * 2 + [False] * 4


def test_a_link_has_a_uri() -> None:
    """The form that Spotify's commands take."""
    assert Link("show", ID).uri == f"spotify:show:{ID}"
