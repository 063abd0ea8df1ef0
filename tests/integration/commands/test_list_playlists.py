"""Playlists by actions: listed, read, made, changed and let go, by whom it may be."""

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.encore.commands.errors import (
    ItemsHidden,
    NoSuchPlace,
    NotAnItem,
    UnknownPlaylist,
    WhichPlaylist,
)
from custom_components.encore.spotify.api.share_links import NotALink
from custom_components.encore.spotify.auth.scopes import PLAYLISTS
from custom_components.encore.spotify.errors import MissingScope, Unavailable
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import Unauthorized
from simulator.spotify import SpotifySimulator
from simulator.spotify.faults import Fault, FaultKind
from simulator.spotify.music import Track
from simulator.spotify.playlists import Playlist
from tests.integration.auth.conftest import Link
from tests.integration.spotify.conftest import set_up

from .conftest import LISTENER, Act


@pytest.fixture
async def alva(hass: HomeAssistant, link: Link) -> MockConfigEntry:
    """Return Alva's account, which may read and change playlists."""
    return await set_up(hass, await link("alva", more=PLAYLISTS))


@pytest.fixture
def admin(hass_admin_user: MockUser) -> Context:
    """Return the context of an administrator."""
    return Context(user_id=hass_admin_user.id)


@pytest.fixture
def own(alva: MockConfigEntry, spotify: SpotifySimulator) -> Playlist:
    """Return a playlist of Alva's own."""
    me = spotify.world.people["alva"].id
    return next(p for p in spotify.world.playlists_of("alva") if p.owner_id == me)


def content(playlist: Playlist) -> list[str]:
    """Return what is in a playlist at Spotify."""
    return [entry.item.uri for entry in playlist.entries]


def uris(tracks: list[Track]) -> list[str]:
    """Return the URIs of tracks."""
    return [track.uri for track in tracks]


async def test_playlists_are_listed_and_the_answer_says_how_old_it_is(
    alva: MockConfigEntry, act: Act, spotify: SpotifySimulator
) -> None:
    """Asked again, Spotify is not; unless it is to be fresh."""
    there = spotify.world.playlists_of("alva")
    answer = await act("get_playlists")
    assert [each["uri"] for each in answer["playlists"]] == [each.uri for each in there]
    assert [each["items"] for each in answer["playlists"]] == [
        len(each.entries) for each in there
    ]
    assert answer["listener"] == LISTENER
    assert answer["minutes_old"] == 0
    assert answer["known_since"]
    assert (
        f"{LISTENER} has seven playlists, the first are “{there[0].name}”"
        in answer["speech"]
    )
    spotify.requests.clear()
    await act("get_playlists")
    assert spotify.requests.count(endpoint="/v1/me/playlists") == 0
    await act("get_playlists", refresh=True)
    assert spotify.requests.count(endpoint="/v1/me/playlists") == 1


async def test_while_spotify_is_out_of_reach_the_known_playlists_answer(
    alva: MockConfigEntry, act: Act, spotify: SpotifySimulator
) -> None:
    """Who wants them fresh is told."""
    known = await act("get_playlists")
    spotify.faults.add(Fault(FaultKind.SERVER_ERROR, times=None))
    assert (await act("get_playlists"))["playlists"] == known["playlists"]
    with pytest.raises(Unavailable):
        await act("get_playlists", refresh=True)


async def test_what_is_in_a_playlist_is_stored_until_it_changes(
    freezer: FrozenDateTimeFactory,
    own: Playlist,
    act: Act,
    admin: Context,
    spotify: SpotifySimulator,
) -> None:
    """While Spotify is out of reach it answers and says its age; who wants it fresh is told."""
    item = own.entries[0].item.uri
    first = await act("get_playlist_items", playlist=own.name)
    assert (first["from_cache"], first["minutes_old"]) == (False, 0)
    spotify.requests.clear()
    saved = await act("get_playlist_items", playlist=own.name)
    assert (saved["from_cache"], saved["items"]) == (True, first["items"])
    assert spotify.requests.count(endpoint="/v1/playlists/*/items") == 0
    await act("add_to_playlist", admin, playlist=own.name, items=item)
    changed = await act("get_playlist_items", playlist=own.name, limit=500)
    assert changed["from_cache"] is False
    assert [each["uri"] for each in changed["items"]] == content(own)
    spotify.faults.add(Fault(FaultKind.SERVER_ERROR, times=None))
    freezer.tick(3600)
    old = await act("get_playlist_items", playlist=own.name, limit=500)
    assert (old["from_cache"], old["minutes_old"]) == (True, 60)
    assert old["known_since"] == changed["known_since"]
    assert old["speech"].endswith(" As of 60 minutes ago.")
    with pytest.raises(Unavailable):
        await act("get_playlist_items", playlist=own.name, refresh=True)


