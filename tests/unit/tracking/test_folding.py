"""One thing that several players show is told once, with the room that knows it best."""

from dataclasses import replace

from custom_components.encore.history.merge.same_song import local_uri
from custom_components.encore.history.model import (
    Device,
    Listener,
    Observation,
    Room,
    RoomSpan,
    Source,
    as_play,
)
from custom_components.encore.tracking.folding import Folding
from custom_components.encore.tracking.merged_active_plays import together
from tests.unit.tracking.evening import EVE, THE_HOUSEHOLD, song

A = song("A")
NAMED = replace(A, uri=local_uri(A.kind, "Ilse Vann", "A", "Low"), duration_ms=200_500)
ALVA = Listener("spotify:alva", "Alva")
BEN = Listener("spotify:ben", "Ben")


def seen(
    player: str,
    start: int,
    end: int,
    room: str | None = None,
    *,
    source: Source = Source.PLAYER,
) -> Observation:
    """Return what a player had on, in seconds of the evening."""
    first, last = EVE + start * 1000, EVE + end * 1000
    spans = () if room is None else (RoomSpan(Room(room, room), first, last),)
    return Observation(
        source,
        THE_HOUSEHOLD,
        A,
        first,
        last,
        last - first,
        Device(player, player),
        rooms=spans,
    )


def reported(*observations: Observation) -> list[tuple[str, int]]:
    """Return who is said to have played what at last, and until when (in seconds)."""
    folding = Folding()
    for one in observations:
        folding.add([one], one.ended_at)
    ready = folding.release(max(one.ended_at for one in observations) + 60_000)
    return [
        (one.device.name if one.device else "", (one.ended_at - EVE) // 1000)
        for one in ready
    ]


def test_what_two_players_show_is_reported_once_by_the_one_that_has_a_room() -> None:
    """Whichever of them saw the end first."""
    speaker, account = seen("speaker", 0, 100, "kitchen"), seen("account", 2, 120)
    assert reported(speaker, account) == [("speaker", 100)]
    assert reported(account, speaker) == [("speaker", 100)]
    assert reported(account, account) == [("account", 120)] * 2


def test_other_rooms_are_other_plays() -> None:
    """Nobody grouped the two speakers."""
    both = seen("one", 0, 100, "kitchen"), seen("other", 0, 100, "bath")
    assert reported(*both) == [("one", 100), ("other", 100)]


def test_the_same_track_at_another_time_is_another_play() -> None:
    """It was repeated."""
    assert reported(seen("a", 0, 100, "kitchen"), seen("b", 90, 190, "kitchen")) == [
        ("a", 100),
        ("b", 190),
    ]


def test_what_is_reported_is_known_again_ten_minutes_later() -> None:
    """A player that is stuck shows the track long after it was told."""
    folding = Folding()
    folding.add([seen("speaker", 0, 100, "kitchen")], EVE + 100_000)
    assert folding.release(EVE + 120_000) == []
    assert len(folding.release(EVE + 160_000)) == 1
    folding.add([seen("account", 0, 190)], EVE + 190_000)
    assert folding.release(EVE + 400_000) == []


def test_an_id_is_better_than_names() -> None:
    """The room is the speaker's, the track the account's."""
    speaker = replace(seen("speaker", 0, 100, "kitchen"), item=NAMED)
    folding = Folding()
    folding.add([speaker, seen("account", 0, 110)], EVE + 110_000)
    (one,) = folding.release(0, at_once=True)
    assert one.item == A
    assert [each.room.key for each in one.rooms] == ["kitchen"]


def test_speakers_of_one_household_are_never_folded() -> None:
    """Two of them with one track in one area are two coordinators."""
    folding = Folding(fold=False)
    folding.add([seen("a", 0, 100, "hall"), seen("b", 0, 100, "hall")], EVE)
    assert len(folding.release(0, at_once=True)) == 2


def test_plays_under_way_are_together_as_they_will_be_merged() -> None:
    """The account names the listener, the speaker the room; another listener's play is another one."""
    alva = as_play(replace(seen("phone", 0, 60, source=Source.LIVE), listener=ALVA))
    ben = as_play(
        replace(seen("laptop", 5, 60, "bath", source=Source.LIVE), listener=BEN)
    )
    speaker = as_play(seen("speaker", 1, 60, "kitchen", source=Source.SONOS))
    player = as_play(seen("player", 1, 60, "kitchen"))
    for plays in ([alva, ben, speaker, player], [player, speaker, ben, alva]):
        first, second = together(plays)
        assert (first.listener, second.listener) == (ALVA, BEN)
        assert first.sources == {Source.LIVE, Source.SONOS, Source.PLAYER}
        assert [each.room.key for each in first.rooms] == ["kitchen"]
        assert second.sources == {Source.LIVE}


def test_two_speakers_under_way_are_two_plays() -> None:
    """Even in one area."""
    plays = [
        as_play(seen("a", 0, 60, "hall", source=Source.SONOS)),
        as_play(seen("b", 0, 60, "hall", source=Source.SONOS)),
    ]
    assert len(together(plays)) == 2
