"""The simulated clock: what is due fires in order, at its own time."""

import asyncio

from simulator.clock import SimulatedClock


def test_frozen_clock_moves_only_on_command() -> None:
    """At speed 0 time is what `advance` makes it."""
    clock = SimulatedClock(speed=0, start_ms=1_000)
    assert clock.now_ms() == 1_000
    clock.advance(500)
    assert clock.now_ms() == 1_500
    clock.run_until(1_200)
    assert clock.now_ms() == 1_500


def test_appointments_fire_in_order_and_see_their_own_time() -> None:
    """A long jump passes through every appointment at its moment, those made on the way too."""
    clock = SimulatedClock(speed=0, start_ms=0)
    seen: list[tuple[str, int]] = []

    def first() -> None:
        seen.append(("first", clock.now_ms()))
        clock.at(clock.now_ms() + 50, lambda: seen.append(("between", clock.now_ms())))

    clock.at(200, lambda: seen.append(("last", clock.now_ms())))
    clock.at(100, first)
    clock.advance(1_000)
    assert seen == [("first", 100), ("between", 150), ("last", 200)]
    assert clock.now_ms() == 1_000


def test_cancelled_appointment_stays_silent() -> None:
    """What was cancelled never fires."""
    clock = SimulatedClock(speed=0, start_ms=0)
    seen: list[int] = []
    clock.at(10, lambda: seen.append(1)).cancel()
    clock.advance(20)
    assert seen == []


def test_appointment_in_the_past_fires_at_the_next_catch_up() -> None:
    """Nothing that is overdue is forgotten."""
    clock = SimulatedClock(speed=0, start_ms=1_000)
    seen: list[int] = []
    clock.at(400, lambda: seen.append(clock.now_ms()))
    clock.catch_up()
    assert seen == [400]


async def test_attached_clock_wakes_on_the_loop() -> None:
    """With a loop an appointment fires by itself, at the clock's speed."""
    clock = SimulatedClock(speed=100_000)
    fired = asyncio.Event()
    clock.attach()
    clock.at(clock.now_ms() + 60_000, fired.set)
    async with asyncio.timeout(5):
        await fired.wait()
    clock.detach()


async def test_detached_clock_leaves_the_loop_alone() -> None:
    """Once everyone has detached no timer is left behind."""
    clock = SimulatedClock(speed=1)
    clock.attach()
    clock.attach()
    clock.at(clock.now_ms() + 3_600_000, lambda: None)
    clock.detach()
    assert clock._timer is not None
    clock.detach()
    assert clock._timer is None


def test_nothing_fires_in_the_middle_of_one_moment() -> None:
    """Within `at_once` time stands still, and what falls due meanwhile comes after it."""
    clock = SimulatedClock(speed=1_000_000, start_ms=0)
    seen: list[str] = []
    with clock.at_once() as moment:
        clock.at(moment, lambda: seen.append("due"))
        clock.catch_up()
        assert clock.now_ms() == moment
        seen.append("command")
    clock.catch_up()
    assert seen == ["command", "due"]
