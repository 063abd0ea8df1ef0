"""Pictures of artists are wanted once, of who was played most first, and go with what was forgotten."""

from dataclasses import replace

from custom_components.encore.history.records.artist_pictures import (
    AGAIN_AFTER_MS,
    MissingPicture,
    learn_picture,
)

from .memory import BEN, EPISODE, HOUR, LATER, NOON, OTHER, SONG, Memory, live
from .test_metadata_lookups import NAMED

PICTURE = "https://i.scdn.co/image/ab6761610000e5eb"


def wanted(store: Memory, now: int = NOON) -> list[MissingPicture]:
    """Return of whom a picture is wanted."""
    return store.operational().missing_pictures(now, 100)


def learnt(store: Memory, image_url: str | None, at: int = NOON) -> None:
    """Take in an answer about the artist who is wanted most."""
    asked = wanted(store, at)[0]
    with store.writing() as connection:
        learn_picture(connection, asked, image_url, at)


def test_who_was_played_most_is_wanted_first(store: Memory) -> None:
    """By everybody together, with all their tracks; no guests, and no shows."""
    second = replace(OTHER, uri="spotify:track:second", title="Evening Brass")
    store.append(
        live(NOON, item=SONG),
        live(NOON + HOUR, item=OTHER),
        live(NOON, item=second, listener=BEN),
        live(NOON + 2 * HOUR, item=EPISODE),
    )
    assert [(each.name, each.plays) for each in wanted(store)] == [
        ("Odd Lamp", 2),
        ("Ilse Vann", 1),
    ]


def test_an_artist_of_whom_only_names_are_known_is_wanted_too(store: Memory) -> None:
    """Artists are names."""
    store.append(live(NOON, item=NAMED))
    [one] = wanted(store)
    assert (one.name, one.key) == ("Ilse Vann", f"artist:{one.artist}")


def test_a_picture_is_asked_for_once(store: Memory) -> None:
    """And answers by the name of the artist."""
    store.append(live(NOON))
    learnt(store, PICTURE)
    assert wanted(store, NOON + 10 * AGAIN_AFTER_MS) == []
    names = ["Ilse Vann", "Odd Lamp"]
    assert store.queries().pictures(names) == {"Ilse Vann": PICTURE}


def test_who_has_no_picture_is_left_alone_for_a_while(store: Memory) -> None:
    """Then there may be one."""
    store.append(live(NOON))
    learnt(store, None)
    assert store.queries().pictures(["Ilse Vann"]) == {}
    assert wanted(store, NOON + AGAIN_AFTER_MS) == []
    learnt(store, PICTURE, NOON + AGAIN_AFTER_MS + 1)
    assert store.queries().pictures(["Ilse Vann"]) == {"Ilse Vann": PICTURE}


def test_the_picture_of_who_was_forgotten_goes(store: Memory) -> None:
    """Nor is one kept that was under way meanwhile."""
    store.append(live(NOON), live(NOON + HOUR, item=OTHER))
    learnt(store, PICTURE)
    [asked] = wanted(store)
    store.forget(start=0, end=LATER, keep_away=False)
    store.purge()
    with store.writing() as connection:
        learn_picture(connection, asked, PICTURE, NOON)
    assert store.count("artist_picture") == 0


def test_nothing_played_wants_nothing(store: Memory) -> None:
    """As in a new home."""
    assert wanted(store) == []
