"""Plays that are over are told once, from what watched them, when nothing about them is private."""

from collections.abc import Awaitable, Callable, Generator
from dataclasses import replace
from pathlib import Path

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.encore.const import DOMAIN
from custom_components.encore.entities import finished_plays
from custom_components.encore.entities.finished_plays import (
    SETTLES_S,
    async_listen_finished,
)
from custom_components.encore.history.model import (
    HOUSEHOLD,
    Listener,
    Observation,
    Play,
    RoomSpan,
    Source,
    as_play,
)
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.core import Context, HomeAssistant
from tests.integration.api.test_visibility import Share, share  # noqa: F401  a fixture
from tests.unit.history.exports import AUDIO, row, zipped
from tests.unit.questions.house import BEN, EMBER, KITCHEN, RIVER, at, heard

NOBODY = Listener(HOUSEHOLD, "Household")

type Over = Callable[..., Awaitable[None]]


@pytest.fixture
async def past_reported(
    hass: HomeAssistant, house: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> None:
    """Let what the home heard before be told to its event entity, and to nobody else."""
    await settled(hass, freezer)


@pytest.fixture
def reported(hass: HomeAssistant, past_reported: None) -> Generator[list[Play]]:
    """Return what is told."""
    plays: list[Play] = []
    stop = async_listen_finished(hass, plays.append)
    yield plays
    stop()


@pytest.fixture
def over(
    hass: HomeAssistant, house: MockConfigEntry, freezer: FrozenDateTimeFactory
) -> Over:
    """Return a way to store what was watched, and let it settle."""

    async def over(*observations: Observation, wait: float = SETTLES_S + 1) -> None:
        await hass.data[DATA_HISTORY].async_append(observations)
        await settled(hass, freezer, wait)

    return over


async def settled(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, seconds: float = SETTLES_S + 1
) -> None:
    """Let time pass."""
    freezer.tick(seconds)
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)


def just_now(listener: Listener = BEN) -> Observation:
    """Return a song that was over a moment ago, in the kitchen."""
    return heard(listener, EMBER, "2026-07-15 14:26:30", room=KITCHEN)


def of_the_speaker(seen: Observation) -> Observation:
    """Return the same as a speaker saw it, which does not know who listened."""
    return replace(
        seen,
        source=Source.SONOS,
        listener=NOBODY,
        ended_at=seen.ended_at + 900,
        device=None,
    )


async def test_a_play_that_is_over_is_reported_with_all_that_is_known(
    reported: list[Play], over: Over
) -> None:
    """As the history has it."""
    await over(just_now())
    assert [(play.item, play.listener, play.ms_played) for play in reported] == [
        (EMBER, BEN, 200_000)
    ]
    assert [span.room for span in reported[0].rooms] == [KITCHEN]


async def test_what_two_saw_is_reported_once(reported: list[Play], over: Over) -> None:
    """With the listener of one and the rooms of the other, whoever tells first, and though one tells late."""
    seen = replace(just_now(), rooms=())
    await over(of_the_speaker(just_now()), wait=5)
    assert reported == []
    await over(seen)
    assert [(play.listener, len(play.rooms)) for play in reported] == [(BEN, 1)]
    assert reported[0].sources == {Source.LIVE, Source.SONOS}
    await over(replace(just_now(), source=Source.PLAYER, listener=NOBODY))
    assert len(reported) == 1


async def test_the_next_play_of_the_same_song_is_reported_too(
    reported: list[Play], over: Over, freezer: FrozenDateTimeFactory
) -> None:
    """It is another play."""
    first = just_now()
    await over(first)
    freezer.tick(200)
    moved = first.ended_at - first.started_at
    await over(
        replace(
            first,
            started_at=first.ended_at,
            ended_at=first.ended_at + moved,
            rooms=(RoomSpan(KITCHEN, first.ended_at, first.ended_at + moved),),
        )
    )
    assert [play.started_at for play in reported] == [first.started_at, first.ended_at]


