"""The gateway against the simulated Web API: typed answers, named errors, and no token in a log."""

import asyncio
import logging
from pathlib import Path
import sys

import pytest

from custom_components.encore.const import spotify_api_url
from custom_components.encore.spotify import call_purpose
from custom_components.encore.spotify.api.player_calls import SpotifyGateway
from custom_components.encore.spotify.auth.scopes import SCOPES
from custom_components.encore.spotify.budget import async_get_budget
from custom_components.encore.spotify.call_purpose import Priority, Purpose
from custom_components.encore.spotify.errors import (
    AnswerUnreadable,
    CommandRefused,
    MissingScope,
    NoActiveDevice,
    NotAllowlisted,
    NotFound,
    NotPremium,
    RateLimited,
    RestrictedDevice,
    SpotifyError,
    TokenRejected,
    Unavailable,
)
from homeassistant import block_async_io
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryAuthFailed, ConfigEntryNotReady
from homeassistant.setup import async_setup_component
from simulator.spotify import Fault, FaultKind, SpotifySimulator
from tests.integration.spotify.conftest import OpenGateway, complaints

PLAYER = "/v1/me/player"


@pytest.fixture
async def gateway(open_gateway: OpenGateway) -> SpotifyGateway:
    """Return Alva's gateway."""
    return open_gateway()


async def test_the_profile_says_whose_account_it_is(
    spotify: SpotifySimulator, gateway: SpotifyGateway
) -> None:
    """By the id that never changes."""
    profile = await gateway.async_profile()
    alva = spotify.world.people["alva"]
    assert (profile.account_id, profile.display_name) == (
        alva.account_id,
        alva.display_name,
    )


async def test_the_player_is_seen(
    spotify: SpotifySimulator, gateway: SpotifyGateway
) -> None:
    """Nothing on, then a track, then an episode."""
    assert (await gateway.async_playback()).idle
    player = spotify.world.player("alva")
    track = next(iter(spotify.world.catalogue.tracks.values()))
    player.play(context_uri=track.album.uri, offset=track.uri)
    seen = await gateway.async_playback()
    assert seen.playing
    assert seen.item is not None
    assert (seen.item.uri, seen.item.title) == (track.uri, track.name)
    assert seen.item.artists == track.artist_names
    assert seen.item.isrc == track.isrc
    assert seen.context_uri == track.album.uri
    episode = next(iter(spotify.world.catalogue.episodes.values()))
    player.play(uris=[episode.uri], position_ms=60_000)
    seen = await gateway.async_playback()
    assert seen.item is not None
    assert seen.item.uri == episode.uri
    assert seen.item.artists == (episode.show.name,)


async def test_every_command_is_carried_out(
    spotify: SpotifySimulator, gateway: SpotifyGateway
) -> None:
    """As the simulated player shows."""
    player = spotify.world.player("alva")
    first, second, third = list(spotify.world.catalogue.tracks.values())[:3]
    phone, laptop = (await gateway.async_devices())[:2]
    await gateway.async_play(device_id=phone.id, uris=[first.uri, second.uri])
    await gateway.async_seek(30_000)
    await gateway.async_set_volume(11)
    await gateway.async_set_repeat("context")
    await gateway.async_set_shuffle(True)
    assert laptop.id is not None
    await gateway.async_transfer(laptop.id)
    state = player.state
    assert state is not None
    assert state.item.uri == first.uri
    assert state.progress_ms >= 30_000
    assert state.device.id == laptop.id
    assert (state.shuffle, str(state.repeat)) == (True, "context")
    assert player.device(str(phone.id)).volume_percent == 11
    await gateway.async_set_shuffle(False)
    await gateway.async_add_to_queue(third.uri)
    await gateway.async_next()
    assert (await gateway.async_playback()).item.uri == third.uri  # type: ignore[union-attr]
    await gateway.async_previous()
    await gateway.async_pause()
    assert not (await gateway.async_playback()).playing
    await gateway.async_play()
    assert (await gateway.async_playback()).playing


