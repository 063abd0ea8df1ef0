"""The parts of the budget: the rolling limit, the queue, and what is kept of answers."""

import asyncio
from contextlib import suppress

import pytest

from custom_components.encore.spotify.budget.background_share import Made, has_spare
from custom_components.encore.spotify.budget.call_queue import Errand, Queue
from custom_components.encore.spotify.budget.circuit_breaker import Breaker
from custom_components.encore.spotify.budget.rate_limit import RollingRate
from custom_components.encore.spotify.budget.response_cache import (
    MOST,
    Cache,
    changed_by,
)
from custom_components.encore.spotify.call_purpose import Priority, Purpose
from custom_components.encore.spotify.errors import TooManyCalls, Unavailable


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        """Begin somewhere."""
        self.now = 1_000.0

    def __call__(self) -> float:
        """Return the seconds."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands still."""
    return Clock()


@pytest.fixture
def rate(clock: Clock) -> RollingRate:
    """Return a limit of ten calls in 30 s."""
    rate = RollingRate(clock)
    rate.a_minute = 20
    return rate


def test_the_limit_rolls(rate: RollingRate, clock: Clock) -> None:
    """A call has room again 30 s after the one that took it."""
    rate.take(4)
    clock.now += 10
    rate.take(6)
    assert rate.taken == 10
    assert rate.wait_s(Priority.PERSON) == pytest.approx(20)
    clock.now += 20
    assert rate.taken == 6
    assert rate.wait_s(Priority.PERSON) == 0


def test_what_waits_least_has_room_when_others_have_none(rate: RollingRate) -> None:
    """Enrichment stops first, then history, then playback."""
    may = []
    for _ in range(10):
        may.append([each.name for each in Priority if not rate.wait_s(each)])
        rate.take()
    assert may[0] == ["PERSON", "PLAYBACK", "HISTORY", "ENRICHMENT"]
    assert may[5] == ["PERSON", "PLAYBACK", "HISTORY"]
    assert may[8] == ["PERSON", "PLAYBACK"]
    assert may[9] == ["PERSON"]
    assert rate.wait_s(Priority.PERSON) > 0


async def served(queue: Queue, errands: list[Errand]) -> list[Errand]:
    """Let errands have their turns, one after the other; return them in the order in which they had them."""
    order: list[Errand] = []

    async def run(errand: Errand) -> None:
        async with queue.async_turn(errand):
            order.append(errand)
            await asyncio.sleep(0)

    async with asyncio.timeout(5):
        await asyncio.gather(*map(run, errands))
    return order


async def test_a_person_goes_first(rate: RollingRate) -> None:
    """Whoever came before; equals go in the order in which they came."""
    account = object()
    errands = [
        Errand(account, Purpose.METADATA, Priority.ENRICHMENT),
        Errand(account, Purpose.METADATA, Priority.ENRICHMENT),
        Errand(account, Purpose.RECENTLY_PLAYED, Priority.HISTORY),
        Errand(account, Purpose.COMMAND, Priority.PERSON),
    ]
    order = await served(Queue(rate), errands)
    assert [errands.index(each) for each in order] == [0, 3, 2, 1]


async def test_accounts_do_not_wait_for_each_other(rate: RollingRate) -> None:
    """Each has its own places."""
    queue = Queue(rate)
    mine = Errand("mine", Purpose.METADATA, Priority.ENRICHMENT)
    theirs = Errand("theirs", Purpose.METADATA, Priority.ENRICHMENT)
    async with asyncio.timeout(5), queue.async_turn(mine), queue.async_turn(theirs):
        assert queue.waiting_without(frozenset()) == 0


async def test_calls_of_hidden_listeners_are_not_among_those_that_wait(
    rate: RollingRate,
) -> None:
    """How many wait would tell that somebody listens."""
    queue = Queue(rate)
    errands = [
        Errand("one", Purpose.METADATA, Priority.ENRICHMENT, listener=listener)
        for listener in ("spotify:alva", "spotify:ben", None)
    ]
    async with queue.async_turn(Errand("one", Purpose.METADATA, Priority.ENRICHMENT)):
        waiting = asyncio.ensure_future(served(queue, errands))
        await asyncio.sleep(0.01)
        assert queue.waiting_without(frozenset()) == 3
        assert queue.waiting_without({"spotify:ben"}) == 2
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)


async def test_who_gives_up_leaves_no_place_taken(rate: RollingRate) -> None:
    """Neither while it waits nor in the moment of its turn."""
    queue = Queue(rate)
    holder = Errand("one", Purpose.METADATA, Priority.ENRICHMENT)
    async with queue.async_turn(holder):
        waiting = asyncio.ensure_future(
            served(queue, [Errand("one", Purpose.METADATA, Priority.ENRICHMENT)])
        )
        await asyncio.sleep(0.01)
        assert queue.waiting_without(frozenset()) == 1
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        assert queue.waiting_without(frozenset()) == 0
    again = Errand("one", Purpose.METADATA, Priority.ENRICHMENT)
    assert await served(queue, [again]) == [again]


async def test_who_gives_up_is_not_given_a_place_that_is_free_at_that_moment(
    rate: RollingRate,
) -> None:
    """As when an account is unloaded while one call ends and others wait."""
    queue = Queue(rate)
    errands = [Errand("one", Purpose.METADATA, Priority.ENRICHMENT) for _ in range(3)]
    async with queue.async_turn(Errand("one", Purpose.METADATA, Priority.ENRICHMENT)):
        waiting = [asyncio.ensure_future(served(queue, [each])) for each in errands]
        while queue.waiting_without(frozenset()) < len(errands):
            await asyncio.sleep(0)
        for call in waiting[:2]:
            call.cancel()
    ended = await asyncio.gather(*waiting, return_exceptions=True)
    assert isinstance(ended[0], asyncio.CancelledError)
    assert isinstance(ended[1], asyncio.CancelledError)
    assert ended[2] == errands[2:]
    assert queue.waiting_without(frozenset()) == 0
    assert await served(queue, errands) == errands


