"""Each way in which Spotify fails, through Home Assistant: a named error with its sentence, a quiet log, and a player that stays."""

from collections.abc import Mapping
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.spotify import call_purpose
from custom_components.encore.spotify.call_purpose import Priority
from custom_components.encore.spotify.errors import (
    AnswerUnreadable,
    ClientGone,
    CommandRefused,
    MissingScope,
    NoActiveDevice,
    NotAllowlisted,
    NotFound,
    QuotaExceeded,
    RateLimited,
    RestrictedDevice,
    SpotifyError,
    TokenRejected,
    Unavailable,
)
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from simulator.spotify import DEMO_CLIENT_ID, Fault, FaultKind, SpotifySimulator
from simulator.spotify.music import Track
from tests.integration.running import async_act
from tests.integration.spotify.conftest import Later, complaints
from tests.integration.spotify.playing import call, seen, shown
from tests.texts import check_text

PAUSE = "/v1/me/player/pause"
READ = "/v1/me/player/*"

REFUSED: Mapping[str, tuple[Fault, type[SpotifyError], str]] = {
    "400": (Fault(FaultKind.SERVER_ERROR, status=400), CommandRefused, "Spotify denied the request: Bad gateway."),
    "words that are called JSON": (Fault(FaultKind.TEXT_AS_JSON), NotAllowlisted, "User Management"),
    "a string for an error": (Fault(FaultKind.STRING_ERROR), CommandRefused, "Something went wrong"),
    "401": (Fault(FaultKind.UNAUTHORIZED, times=2), TokenRejected, "Log in again"),
    "403 scope": (Fault(FaultKind.MISSING_SCOPE), MissingScope, "hasn’t granted the permission"),
    "403 allowlist": (Fault(FaultKind.NOT_ALLOWLISTED), NotAllowlisted, "User Management"),
    "403 device": (Fault(FaultKind.RESTRICTED_DEVICE), RestrictedDevice, "can’t be controlled from"),
    "404": (Fault(FaultKind.SERVER_ERROR, status=404), NotFound, "can’t find this item"),
    "404 device": (Fault(FaultKind.NO_ACTIVE_DEVICE), NoActiveDevice, "Open Spotify on"),
    "429": (Fault(FaultKind.RATE_LIMITED, retry_after=30), RateLimited, "rate limit is reached until"),
    "429 without a wait": (Fault(FaultKind.RATE_LIMITED, retry_after=None), RateLimited, "rate limit is reached until"),
    "429 quota": (Fault(FaultKind.QUOTA_EXCEEDED, retry_after=30), QuotaExceeded, "The Spotify app’s quota is used up"),
    "500": (Fault(FaultKind.SERVER_ERROR, status=500), Unavailable, "HTTP 500"),
    "502 with a page": (Fault(FaultKind.HTML_BODY), AnswerUnreadable, "a page for people, HTTP 502"),
    "503": (Fault(FaultKind.SERVER_ERROR, status=503), Unavailable, "HTTP 503"),
    "a connection that ends": (Fault(FaultKind.DROPPED), Unavailable, "isn’t responding as expected"),
    "no answer": (Fault(FaultKind.STALL, seconds=2), Unavailable, "isn’t responding as expected"),
}  # fmt: skip
"""What a command may meet, with the error and words of its sentence. 403 for want of Premium changes what is offered: see test_player."""

UNREADABLE: Mapping[str, tuple[str, Fault]] = {
    "a page for people": ("get_queue", Fault(FaultKind.HTML_BODY, status=200)),
    "an empty 200": ("get_queue", Fault(FaultKind.EMPTY_BODY)),
    "a list for an object": ("get_queue", Fault(FaultKind.OTHER_JSON)),
    "half an answer": ("get_queue", Fault(FaultKind.CUT_JSON)),
    "a 204 where a body was due": ("get_devices", Fault(FaultKind.IGNORED_TRANSFER)),
}
"""What reading may meet, by the action that reads."""


@pytest.fixture
async def playing(
    alva: MockConfigEntry, spotify: SpotifySimulator, tracks: list[Track], later: Later
) -> MockConfigEntry:
    """Return Alva's account while music plays that Encore has seen."""
    spotify.world.player("alva").play(uris=[track.uri for track in tracks])
    await seen(alva, later)
    return alva


async def test_each_refusal_of_a_command_has_its_sentence(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Whoever pressed pause is told why it does not; the player goes on being shown, and the next press works."""
    monkeypatch.setitem(call_purpose.PATIENCE_S, Priority.PERSON, 0.5)
    caplog.clear()
    for name, (fault, error, words) in REFUSED.items():
        fault.match = PAUSE
        spotify.faults.add(fault)
        with pytest.raises(HomeAssistantError) as caught:
            await call(hass, "media_pause")
        assert type(caught.value) is error, name
        assert words in str(caught.value), name
        assert shown(hass).state == "playing", name
        spotify.faults.clear()
        for flow in hass.config_entries.flow.async_progress():
            hass.config_entries.flow.async_abort(flow["flow_id"])
        # The pause of a 429 is over then, and the rest after three failures.
        await later(61)
        assert shown(hass).state == "playing", name
    await call(hass, "media_pause")
    await later(1.5)
    assert shown(hass).state == "paused"
    assert complaints(caplog) == []


async def test_what_cannot_be_read_is_an_error_and_not_an_empty_answer(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    later: Later,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Who asks for the queue is told that it cannot be read, not that nothing is in it."""

    async def read(action: str) -> dict[str, Any]:
        return await async_act(hass, action)

    caplog.clear()
    for name, (action, fault) in UNREADABLE.items():
        fault.match, fault.method = READ, "GET"
        spotify.faults.add(fault)
        with pytest.raises(AnswerUnreadable, match="can’t be read"):
            await read(action)
        assert not spotify.faults.waiting, name
        assert shown(hass).state == "playing", name
        await later(61)
    assert (await read("get_queue"))["queue"]
    assert (await read("get_devices"))["devices"]
    assert complaints(caplog) == []


async def test_nobody_at_spotifys_address_is_reported_as_such(
    hass: HomeAssistant,
    playing: MockConfigEntry,
    spotify: SpotifySimulator,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A refused connection, and no line for each attempt."""
    caplog.clear()
    await spotify.stop()
    with pytest.raises(Unavailable, match="isn’t responding as expected"):
        await call(hass, "media_pause")
    assert shown(hass).state == "playing"
    assert complaints(caplog) == []


async def test_an_app_that_is_gone_is_reported_to_who_gives_a_command(
    hass: HomeAssistant, playing: MockConfigEntry, spotify: SpotifySimulator
) -> None:
    """`invalid_client`, which another login with the same app would not mend."""
    spotify.accounts.expire_access("alva")
    del spotify.accounts._apps[DEMO_CLIENT_ID]
    with pytest.raises(ClientGone, match="create a new one"):
        await call(hass, "media_pause")


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("unknown_source", {"source", "sources"}),
        ("not_a_spotify_link", {"media_id"}),
        ("only_singles_are_queued", set()),
    ],
)
def test_what_the_player_refuses_is_translated(key: str, values: set[str]) -> None:
    """Before Spotify is asked."""
    check_text(f"exceptions.{key}.message", values)
