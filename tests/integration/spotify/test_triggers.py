"""What a real player plays begins automations when it is over and meets their conditions; what it played before does not."""

from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
)

from custom_components.encore.const import CONF_PRIVACY
from homeassistant.core import HomeAssistant
from homeassistant.helpers.condition import (
    async_from_config,
    async_validate_condition_config,
)
from homeassistant.setup import async_setup_component
from simulator.spotify import SpotifySimulator
from simulator.spotify.music import Track
from tests.integration.auth.conftest import Link
from tests.integration.spotify.conftest import Later, plays, set_up
from tests.integration.spotify.playing import seen

REPORTED = {
    "alias": "Tell",
    "triggers": [{"trigger": "encore.play_finished"}],
    "actions": [
        {
            "event": "told",
            "event_data": {
                "title": "{{ trigger.title }}",
                "listener": "{{ trigger.listener }}",
            },
        }
    ],
}


async def test_a_play_that_is_over_begins_an_automation(
    hass: HomeAssistant,
    link: Link,
    spotify: SpotifySimulator,
    tracks: list[Track],
    later: Later,
) -> None:
    """Once, though recently played tells of it again; the forty days before the link do not."""
    reported = async_capture_events(hass, "told")
    assert await async_setup_component(hass, "automation", {"automation": REPORTED})
    alva = await set_up(hass, await link("alva"))
    await later(60)
    assert len(await plays(hass)) > 10
    assert reported == []
    player = spotify.world.player("alva")
    player.play(uris=[track.uri for track in tracks[:3]])
    await seen(alva, later)
    await later(60)
    player.next()
    await seen(alva, later)
    await later(20)
    assert [event.data for event in reported] == [
        {"title": tracks[0].name, "listener": "Alva Lindqvist"}
    ]
    await alva.runtime_data.collector.async_sync()
    await later(60)
    assert len(reported) == 1


async def test_nothing_private_begins_one(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
    later: Later,
) -> None:
    """It is in the history, for its listener."""
    reported = async_capture_events(hass, "told")
    assert await async_setup_component(hass, "automation", {"automation": REPORTED})
    hass.config_entries.async_update_entry(
        alva, options={**alva.options, CONF_PRIVACY: "private"}
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    player = spotify.world.player("alva")
    player.play(uris=[track.uri for track in tracks[:2]])
    await seen(alva, later)
    await later(60)
    player.next()
    await seen(alva, later)
    await later(20)
    played = [play.item.uri for play in await plays(hass)]
    assert played[-1] == tracks[0].uri
    assert reported == []


async def test_what_plays_meets_a_condition(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
    later: Later,
) -> None:
    """While it sounds, and by whom it is; then it was heard."""
    checks = []
    for condition, options in (
        ("is_playing", {"listener": "Alva Lindqvist"}),
        ("is_playing", {"artist": list(tracks[0].artist_names)}),
        ("was_heard", {"artist": tracks[0].artist_names[0], "within": "00:05:00"}),
    ):
        config = await async_validate_condition_config(
            hass, {"condition": f"encore.{condition}", "options": options}
        )
        checks.append(await async_from_config(hass, config))
    player = spotify.world.player("alva")
    player.play(uris=[tracks[0].uri])
    await seen(alva, later)
    await later(60)
    assert [check.async_check() for check in checks] == [True, True, True]
    player.pause()
    await seen(alva, later)
    await later(3)
    assert [check.async_check() for check in checks] == [False, False, True]
    await later(400)
    assert checks[2].async_check() is False
    for check in checks:
        check.async_unload()


async def test_what_is_paused_for_good_is_over_some_time(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
    later: Later,
) -> None:
    """Nobody goes on with it, and its player shows it all the same."""
    reported = async_capture_events(hass, "told")
    assert await async_setup_component(hass, "automation", {"automation": REPORTED})
    player = spotify.world.player("alva")
    player.play(uris=[tracks[0].uri])
    await seen(alva, later)
    await later(60)
    player.pause()
    await seen(alva, later)
    await later(120)
    assert reported == []
    for _ in range(80):
        await later(60)
    assert [event.data["title"] for event in reported] == [tracks[0].name]
