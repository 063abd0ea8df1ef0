"""What a list shows of things at Spotify, read from answers in which any field may be null, gone or odd."""

from typing import Any

import pytest

from custom_components.encore.history.records.saved_library import LibrarySection
from custom_components.encore.spotify.api.items import (
    SpotifyThing,
    read_thing,
    read_things,
)
from custom_components.encore.spotify.api.pages import A_PAGE
from custom_components.encore.spotify.errors import Unavailable
from custom_components.encore.spotify.library.library_reader import (
    LibraryReader,
    ListPart,
)
from tests.unit.spotify.payloads import IMAGE, Json, episode, track


class Answers:
    """Stands for a gateway that has one answer to every call."""

    def __init__(self, answer: object) -> None:
        """Take the answer."""
        self._answer = answer

    async def async_read(self, *_args: object, **_kwargs: object) -> Any:
        """Return the answer as one that was just given."""

        class Answered:
            value = self._answer
            from_cache = False
            as_of = 0
            stale_from = staticmethod(lambda _purpose: None)

        return Answered


def reader(answer: object) -> LibraryReader:
    """Return a reader that gets one answer."""
    gateway: Any = Answers(answer)
    return LibraryReader(gateway)


def book(**changes: object) -> Json:
    """Return a SimplifiedAudiobookObject."""
    return {
        "type": "audiobook",
        "uri": "spotify:show:7iHfbu1YPACw6oZPAFJtqe",
        "name": "Dune",
        "authors": [{"name": "Frank Herbert"}, None],
        "images": [{"url": f"{IMAGE}-book"}],
        **changes,
    }


def test_makers_are_known_one_by_one() -> None:
    """Because a name may have a comma, and speech joins them by a word."""
    makers = [{"name": "Tyler, The Creator"}, {"name": "Kali Uchis"}]
    thing = read_thing(track(artists=makers))
    assert thing is not None
    assert thing.by == "Tyler, The Creator, Kali Uchis"
    assert thing.makers == ("Tyler, The Creator", "Kali Uchis")


def test_a_track_is_by_its_artists_and_shows_its_album() -> None:
    """As its list has it."""
    assert read_thing(track()) == SpotifyThing(
        "track",
        "spotify:track:11dFghVXANMlKmJXsNCbNl",
        "Cut To The Feeling",
        "Carly Rae Jepsen, Somebody",
        f"{IMAGE}-640",
    )


def test_an_episode_is_by_its_show() -> None:
    """And has its own image before the show's."""
    thing = read_thing(episode())
    assert thing is not None
    assert (thing.by, thing.image_url) == ("Tech Tips", f"{IMAGE}-episode")
    bare = read_thing(episode(images=None))
    assert bare is not None
    assert bare.image_url == f"{IMAGE}-show"


def test_a_book_is_known_by_its_type() -> None:
    """Its URI is one of a show, whose endpoints do not know it."""
    thing = read_thing(book())
    assert thing is not None
    assert (thing.kind, thing.id) == ("audiobook", "7iHfbu1YPACw6oZPAFJtqe")
    assert thing.uri == "spotify:audiobook:7iHfbu1YPACw6oZPAFJtqe"
    assert (thing.by, thing.is_single) == ("Frank Herbert", False)


@pytest.mark.parametrize(
    "answer",
    [
        None,
        "track",
        {},
        track(uri=None),
        track(uri="spotify:local:Band:Album:Song:180"),
        track(uri="spotify:track:"),
        {"type": "video", "uri": "spotify:video:x"},
    ],
)
def test_what_cannot_be_played_is_left_out(answer: object) -> None:
    """The rest of the list stays."""
    assert read_thing(answer) is None
    assert [thing.name for thing in read_things({"items": [answer, track()]})] == [
        "Cut To The Feeling"
    ]


@pytest.mark.parametrize("removed", ["name", "artists", "album", "images", "type"])
@pytest.mark.parametrize("value", [None, "odd", [None], {"odd": 1}])
def test_any_field_but_the_uri_may_be_odd(removed: str, value: object) -> None:
    """What is left is shown, by its id where it has no name."""
    thing = read_thing(track(**{removed: value}))
    assert thing is not None
    assert thing.kind == "track"
    assert thing.name


@pytest.mark.parametrize(
    ("changes", "more"),
    [
        ({"total": 120, "next": "https://…"}, "50"),
        ({"total": None, "next": "https://…"}, "50"),
        ({"total": None, "next": None}, None),
        ({"total": 50, "next": None}, None),
    ],
)
async def test_a_list_goes_on_where_spotify_has_more(
    changes: Json, more: str | None
) -> None:
    """By its count, or by its next page where the count is gone."""
    rows = [{"track": track()}] * A_PAGE
    shown = await reader({"items": rows, **changes}).async_part(LibrarySection.TRACKS)
    assert len(shown.things) == A_PAGE
    assert shown.more == more


@pytest.mark.parametrize(
    "answer", [{}, {"items": None}, {"items": [], "total": 9}, {"items": [None]}]
)
async def test_an_odd_list_is_an_empty_one_that_ends(answer: Json) -> None:
    """Nobody pages on for ever."""
    assert await reader(answer).async_part(LibrarySection.SHOWS) == ListPart(())


async def test_a_part_that_no_list_named_is_refused() -> None:
    """Whoever makes ids up by hand."""
    with pytest.raises(Unavailable):
        await reader({"items": []}).async_part(LibrarySection.TRACKS, "far")


async def test_an_answer_that_is_no_object_is_no_empty_list() -> None:
    """A list where an object was due."""
    with pytest.raises(Unavailable):
        await reader([]).async_part(LibrarySection.TRACKS)
