"""Which plays observations are part of."""

from custom_components.encore.history.model import Observation, Source

from .memory import MINUTE, NOON, OTHER, Memory, live, polled, sonos


def rests(store: Memory, *observations: Observation) -> list[frozenset[Source]]:
    """Return who witnessed the plays that observations became."""
    return [play.sources for play in store.queries().resting_on(observations)]


def test_the_play_of_several_is_reported_once(store: Memory) -> None:
    """By any of its witnesses, with all of them."""
    seen = live(NOON), sonos(NOON + 2_000), polled(NOON + 1_000)
    store.append(*seen)
    assert rests(store, *seen) == [{Source.LIVE, Source.SONOS, Source.POLLED}]
    for one in seen:
        assert rests(store, one) == [{Source.LIVE, Source.SONOS, Source.POLLED}]


def test_several_plays_are_reported_in_the_order_asked(store: Memory) -> None:
    """Of two of the same item as well."""
    first, second = live(NOON), live(NOON + 10 * MINUTE)
    store.append(first, second)
    found = store.queries().resting_on([second, first])
    assert [play.ended_at for play in found] == [NOON + 10 * MINUTE, NOON]


def test_what_is_not_stored_has_no_play(store: Memory) -> None:
    """Another source, moment, item or listener."""
    store.append(live(NOON))
    assert rests(store, polled(NOON), live(NOON + 1), live(NOON, item=OTHER)) == []