async def test_recently_played_is_paged_by_its_cursors(
    spotify: SpotifySimulator, gateway: SpotifyGateway
) -> None:
    """Backward with `before`, forward with `after`."""
    newest = await gateway.async_recently_played()
    assert newest.rows == len(newest.plays) == 50
    older = await gateway.async_recently_played(before=newest.before)
    assert older.plays[0].played_at < newest.plays[-1].played_at
    again = await gateway.async_recently_played(after=newest.plays[5].played_at)
    assert again.plays == newest.plays[:5]


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        (FaultKind.UNAUTHORIZED, TokenRejected),
        (FaultKind.NOT_PREMIUM, NotPremium),
        (FaultKind.NOT_ALLOWLISTED, NotAllowlisted),
        (FaultKind.MISSING_SCOPE, MissingScope),
        (FaultKind.RESTRICTED_DEVICE, RestrictedDevice),
        (FaultKind.NO_ACTIVE_DEVICE, NoActiveDevice),
        (FaultKind.STRING_ERROR, CommandRefused),
        (FaultKind.SERVER_ERROR, Unavailable),
        (FaultKind.HTML_BODY, AnswerUnreadable),
        (FaultKind.CUT_JSON, AnswerUnreadable),
        (FaultKind.EMPTY_BODY, AnswerUnreadable),
        (FaultKind.OTHER_JSON, AnswerUnreadable),
        (FaultKind.CUT_CONNECTION, Unavailable),
        (FaultKind.DROPPED, Unavailable),
    ],
)
async def test_each_fault_has_its_name(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    gateway: SpotifyGateway,
    caplog: pytest.LogCaptureFixture,
    kind: FaultKind,
    error: type[SpotifyError],
) -> None:
    """And a sentence for the person; the log stays quiet, and the next call works."""
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "encore", {})
    spotify.world.player("alva").play(uris=[next(iter(spotify.world.catalogue.tracks.values())).uri])  # fmt: skip
    spotify.faults.add(Fault(kind, match=PLAYER, times=None))
    with pytest.raises(error) as caught:
        await gateway.async_playback()
    assert type(caught.value) is error
    assert str(caught.value) not in {"", caught.value.translation_key}
    spotify.faults.clear()
    assert (await gateway.async_playback()).playing
    assert complaints(caplog) == []


async def test_a_passing_5xx_is_not_noticed(
    spotify: SpotifySimulator, gateway: SpotifyGateway
) -> None:
    """Reading is tried twice, and three times for somebody who waits."""
    fault = Fault(FaultKind.SERVER_ERROR, match=PLAYER, times=1)
    spotify.faults.add(fault)
    assert (await gateway.async_playback()).idle
    assert fault.times == 0
    fault = Fault(FaultKind.SERVER_ERROR, match=f"{PLAYER}/devices", times=2)
    spotify.faults.add(fault)
    assert await gateway.async_devices(Priority.PERSON)
    assert fault.times == 0


async def test_who_is_in_trouble_is_asked_once_at_a_time(
    spotify: SpotifySimulator, gateway: SpotifyGateway
) -> None:
    """After a failure reading is not repeated, until it is answered again."""
    spotify.faults.add(Fault(FaultKind.SERVER_ERROR, match=PLAYER, times=None))
    asked = []
    for _ in range(2):
        spotify.requests.clear()
        with pytest.raises(Unavailable):
            await gateway.async_playback()
        asked.append(spotify.requests.count(endpoint=PLAYER))
    assert asked == [2, 1]
    spotify.faults.clear()
    assert (await gateway.async_playback()).idle
    fault = spotify.faults.add(Fault(FaultKind.SERVER_ERROR, match=PLAYER, times=1))
    assert (await gateway.async_playback()).idle
    assert fault.times == 0


async def test_a_command_is_never_sent_twice(
    spotify: SpotifySimulator, gateway: SpotifyGateway
) -> None:
    """It may have been carried out, although no answer came."""
    tracks = list(spotify.world.catalogue.tracks.values())[:4]
    player = spotify.world.player("alva")
    player.play(uris=[track.uri for track in tracks])
    spotify.faults.add(Fault(FaultKind.ANSWER_LOST, match=f"{PLAYER}/next", times=None))
    with pytest.raises(Unavailable):
        await gateway.async_next()
    assert player.state is not None
    assert player.state.item.uri == tracks[1].uri