async def test_a_playlist_is_read_by_name_link_and_uri(own: Playlist, act: Act) -> None:
    """In its order, with places as people count them."""
    link = f"https://open.spotify.com/playlist/{own.id}?si=abc"
    for name in (own.name, own.name.upper(), own.uri, link, link.removeprefix("https://")):  # fmt: skip
        answer = await act("get_playlist_items", playlist=name, limit=500)
        assert [each["uri"] for each in answer["items"]] == content(own)
        assert [each["position"] for each in answer["items"][:3]] == [1, 2, 3]
    assert (await act("get_playlist_items", playlist=own.name, limit=5))["playlist"] == own.name  # fmt: skip
    assert own.entries[0].item.name in answer["speech"]


async def test_what_others_keep_to_themselves_is_said(
    own: Playlist, act: Act, spotify: SpotifySimulator
) -> None:
    """Spotify shows it to its owner only."""
    me = own.owner_id
    other = next(p for p in spotify.world.playlists_of("alva") if p.owner_id != me)
    with pytest.raises(ItemsHidden):
        await act("get_playlist_items", playlist=other.uri)


async def test_a_playlist_is_made_filled_and_known_at_once(
    alva: MockConfigEntry, act: Act, spotify: SpotifySimulator, tracks: list[Track]
) -> None:
    """The home may: it takes nothing away."""
    await act("get_playlists")
    links = [f"https://open.spotify.com/track/{track.id}" for track in tracks]
    made = await act(
        "create_playlist", name="Breakfast", description="Late", items=links
    )
    there = spotify.world.playlists.get(made["uri"].rpartition(":")[2])
    assert (there.name, there.description, there.public) == ("Breakfast", "Late", False)
    assert content(there) == uris(tracks)
    assert made["snapshot_id"] == there.snapshot_id
    assert (
        made["speech"]
        == f"{LISTENER} has the playlist “Breakfast” now, with ten items."
    )
    first, *_ = (await act("get_playlists"))["playlists"]
    assert (first["name"], first["items"]) == ("Breakfast", 10)


async def test_a_playlist_changes_as_commanded(
    own: Playlist, act: Act, admin: Context, tracks: list[Track]
) -> None:
    """Replaced, added to, reordered, thinned, renamed and described."""
    a, b, c, d = uris(tracks)[:4]
    done = await act("update_playlist", admin, playlist=own.name, items=[a, b])
    assert content(own) == [a, b]
    assert done["snapshot_id"] == own.snapshot_id
    await act("add_to_playlist", admin, playlist=own.name, items=[c])
    await act("add_to_playlist", admin, playlist=own.name, items=d, position=1)
    assert content(own) == [d, a, b, c]
    await act("update_playlist", admin, playlist=own.name, position=1, to=3)
    assert content(own) == [a, b, d, c]
    await act("update_playlist", admin, playlist=own.name, position=3, to=1, count=2)
    assert content(own) == [d, c, a, b]
    done = await act("remove_from_playlist", admin, playlist=own.name, items=[a, c])
    assert content(own) == [d, b]
    assert done["speech"] == f"I removed two items from “{own.name}”."
    await act("update_playlist", admin, playlist=own.name, description="Mine")
    assert own.description == "Mine"
    before = own.name
    await act("update_playlist", admin, playlist=before, new_name="Été")
    assert own.name == "Été"
    assert (await act("get_playlist_items", playlist="ete"))["uri"] == own.uri
    with pytest.raises(UnknownPlaylist):
        await act("get_playlist_items", playlist=before)