@pytest.mark.parametrize("source", [Source.POLLED, Source.EXPORT, Source.ACCOUNT_DATA])
async def test_what_nobody_watched_is_not_reported(
    reported: list[Play], over: Over, source: Source
) -> None:
    """It is told afterwards, when the evening may be long over."""
    await over(replace(just_now(), source=source, rooms=(), device=None))
    assert reported == []


async def test_an_import_reports_nothing(
    hass: HomeAssistant,
    reported: list[Play],
    tmp_path: Path,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Not even of what was over this minute."""
    path = zipped(tmp_path / "export.zip", {AUDIO: [row(at("2026-07-15 14:29"))]})
    report = await hass.data[DATA_HISTORY].async_run(
        lambda history: history.import_export(path, BEN)
    )
    assert report.stored == 1
    await settled(hass, freezer)
    assert reported == []


async def test_what_waited_for_hours_is_no_news(
    reported: list[Play], over: Over
) -> None:
    """A store that was out of reach, or a start after a night: automations would act on yesterday."""
    await over(heard(BEN, RIVER, "2026-07-15 09:00:00"))
    assert reported == []


async def test_a_private_listener_is_hidden(
    reported: list[Play],
    over: Over,
    share: Share,  # noqa: F811
) -> None:
    """Nor is what a speaker saw of their music told as somebody's."""
    share("ben", "private")
    seen = just_now()
    await over(of_the_speaker(seen), wait=5)
    await over(seen)
    share("ben", "people", shared_with=["person.alva"])
    await over(heard(BEN, RIVER, "2026-07-15 14:28:00", seconds=100))
    assert reported == []


async def test_who_becomes_private_meanwhile_is_hidden(
    hass: HomeAssistant,
    reported: list[Play],
    over: Over,
    share: Share,  # noqa: F811
    freezer: FrozenDateTimeFactory,
) -> None:
    """What counts is what they share when it would be told."""
    await over(just_now(), wait=5)
    share("ben", "private")
    await settled(hass, freezer)
    assert reported == []


async def test_what_was_reported_is_not_reported_again_after_a_restart(
    hass: HomeAssistant, reported: list[Play], over: Over
) -> None:
    """A speaker tells of it when Home Assistant is up again."""
    await over(just_now())
    await over(wait=5)
    assert len(reported) == 1
    # Nobody else knows it by now.
    hass.data.pop("encore_finished_plays")
    again: list[Play] = []
    stop = async_listen_finished(hass, again.append)
    await over(of_the_speaker(just_now()))
    stop()
    assert again == []


async def test_who_stopped_listening_gets_nothing(
    hass: HomeAssistant, house: MockConfigEntry, over: Over
) -> None:
    """And nothing goes on for them."""
    plays: list[Play] = []
    stop = async_listen_finished(hass, plays.append)
    await over(just_now(), wait=1)
    stop()
    await over()
    assert plays == []


async def test_what_goes_on_elsewhere_is_not_over(
    hass: HomeAssistant,
    reported: list[Play],
    over: Over,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A speaker lets go of it, and the account plays it on the phone: it is told when that is over, as one play."""
    seen = just_now()
    going_on = [as_play(replace(seen, rooms=(), ended_at=seen.ended_at + 5_000))]
    monkeypatch.setattr(
        finished_plays, "active_plays", lambda hass, now: tuple(going_on)
    )
    await over(of_the_speaker(seen))
    assert reported == []
    await settled(hass, freezer)
    assert reported == []
    going_on.clear()
    await over(replace(seen, rooms=(), ended_at=seen.ended_at + 5_000))
    assert [(play.listener, len(play.rooms)) for play in reported] == [(BEN, 1)]


async def test_what_was_forgotten_meanwhile_is_not_reported(
    hass: HomeAssistant,
    reported: list[Play],
    over: Over,
    freezer: FrozenDateTimeFactory,
    as_alva: Context,
) -> None:
    """It is as if it had never been."""
    await over(just_now(), wait=5)
    await hass.services.async_call(
        DOMAIN,
        "delete_plays",
        {"listener": "Ben", "time_range": "last_hour"},
        blocking=True,
        return_response=True,
        context=as_alva,
    )
    await settled(hass, freezer)
    assert reported == []