async def test_an_answer_that_does_not_come_is_given_up(
    spotify: SpotifySimulator,
    gateway: SpotifyGateway,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Within the patience of who waits, which is shorter here."""
    monkeypatch.setitem(call_purpose.PATIENCE_S, Priority.PLAYBACK, 0.2)
    spotify.faults.add(Fault(FaultKind.STALL, match=PLAYER))
    with pytest.raises(Unavailable):
        await gateway.async_playback()


async def test_nobody_listening_is_reported_once(
    hass: HomeAssistant, loopback: None, caplog: pytest.LogCaptureFixture
) -> None:
    """A refused connection is an error by name, without urllib3's line for each attempt."""

    async def token() -> str:
        return "secret"

    gateway = SpotifyGateway(hass, token, api_url="http://127.0.0.1:9/v1/")
    with pytest.raises(Unavailable):
        await gateway.async_playback()
    assert complaints(caplog) == []


@pytest.mark.parametrize("body", ["profile", "devices", "recently_played"])
async def test_an_empty_answer_where_one_was_due_is_an_error(
    spotify: SpotifySimulator, gateway: SpotifyGateway, body: str
) -> None:
    """Only the player may say nothing."""
    spotify.faults.add(Fault(FaultKind.IGNORED_TRANSFER, match="/v1/*", method="GET"))
    with pytest.raises(Unavailable):
        await getattr(gateway, f"async_{body}")()


async def test_what_spotipy_itself_refuses_is_named_too(
    gateway: SpotifyGateway, spotify: SpotifySimulator
) -> None:
    """It looks at URIs before it sends them."""
    with pytest.raises(CommandRefused):
        await gateway.async_add_to_queue("spotify:album:not-a-track")


async def test_an_unknown_device_is_not_found(
    gateway: SpotifyGateway, spotify: SpotifySimulator
) -> None:
    """Devices come and go."""
    with pytest.raises(NotFound):
        await gateway.async_transfer("0" * 40)


async def test_a_free_account_is_not_controlled(
    open_gateway: OpenGateway, spotify: SpotifySimulator
) -> None:
    """Its player can be looked at all the same."""
    gateway = open_gateway("cleo")
    assert (await gateway.async_playback()).idle
    device = (await gateway.async_devices())[0]
    with pytest.raises(NotPremium):
        await gateway.async_play(device_id=device.id)


async def test_an_account_outside_the_allowlist_is_refused(
    open_gateway: OpenGateway, spotify: SpotifySimulator
) -> None:
    """Everywhere."""
    with pytest.raises(NotAllowlisted):
        await open_gateway("dara").async_profile()


async def test_a_command_without_the_permission_is_refused(
    open_gateway: OpenGateway, spotify: SpotifySimulator
) -> None:
    """Linked for its history only."""
    with pytest.raises(MissingScope):
        await open_gateway(access="history").async_pause()


async def test_a_429_pauses_every_account(
    hass: HomeAssistant, open_gateway: OpenGateway, spotify: SpotifySimulator
) -> None:
    """The quota is the developer's: nobody asks again before its end."""
    alva, ben = open_gateway("alva"), open_gateway("ben")
    spotify.faults.add(Fault(FaultKind.QUOTA_EXCEEDED, retry_after=52_531))
    with pytest.raises(RateLimited) as caught:
        await alva.async_playback()
    asked = spotify.requests.count(endpoint="/v1/*")
    for gateway in (alva, ben):
        with pytest.raises(RateLimited) as again:
            await gateway.async_pause()
        assert again.value.until == caught.value.until
    assert spotify.requests.count(endpoint="/v1/*") == asked
    assert (await async_get_budget(hass)).deadline.until == caught.value.until


async def stalled(spotify: SpotifySimulator, left: int) -> None:
    """Wait until no more than so many of the faults are left, and see that none is taken after that."""
    async with asyncio.timeout(5):
        while len(spotify.faults.waiting) > left:
            await asyncio.sleep(0.01)
    await asyncio.sleep(0.1)
    assert len(spotify.faults.waiting) == left


def look(gateway: SpotifyGateway, priority: Priority) -> asyncio.Task[object]:
    """Begin to look at the player, whoever else does."""
    return asyncio.create_task(
        gateway.async_call(
            lambda client: client.current_playback(),
            purpose=Purpose.PLAYER,
            priority=priority,
        )
    )


async def test_at_most_two_calls_are_under_way(
    gateway: SpotifyGateway, spotify: SpotifySimulator
) -> None:
    """The third waits for one of them."""
    for _ in range(3):
        spotify.faults.add(Fault(FaultKind.STALL, match=PLAYER))
    calls = [look(gateway, Priority.PLAYBACK) for _ in range(3)]
    await stalled(spotify, 1)
    spotify.faults.clear()
    await asyncio.gather(*calls)


async def test_background_work_leaves_a_place_to_the_person(
    gateway: SpotifyGateway, spotify: SpotifySimulator
) -> None:
    """However much of it waits, and however slow Spotify is with it."""
    for _ in range(3):
        spotify.faults.add(Fault(FaultKind.STALL, match=PLAYER))
    calls = [look(gateway, Priority.HISTORY) for _ in range(3)]
    await stalled(spotify, 2)
    assert len(await gateway.async_devices(Priority.PERSON)) > 0
    spotify.faults.clear()
    await asyncio.gather(*calls)


async def test_equal_reads_share_one_answer(
    gateway: SpotifyGateway, spotify: SpotifySimulator
) -> None:
    """Those in flight together; a later one asks anew."""
    await asyncio.gather(*(gateway.async_playback() for _ in range(4)))
    assert spotify.requests.count(endpoint=PLAYER) == 1
    await gateway.async_playback()
    assert spotify.requests.count(endpoint=PLAYER) == 2


async def test_a_read_after_a_change_is_another_than_one_before(
    gateway: SpotifyGateway, spotify: SpotifySimulator
) -> None:
    """Who asks after a command must not be given what was true before it."""
    track = next(iter(spotify.world.catalogue.tracks.values()))
    spotify.world.player("alva").play(uris=[track.uri])
    spotify.faults.add(Fault(FaultKind.STALL, match=PLAYER, seconds=1))
    before = asyncio.create_task(gateway.async_playback())
    await stalled(spotify, 0)
    await gateway.async_pause()
    assert not (await gateway.async_playback()).playing
    spotify.faults.clear()
    await before
    assert spotify.requests.count(endpoint=PLAYER) == 2


async def test_a_refused_token_is_renewed_once(
    hass: HomeAssistant, spotify: SpotifySimulator
) -> None:
    """Spotify may end a token before its time."""
    tokens = [
        str(spotify.accounts.authorize("alva", SCOPES["control"])["access_token"])
        for _ in range(2)
    ]

    async def token() -> str:
        return "ended"

    async def renewed(refused: str) -> str:
        assert refused == "ended"
        return tokens[0]

    gateway = SpotifyGateway(hass, token, api_url=spotify_api_url(), renew=renewed)
    assert (await gateway.async_playback()).idle

    async def never(refused: str) -> str:
        return refused

    gateway = SpotifyGateway(hass, token, api_url=spotify_api_url(), renew=never)
    with pytest.raises(TokenRejected):
        await gateway.async_playback()


@pytest.mark.parametrize(
    ("trouble", "error"),
    [(ConfigEntryAuthFailed, TokenRejected), (ConfigEntryNotReady, Unavailable)],
)
async def test_trouble_with_the_token_has_its_name(
    hass: HomeAssistant, trouble: type[Exception], error: type[SpotifyError]
) -> None:
    """What the session raises is told in the words of this package."""

    async def token() -> str:
        raise trouble

    gateway = SpotifyGateway(hass, token, api_url=spotify_api_url())
    with pytest.raises(error):
        await gateway.async_playback()


async def test_a_closed_gateway_stays_closed(
    gateway: SpotifyGateway, spotify: SpotifySimulator
) -> None:
    """Closing twice does no harm, before a call or after."""
    await gateway.async_playback()
    await gateway.async_close()
    await gateway.async_close()
    with pytest.raises(Unavailable):
        await gateway.async_playback()


async def test_no_log_level_brings_the_token_into_the_log(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    gateway: SpotifyGateway,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Not even when a user debugs everything: spotipy would print it."""
    await gateway.async_playback()
    assert await async_setup_component(
        hass, "logger", {"logger": {"default": "debug", "logs": {"spotipy": "debug", "spotipy.client": "debug", "urllib3": "debug"}}}
    )  # fmt: skip
    caplog.set_level(logging.DEBUG)
    await hass.services.async_call(
        "logger", "set_level", {"spotipy.client": "debug"}, blocking=True
    )
    await gateway.async_playback()
    with pytest.raises(SpotifyError):
        await gateway.async_pause()
    assert "/v1/me/player" in caplog.text
    assert not [secret for secret in spotify.accounts.issued if secret in caplog.text]
    assert "Bearer" not in caplog.text


async def test_other_users_of_urllib3_keep_their_log_lines(
    gateway: SpotifyGateway, spotify: SpotifySimulator, caplog: pytest.LogCaptureFixture
) -> None:
    """Only our own retries are kept out."""
    await gateway.async_playback()
    logging.getLogger("urllib3.connectionpool").warning("Retrying (%r)", "theirs")
    logging.getLogger("urllib3.connectionpool").warning("Another line")
    assert complaints(caplog) == ["Retrying ('theirs')", "Another line"]


async def test_a_netrc_file_does_not_replace_the_token(
    gateway: SpotifyGateway,
    spotify: SpotifySimulator,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Requests would send what stands there for the host instead."""
    netrc = tmp_path / "netrc"
    netrc.write_text("default login somebody password something\n")
    monkeypatch.setenv("NETRC", str(netrc))
    assert (await gateway.async_profile()).display_name


async def test_nothing_blocks_the_loop(
    gateway: SpotifyGateway,
    spotify: SpotifySimulator,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Home Assistant's own watch over it sees nothing, the import of spotipy included."""
    for name in [name for name in sys.modules if name.split(".")[0] == "spotipy"]:
        monkeypatch.delitem(sys.modules, name)
    block_async_io.enable()
    try:
        await gateway.async_playback()
        await gateway.async_close()
    finally:
        for call in block_async_io._BLOCKED_CALLS.calls:
            setattr(call.object, call.function, call.original_func)
        block_async_io._BLOCKED_CALLS.calls.clear()
    assert "spotipy" in sys.modules
    assert "blocking call" not in caplog.text
    assert complaints(caplog) == []
