"""Ids that favorites, automations and scripts have stored stand for the same media for good."""

import pytest

from custom_components.encore.commands.errors import NothingToPlay
from custom_components.encore.media.media_ids import (
    FAVORITE_TYPE,
    SOURCE,
    AccountFolder,
    FileAddress,
    HouseholdFolder,
    HouseholdList,
    HouseholdMedia,
    NamedItem,
    OpenedLink,
    QueuePlace,
    RoomMediaId,
    SharedLink,
    SonosItem,
    SpotifyLinks,
    Title,
    in_account,
    read_account_media,
    read_file,
    read_household,
    read_opened,
    read_room_media,
)
from custom_components.encore.spotify.api.share_links import (
    LIKED_SONGS,
    Link,
    NotALink,
    ShortLink,
)

ID = "4iV5W9uYEdYUVa79Axb7Rh"
TRACK = Link("track", ID)
ALBUM = Link("album", ID)


@pytest.mark.parametrize(
    ("media_type", "media_id", "media"),
    [
        ("music", f"spotify:track:{ID}", SpotifyLinks((TRACK,))),
        ("music", f"https://open.spotify.com/intl-de/album/{ID}?si=1", SpotifyLinks((ALBUM,))),
        ("music", f"spotify:track:{ID}, spotify:album:{ID}", SpotifyLinks((TRACK, ALBUM))),
        ("music", "spotify:collection", SpotifyLinks((LIKED_SONGS,))),
        ("album", ID, SpotifyLinks((ALBUM,))),
        ("music", f"encore:account/alva/spotify:track:{ID}", SpotifyLinks((TRACK,), "alva")),
        ("encore", "encore:liked_songs", AccountFolder(None, "liked_songs")),
        ("encore", "encore:account/alva/encore:on_this_day/2019", AccountFolder("alva", "on_this_day/2019")),
        ("music", f"{SOURCE}/spotify:track:{ID}", HouseholdMedia(TRACK)),
        ("music", f"{SOURCE}/evenings/2026-07-14", HouseholdMedia(HouseholdList(HouseholdFolder.EVENINGS, ("2026-07-14",)))),
        ("music", SOURCE, HouseholdMedia(None)),
        ("music", "media-source://tts/google?message=Hello", FileAddress("media-source://tts/google?message=Hello")),
        ("music", "https://example.org/a.mp3", FileAddress("https://example.org/a.mp3")),
        ("music", "/local/bell.mp3", FileAddress("/local/bell.mp3")),
        ("music", "https://tidal.com/browse/album/157273956", SharedLink("https://tidal.com/browse/album/157273956")),
        ("music", "Q:0", QueuePlace(1)),
        ("music", "Q:0/12", QueuePlace(12)),
        ("music", "A:ALBUM/Moss", SonosItem("A:ALBUM/Moss")),
        (FAVORITE_TYPE, "anything", SonosItem("anything")),
        ("music", "Sunday", Title("Sunday")),
    ],
)  # fmt: skip
def test_what_a_room_is_to_play(
    media_type: str, media_id: str, media: RoomMediaId
) -> None:
    """Whatever else could be meant by the text."""
    assert read_room_media(media_type, media_id) == media


def test_an_account_plays_what_is_at_spotify_alone() -> None:
    """A short link says nothing, nor do words and nothing at all."""
    assert read_account_media("track", ID) == SpotifyLinks((TRACK,))
    with pytest.raises(NotALink):
        read_account_media("music", "Sunday morning")
    with pytest.raises(NotALink):
        read_room_media("music", "encore:account/alva/Sunday")
    with pytest.raises(ShortLink):
        read_room_media("music", "https://spotify.link/abc")
    with pytest.raises(NothingToPlay):
        read_account_media("music", " ")


@pytest.mark.parametrize(
    ("media_id", "opened"),
    [
        ("encore:", AccountFolder(None, "")),
        ("encore:artists@0oSGxfWSnnOXhD2fKuz2Gy", AccountFolder(None, "artists", "0oSGxfWSnnOXhD2fKuz2Gy")),
        ("encore:account/alva/encore:", AccountFolder("alva", "")),
        (f"spotify:album:{ID}@50", OpenedLink(None, ALBUM, "50")),
        (f"encore:account/alva/spotify:album:{ID}", OpenedLink("alva", ALBUM)),
        ("Sunday", None),
        ("A:ALBUM", None),
    ],
)  # fmt: skip
def test_what_is_opened_of_an_account(
    media_id: str, opened: AccountFolder | OpenedLink | None
) -> None:
    """A later part begins behind an @."""
    assert read_opened(media_id) == opened


@pytest.mark.parametrize(
    "what",
    [
        HouseholdList(HouseholdFolder.RECENTLY_PLAYED),
        HouseholdList(HouseholdFolder.TOP, ("this_month", "tracks")),
        NamedItem("artist", "🎷 Jazz / Nights?"),
        NamedItem("album", "Ünder = 100%", "Tom / Jerry?"),
    ],
)
def test_what_the_media_source_shows_is_read_again(
    what: HouseholdList | NamedItem,
) -> None:
    """Whatever the name has in it; a slash at the end changes nothing."""
    assert read_household(what.identifier) == HouseholdMedia(what)
    assert read_household(f"{what.identifier}/") == HouseholdMedia(what)
    assert " " not in what.identifier


def test_what_names_its_account_is_read_again() -> None:
    """By whoever opens it in a room."""
    assert read_opened(in_account("alva", "encore:albums")) == AccountFolder("alva", "albums")  # fmt: skip


def test_only_files_are_announced() -> None:
    """Nothing of Encore's own, and no name."""
    assert read_file("/local/bell.mp3") == FileAddress("/local/bell.mp3")
    for media_id in (SOURCE, f"{SOURCE}/recently_played", "Sunday", f"spotify:track:{ID}"):  # fmt: skip
        assert read_file(media_id) is None