async def test_a_place_that_a_playlist_does_not_have_is_reported_with_its_last(
    own: Playlist, act: Act, admin: Context, tracks: list[Track]
) -> None:
    """Spotify itself says that a number in its own words is invalid."""
    a, b, c = uris(tracks)[:3]
    await act("update_playlist", admin, playlist=own.name, items=[a, b])
    for action, data in (
        ("add_to_playlist", {"items": [c], "position": 9}),
        ("update_playlist", {"position": 7, "to": 1}),
        ("update_playlist", {"position": 1, "to": 7}),
        ("update_playlist", {"position": 2, "to": 1, "count": 2}),
    ):
        with pytest.raises(NoSuchPlace) as refused:
            await act(action, admin, playlist=own.name, **data)
        assert refused.value.translation_placeholders == {
            "name": own.name,
            "last": "2",
        }
    assert content(own) == [a, b]
    await act("add_to_playlist", admin, playlist=own.name, items=[c], position=3)
    assert content(own) == [a, b, c]


async def test_an_unfollowed_playlist_is_gone_at_once(
    own: Playlist, act: Act, admin: Context
) -> None:
    """From what is known, too."""
    await act("get_playlists")
    await act("delete_playlist", admin, playlist=own.name)
    assert own.uri not in {
        each["uri"] for each in (await act("get_playlists"))["playlists"]
    }
    with pytest.raises(UnknownPlaylist):
        await act("delete_playlist", admin, playlist=own.name)


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("update_playlist", {"new_name": "Mine"}),
        ("update_playlist", {"description": "Mine"}),
        ("add_to_playlist", {"items": "spotify:track:4iV5W9uYEdYUVa79Axb7Rh"}),
        ("remove_from_playlist", {"items": "spotify:track:4iV5W9uYEdYUVa79Axb7Rh"}),
        ("update_playlist", {"items": "spotify:track:4iV5W9uYEdYUVa79Axb7Rh"}),
        ("update_playlist", {"position": 1, "to": 2}),
        ("delete_playlist", {}),
    ],
)
async def test_only_who_is_trusted_may_change_a_playlist(
    own: Playlist, act: Act, action: str, data: dict[str, object]
) -> None:
    """The home may make one, and change none."""
    before = (own.name, own.description, content(own))
    with pytest.raises(Unauthorized):
        await act(action, playlist=own.name, **data)
    assert (own.name, own.description, content(own)) == before


async def test_what_is_no_track_is_refused_before_anything_is_made(
    alva: MockConfigEntry, act: Act, spotify: SpotifySimulator
) -> None:
    """An album, or words."""
    before = len(spotify.world.playlists_of("alva"))
    with pytest.raises(NotAnItem):
        await act("create_playlist", name="A", items="spotify:album:4iV5W9uYEdYUVa79Axb7Rh")  # fmt: skip
    with pytest.raises(NotALink):
        await act("create_playlist", name="A", items="Slow Rivers")
    assert len(spotify.world.playlists_of("alva")) == before


async def test_of_two_playlists_of_a_name_none_is_taken_by_chance(
    alva: MockConfigEntry, act: Act, admin: Context
) -> None:
    """Their URIs tell them apart."""
    first = await act("create_playlist", name="Twice")
    second = await act("create_playlist", name="Twice")
    with pytest.raises(WhichPlaylist) as reported:
        await act("delete_playlist", admin, playlist="Twice")
    known = (reported.value.translation_placeholders or {})["known"]
    assert first["uri"] in known and second["uri"] in known


async def test_a_playlist_made_elsewhere_is_found_by_its_name(
    alva: MockConfigEntry, act: Act, spotify: SpotifySimulator
) -> None:
    """What is known of the library may be hours old."""
    await act("get_playlists")
    me = spotify.world.people["alva"]
    new = spotify.world.playlists.create(me.id, me.display_name, "From the phone")
    spotify.world.library("alva").save(new.uri, spotify.clock.now_ms())
    answer = await act("get_playlist_items", playlist="from the phone")
    assert (answer["uri"], answer["items"]) == (new.uri, [])


async def test_without_the_permission_the_person_is_asked_for_it(
    hass: HomeAssistant, link: Link, act: Act
) -> None:
    """Once, by a login with the wider scope."""
    entry = await set_up(hass, await link("ben"))
    with pytest.raises(MissingScope):
        await act("get_playlists", listener="Ben Okafor")
    [flow] = entry.async_get_active_flows(hass, {"reauth"})
    assert flow["context"]["source"] == "reauth"
