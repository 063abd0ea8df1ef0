"""A station that shows slogans between its songs, or in turn with them, still played what it played."""

from dataclasses import replace

from custom_components.encore.history.model import Kind
from custom_components.encore.tracking.group import Group
from custom_components.encore.tracking.playing_items import on_air
from tests.unit.tracking.evening import EVE, PAUSED, Evening, group, idle


def radio(title: str | None, players: str = "Bath", name: str = "Radio Nine") -> Group:
    """Return players with a station on that shows “Artist - Title”, or nothing."""
    item, station = on_air(name, title, "Ilse Vann" if title else None)
    return replace(group(players, item), context_uri=station)


def test_songs_with_a_slogan_between_them_are_the_songs_alone() -> None:
    """What is shown for 8 s is no track; the station had those seconds."""
    evening = Evening().look(0, idle("Bath")).look(0, radio("Tide"))
    evening.look(200, radio("The best of today")).look(208, radio("Shore"))
    evening.look(400, idle("Bath")).over(500)
    assert evening.plays() == [
        ("Tide", "Bath", 0, 200, 200),
        ("Radio Nine", "Bath", 200, 208, 8),
        ("Shore", "Bath", 208, 400, 192),
    ]
    assert [one.item.kind for one in evening.seen] == [
        Kind.TRACK,
        Kind.RADIO,
        Kind.TRACK,
    ]


def test_a_song_that_a_slogan_interrupts_is_one_play() -> None:
    """Its rooms are whole, too: the kitchen joins during the slogan."""
    evening = Evening().look(0, idle("Bath")).look(0, radio("Tide"))
    evening.look(100, radio("Win a car")).look(104, radio("Win a car", "Bath Kitchen"))
    evening.look(110, radio("Tide", "Bath Kitchen")).look(
        200, radio("Shore", "Bath Kitchen")
    )
    evening.over(300)
    assert evening.plays() == [
        ("Tide", "Bath", 0, 200, 200),
        ("Shore", "Bath", 200, 300, 100),
    ]
    assert evening.rooms("Tide") == [("Bath", 0, 200), ("Kitchen", 104, 200)]


def test_titles_that_keep_changing_are_the_station() -> None:
    """A title every 12 s, for ten minutes: one play of the station, across a restart."""
    evening = Evening().look(0, idle("Bath"))
    for number in range(50):
        evening.look(12 * number, radio(f"Word {number % 2}"))
        if number == 20:
            evening.restart()
    evening.look(600, idle("Bath")).over(700)
    plays = evening.plays()
    assert {title for title, *_ in plays} == {"Radio Nine"}
    assert sum(length for *_, length in plays) == 600
    assert len(plays) == 1


def test_a_song_is_reported_as_soon_as_the_next_one_is_sure() -> None:
    """Not only when the next one is over; and what is under way shows both meanwhile."""
    evening = Evening().look(0, idle("Bath")).look(0, radio("Tide"))
    evening.look(200, radio("Shore"))
    titles = [play.item.title for play in evening.house.under_way(EVE + 220_000)]
    assert (titles, evening.plays()) == (["Tide", "Shore"], [])
    evening.wait(229)
    assert evening.plays() == []
    evening.wait(230)
    assert evening.plays() == [("Tide", "Bath", 0, 200, 200)]
    evening.over(300)
    assert evening.plays()[1:] == [("Shore", "Bath", 200, 300, 100)]


def test_a_song_that_waits_outlives_a_restart() -> None:
    """Home Assistant stops 5 s after the next title, and starts again with the station off."""
    evening = Evening().look(0, idle("Bath")).look(0, radio("Tide"))
    evening.look(200, radio("Shore")).look(205, radio("Shore")).restart()
    evening.look(260, idle("Bath")).wait(3_000)
    assert evening.plays()[0] == ("Tide", "Bath", 0, 200, 200)
    assert [title for title, *_ in evening.plays()] == ["Tide", "Radio Nine"]


def test_another_station_ends_what_waits() -> None:
    """Tuned on within seconds: the song counts, the moment after it is its station's."""
    evening = Evening().look(0, idle("Bath")).look(0, radio("Tide"))
    evening.look(200, radio("Shore")).look(205, radio("Reef", name="Radio Ten"))
    evening.over(300)
    assert [(title, length) for title, *_, length in evening.plays()] == [
        ("Tide", 200),
        ("Radio Nine", 5),
        ("Reef", 95),
    ]


def test_a_pause_under_a_slogan_does_not_end_the_song() -> None:
    """The song is back after the pause: one play, with silence in it."""
    evening = Evening().look(0, idle("Bath")).look(0, radio("Tide"))
    evening.look(100, radio("Win a car"))
    evening.look(105, replace(radio("Win a car"), transport=PAUSED))
    evening.look(400, radio("Tide")).over(500)
    assert evening.plays() == [("Tide", "Bath", 0, 500, 205)]
