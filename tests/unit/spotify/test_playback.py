"""Answers of the Web API are read, and what is missing in them is left out."""

import json
from typing import Any

import pytest

from custom_components.encore.history.model import Item, Kind
from custom_components.encore.spotify.api.playback import (
    ConnectDevice,
    Playback,
    Profile,
    read_device,
    read_devices,
    read_item,
    read_playback,
    read_profile,
    read_recent,
)
from tests.unit.spotify.payloads import IMAGE, device, episode, player, recent, track

NOW = 1_790_000_000_000


def test_the_player_is_read() -> None:
    """All that Encore uses of it."""
    assert read_playback(player(), NOW) == Playback(
        seen_at=NOW,
        playing=True,
        item=read_item(track()),
        progress_ms=44_272,
        device=ConnectDevice(
            id="74ASZWbe4lXaubB36ztrGX",
            name="Kitchen",
            type="Speaker",
            active=True,
            supports_volume=True,
            volume_percent=59,
        ),
        context_uri="spotify:album:ctx",
        shuffle=True,
        repeat="context",
        disallowed=frozenset({"resuming"}),
    )


def test_no_answer_means_that_no_player_is_on() -> None:
    """204 has no body."""
    assert read_playback(None, NOW) == Playback(NOW)
    assert read_playback(None, NOW).idle


@pytest.mark.parametrize("kind", ["ad", "unknown"])
def test_what_is_no_play_leaves_the_player_on(kind: str) -> None:
    """An advertisement has no item."""
    playback = read_playback(player(item=None, currently_playing_type=kind), NOW)
    assert playback.item is None
    assert not playback.idle


@pytest.mark.parametrize("removed", list(player()))
@pytest.mark.parametrize("how", ["null", "gone", "odd"])
def test_any_field_may_be_null_or_gone_or_odd(removed: str, how: str) -> None:
    """The rest of the look survives."""
    answer = player()
    match how:
        case "null":
            answer[removed] = None
        case "odd":
            answer[removed] = ["odd"]
        case _:
            del answer[removed]
    playback = read_playback(answer, NOW)
    whole = read_playback(player(), NOW)
    stored = {"seen_at", "item", "device", "context_uri", "progress_ms"} - {
        removed,
        f"{removed}_uri",
    }
    assert all(getattr(playback, name) == getattr(whole, name) for name in stored)


def test_what_spotify_disallows_is_read() -> None:
    """Only what is said to be so; an answer without it disallows nothing."""
    disallows = {"seeking": True, "pausing": False, "skipping_next": True, "odd": 1}
    answer = player(actions={"disallows": disallows})
    assert read_playback(answer, NOW).disallowed == {"seeking", "skipping_next"}
    for actions in (None, {}, {"disallows": None}, {"disallows": ["seeking"]}):
        assert read_playback(player(actions=actions), NOW).disallowed == frozenset()


def test_a_track_is_an_item() -> None:
    """With its main facts and the largest cover."""
    assert read_item(track()) == Item(
        uri="spotify:track:11dFghVXANMlKmJXsNCbNl",
        kind=Kind.TRACK,
        title="Cut To The Feeling",
        artists=("Carly Rae Jepsen", "Somebody"),
        album="Cut To The Feeling (Single)",
        duration_ms=207_959,
        isrc="USUM71703861",
        image_url=f"{IMAGE}-640",
    )


def test_half_a_character_in_a_name_is_replaced() -> None:
    """JSON may hold what no text can, where a name was cut between its halves; whole ones stay."""
    name = json.loads(r'"Cut \ud83d\ude00 \ud83d"')
    item = read_item(track(name=name))
    assert item is not None
    assert item.title == "Cut 😀 \ufffd"


def test_an_episode_has_its_show_for_artist() -> None:
    """And its own image before the show's."""
    item = read_item(episode())
    assert item is not None
    assert item.kind is Kind.EPISODE
    assert (item.artists, item.album) == (("Tech Tips",), "Tech Tips")
    assert item.image_url == f"{IMAGE}-episode"
    without = read_item(episode(images=[]))
    assert without is not None
    assert without.image_url == f"{IMAGE}-show"


def test_a_chapter_has_its_book_for_artist() -> None:
    """As an episode has its show."""
    item = read_item(episode(type="chapter", audiobook={"name": "The Book"}))
    assert item is not None
    assert (item.kind, item.artists) == (Kind.CHAPTER, ("The Book",))


def test_a_local_file_is_an_item_too() -> None:
    """With Spotify's URI of it, or one made in the same way where it is missing."""
    local = track(id=None, is_local=True, uri="spotify:local:Band:Album:Song:180")
    assert getattr(read_item(local), "uri", None) == "spotify:local:Band:Album:Song:180"
    bare = track(
        id=None,
        uri=None,
        is_local=True,
        name="A song: two",
        artists=[{"name": "Band"}],
        album={"name": None, "images": None},
        duration_ms=180_400,
    )
    item = read_item(bare)
    assert item is not None
    assert item.uri == "spotify:local:Band::A+song%3A+two:180"
    assert (item.album, item.image_url) == ("", None)