async def test_a_person_who_would_wait_too_long_gets_an_error_at_once(
    rate: RollingRate, clock: Clock
) -> None:
    """When the limit is full for longer than their patience."""
    rate.take(10)
    errand = Errand("one", Purpose.COMMAND, Priority.PERSON)
    with pytest.raises(TooManyCalls):
        await served(Queue(rate), [errand])
    clock.now += 30
    assert await served(Queue(rate), [errand]) == [errand]


def test_an_answer_is_stored_until_it_is_too_old(clock: Clock) -> None:
    """Then it is there for whoever takes any age."""
    cache = Cache(clock)
    cache.put("mine", Purpose.PLAYLISTS, ["a"], 7, 0)
    clock.now += 100
    fresh = cache.get("mine", 100)
    assert fresh is not None
    assert (fresh.value, fresh.from_cache, fresh.as_of) == (["a"], True, 7)
    clock.now += 1
    assert cache.get("mine", 100) is None
    assert cache.get("mine", None) == fresh
    assert cache.get("yours", None) is None


def test_a_change_forgets_answers_and_those_on_their_way(clock: Clock) -> None:
    """What was asked before the change must not be kept after it; other purposes stay."""
    cache = Cache(clock)
    cache.put("playlists", Purpose.PLAYLISTS, 1, 0, 0)
    cache.put("devices", Purpose.DEVICES, 2, 0, 0)
    asked_after = cache.changes(Purpose.PLAYLISTS)
    cache.invalidate({Purpose.PLAYLISTS})
    cache.put("playlists", Purpose.PLAYLISTS, 3, 0, asked_after)
    assert cache.get("playlists", None) is None
    assert cache.get("devices", None) is not None
    cache.put("playlists", Purpose.PLAYLISTS, 4, 0, cache.changes(Purpose.PLAYLISTS))
    assert cache.get("playlists", None) is not None


def test_no_more_is_stored_than_there_is_room_for(clock: Clock) -> None:
    """What was used longest ago goes first."""
    cache = Cache(clock)
    for number in range(MOST):
        cache.put(number, Purpose.METADATA, number, 0, 0)
    assert cache.get(0, None) is not None
    cache.put("new", Purpose.METADATA, "new", 0, 0)
    assert cache.get(0, None) is not None
    assert cache.get(1, None) is None


@pytest.mark.parametrize(
    ("method", "path", "changed"),
    [
        ("GET", "me/player", set()),
        ("PUT", "me/player/pause", {"player", "devices", "queue"}),
        ("PUT", "me/library", {"library", "playlists", "podcasts"}),
        ("POST", "playlists/4iV5W9uYEdYUVa79Axb7Rh/items", {"playlists"}),
        ("POST", "me/playlists", {"playlists"}),
    ],
)
def test_a_request_reports_what_it_changes(
    method: str, path: str, changed: set[str]
) -> None:
    """By its address, so that nobody has to remember to say it."""
    assert changed_by(method, path) == changed


MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
NOW = 1_790_000_000_000


def collected(
    calls: int, every_ms: int, purpose: Purpose = Purpose.PLAYER
) -> list[Made]:
    """Return so many calls, the last one just now."""
    return [
        Made(NOW - number * every_ms, purpose, 1) for number in reversed(range(calls))
    ]


@pytest.mark.parametrize(
    ("calls", "every_s", "playing", "spare"),
    [
        (0, 60, False, True),
        (6, 600, False, True),
        (7, 480, False, False),
        (7, 480, True, True),
        (27, 130, True, True),
        (7, 60, True, True),
        (8, 60, True, False),
    ],
)
def test_what_nobody_waits_for_leaves_the_collector_its_calls(
    calls: int, every_s: int, playing: bool, spare: bool
) -> None:
    """Of 10 an hour while nothing plays and of 40 while something does, and of those where somebody has only begun to skip."""
    made = collected(calls, every_s * 1000)
    assert has_spare(made, NOW, playing=playing) is spare


def test_repetitions_take_room_too_and_an_hour_later_it_is_free_again() -> None:
    """One call that was repeated twice is three; the hour rolls."""
    made = [Made(NOW, Purpose.RECENTLY_PLAYED, 3), Made(NOW, Purpose.PLAYER, 27)]
    assert not has_spare(made, NOW + 50 * MINUTE_MS, playing=True)
    assert has_spare(made, NOW + HOUR_MS, playing=True)


def test_few_look_ups_are_made_in_an_hour_however_much_room_there_is() -> None:
    """One where nobody plays anything, four where somebody does."""
    made = [Made(NOW - 59 * MINUTE_MS, Purpose.METADATA, 1)]
    assert not has_spare(made, NOW, playing=False)
    assert has_spare(made, NOW, playing=True)
    assert has_spare(made, NOW + MINUTE_MS, playing=False)
    four = collected(4, 14 * MINUTE_MS, Purpose.METADATA)
    assert not has_spare(four, NOW, playing=True)


def test_a_failure_is_remembered_for_a_while_though_calls_succeed(clock: Clock) -> None:
    """The breaker is closed long before."""
    breaker = Breaker(clock)
    assert not breaker.failed_within(3600)
    with suppress(Unavailable), breaker.trial():
        raise Unavailable("gone")
    with breaker.trial():
        pass
    clock.now += 3599
    assert not breaker.failing
    assert breaker.failed_within(3600)
    clock.now += 1
    assert not breaker.failed_within(3600)