@pytest.mark.parametrize(
    "answer",
    [
        None,
        "track",
        {"type": "video", "uri": "spotify:video:x"},
        track(uri=None),
        track(uri=None, is_local=True, name=""),
        episode(uri=None),
    ],
)
def test_what_cannot_be_named_is_no_item(answer: Any) -> None:
    """An unknown type, or nothing to know it by."""
    assert read_item(answer) is None


@pytest.mark.parametrize("removed", ["artists", "album", "duration_ms", "name"])
def test_an_item_may_lack_all_but_its_uri(removed: str) -> None:
    """Fields disappear from the Web API year by year."""
    item = read_item(track(**{removed: None}))
    assert item is not None
    assert item.uri == "spotify:track:11dFghVXANMlKmJXsNCbNl"


def test_a_device_may_lack_its_id_or_its_name() -> None:
    """Without an id it cannot be addressed; without both there is none."""
    assert read_device(device(id=None)) == ConnectDevice(
        None, "Kitchen", "Speaker", active=True, supports_volume=True, volume_percent=59
    )
    assert getattr(read_device(device(name=None)), "name", None) == device()["id"]
    assert read_device(device(id=None, name=None)) is None


def test_an_older_answer_reports_by_the_volume_whether_there_is_one() -> None:
    """`supports_volume` came later."""
    old = device()
    del old["supports_volume"]
    assert getattr(read_device(old), "supports_volume", None) is True
    old["volume_percent"] = None
    assert getattr(read_device(old), "supports_volume", None) is False


def test_devices_are_read_but_the_nameless() -> None:
    """And an answer without a list has none."""
    found = read_devices({"devices": [device(), None, {}, device(id="b", name="TV")]})
    assert [one.name for one in found] == ["Kitchen", "TV"]
    assert read_devices({"devices": None}) == ()


def test_the_end_of_an_item_is_foreseen() -> None:
    """By the clock of the look; never for what is paused or has no length."""
    assert read_playback(player(), NOW).ends_at == NOW + 207_959 - 44_272
    assert read_playback(player(progress_ms=999_999), NOW).ends_at == NOW
    for unknown in (
        player(is_playing=False),
        player(progress_ms=None),
        player(item=None),
        player(item=track(duration_ms=None)),
    ):
        assert read_playback(unknown, NOW).ends_at is None


def test_a_profile_has_the_immutable_id() -> None:
    """Before 2026 there was only the other one."""
    answer = {"account_id": "acc", "id": "user", "display_name": "Alva"}
    assert read_profile(answer) == Profile("acc", "user", "Alva")
    assert read_profile({"id": "user"}) == Profile(None, "user", "user")
    assert read_profile({"account_id": "acc", "id": ""}) == Profile("acc", None, "acc")
    assert read_profile({"display_name": "Nobody"}) is None


def test_recently_played_is_read() -> None:
    """Dates in ms, the cursor towards older plays, the context."""
    answer = recent("2026-10-01T19:00:00.123Z", "2026-10-01T18:56:00Z")
    answer["items"][1]["context"] = {"uri": "spotify:playlist:p"}
    page = read_recent(answer)
    assert [play.played_at for play in page.plays] == [1790881200123, 1790880960000]
    assert [play.context_uri for play in page.plays] == [None, "spotify:playlist:p"]
    assert page.before == 1_789_999_000_000
    assert page.rows == 2


def test_rows_that_cannot_be_read_are_left_out_but_counted() -> None:
    """A full page must be known as full."""
    answer = recent(
        "2026-10-01T19:00:00Z",
        "yesterday",
        "2026-10-01T18:56:00Z",
        "2026-10-01T18:50:00Z",
    )
    answer["items"][2]["track"] = None
    answer["items"][3]["track"]["type"] = "hologram"
    page = read_recent(answer)
    assert (len(page.plays), page.rows) == (1, 4)
    assert page.unread == ("no time", "no track", "an item of the type 'hologram'")


@pytest.mark.parametrize("cursors", [{}, {"before": None}, {"before": "soon"}])
def test_the_last_page_has_no_cursor(cursors: dict[str, Any]) -> None:
    """Nothing older is asked for then."""
    page = read_recent(recent("2026-10-01T19:00:00Z", cursors=cursors))
    assert page.before is None


def test_without_cursors_the_oldest_row_is_the_cursor() -> None:
    """Spotify gives null with an empty page."""
    page = read_recent(
        recent("2026-10-01T19:00:00Z", "2026-10-01T18:56:00Z", cursors=None)
    )
    assert page.before == 1790880960000
    assert read_recent(recent(cursors=None)).before is None
