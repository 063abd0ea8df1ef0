"""Encore in the media browser: what the house heard, told to whoever browses, and played where it can be."""

import asyncio
from collections.abc import Awaitable, Callable
import random
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.encore.const import DOMAIN
from custom_components.encore.history.model import Item, Kind
from custom_components.encore.media.media_ids import SOURCE
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.components.media_source import (
    Unresolvable,
    async_browse_media,
    async_resolve_media,
)
from homeassistant.core import Context, HomeAssistant, ServiceCall
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from tests.integration.api.test_visibility import Share, share  # noqa: F401  a fixture
from tests.integration.running import async_act
from tests.unit.questions.house import ALVA, BEN, heard

from .test_history_options import choose

type Report = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
async def reported(
    hass: HomeAssistant, house: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> Report:
    """Return what the frontend of a signed-in administrator, Alva, is told by a command of the media browser."""
    assert await async_setup_component(hass, "media_source", {})
    client = await hass_ws_client(hass)

    async def reported(
        command: str = "browse_media", where: str = "", **more: Any
    ) -> dict[str, Any]:
        media_id = f"{SOURCE}/{where}" if where else SOURCE
        await client.send_json_auto_id(
            {"type": f"media_source/{command}", "media_content_id": media_id, **more}
        )
        answer: dict[str, Any] = await client.receive_json()
        return answer

    return reported


def titles(answer: dict[str, Any]) -> list[str]:
    """Return what a folder has."""
    assert answer["success"], answer
    return [child["title"] for child in answer["result"]["children"]]


def where(answer: dict[str, Any], title: str) -> str:
    """Return where a child of a folder leads."""
    child = next(
        each for each in answer["result"]["children"] if each["title"] == title
    )
    return str(child["media_content_id"]).removeprefix(f"{SOURCE}/")


COVER = "https://i.scdn.co/image/ab67616d0000b273"


@pytest.mark.parametrize(
    ("chosen", "address", "thumbnail"),
    [
        ("home_assistant", COVER, "/api/encore/picture?uri=spotify%3Atrack%3A{}"),
        ("spotify", COVER, COVER),
        ("home_assistant", "http://192.168.1.1/reboot", None),
        ("spotify", "http://192.168.1.1/reboot", None),
    ],
)
async def test_covers_come_from_where_the_option_says(
    hass: HomeAssistant,
    house: MockConfigEntry,
    reported: Report,
    chosen: str,
    address: str,
    thumbnail: str | None,
) -> None:
    """In a list and in what a search finds; what is none of Spotify's is not shown at all."""
    await choose(hass, house, "shown", {"pictures": chosen})
    number = "7" * 22
    moss = Item(
        f"spotify:track:{number}",
        Kind.TRACK,
        "Moss",
        ("Fern",),
        "Green",
        image_url=address,
    )
    await hass.data[DATA_HISTORY].async_append([heard(BEN, moss, "2026-07-15 10:00")])
    expected = thumbnail and thumbnail.format(number)
    recent = (await reported(where="recently_played"))["result"]["children"]
    shown = {each["title"]: each["thumbnail"] for each in recent}
    assert shown["Moss – Fern"] == expected
    found = await reported("search_media", search_query="Moss")
    assert [
        each["thumbnail"]
        for each in found["result"]["result"]
        if each["title"] == "Moss – Fern"
    ] == [expected]


async def test_encore_is_among_the_media_sources(
    hass: HomeAssistant, reported: Report
) -> None:
    """By its name."""
    root = await async_browse_media(hass, "media-source://")
    assert "Encore" in [child.title for child in root.children or ()]
    opened = await reported()
    assert titles(opened) == [
        "Recently played",
        "Top this month",
        "Top this year",
        "Top of all time",
        "On this day",
        "Forgotten favorites",
        "Past evenings",
    ]
    assert opened["result"]["can_search"] is True


async def test_every_folder_can_be_opened_to_the_bottom(reported: Report) -> None:
    """And each line of it is what the question of that name answers."""
    root = await reported()
    top = await reported(where=where(root, "Top this month"))
    assert titles(top) == ["Tracks", "Artists", "Albums"]
    tracks = await reported(where=where(top, "Tracks"))
    assert tracks["result"]["title"] == "Top this month · Tracks"
    assert tracks["result"]["can_play"] is True
    assert titles(tracks)[:2] == [
        "Ember – Kite Season",
        "River Light – Aurora Vale",
    ]
    assert titles(await reported(where=where(top, "Artists")))[:2] == [
        "Kite Season",
        "Aurora Vale",
    ]
    assert (
        titles(await reported(where=where(top, "Albums")))[0] == "Hollow – Kite Season"
    )
    recent = await reported(where=where(root, "Recently played"))
    assert titles(recent)[:2] == [
        "<b>Robert'); DROP TABLE play;--</b> – Ünï çødé & Söhne",
        "Ember – Kite Season",
    ]
    assert len(titles(recent)) == len({*titles(recent)})


async def test_any_evening_of_the_past_is_found_by_year_month_and_day(
    reported: Report,
) -> None:
    """From six until six in the morning; only what has an evening is listed."""
    evenings = await reported(where="evenings")
    assert titles(evenings) == ["2026", "2025", "2019"]
    year = await reported(where=where(evenings, "2026"))
    assert titles(year) == ["2026-07"]
    month = await reported(where=where(year, "2026-07"))
    assert titles(month) == ["2026-07-14", "2026-07-13"]
    evening = await reported(where=where(month, "2026-07-14"))
    assert evening["result"]["title"] == "Past evenings · 2026-07-14"
    assert titles(evening) == [
        "19:58 River Light – Aurora Vale",
        "20:01 Ember – Kite Season",
        "20:02 Glass – The Harbours, Aurora Vale",
        "20:06 River Light – Aurora Vale",
        "00:30 Ember – Kite Season",
    ]
    assert titles(await reported(where="evenings/2025")) == []


async def test_the_same_day_of_other_years(
    hass: HomeAssistant, reported: Report
) -> None:
    """The latest year first."""
    await hass.data[DATA_HISTORY].async_append(
        [
            heard(BEN, Item("spotify:track:" + "b" * 22, Kind.TRACK, "B", ("Bee",)), "2024-07-15 12:00"),
            heard(ALVA, Item("spotify:track:" + "a" * 22, Kind.TRACK, "A", ("Ay",)), "2023-07-15 12:00"),
        ]
    )  # fmt: skip
    days = await reported(where="on_this_day")
    assert titles(days) == ["2024", "2023"]
    assert titles(await reported(where=where(days, "2023"))) == ["A – Ay"]
    assert (await reported(where="on_this_day/1999-07-15"))["success"] is False


async def test_an_album_and_an_artist_have_the_cover_of_what_was_played_of_them(
    hass: HomeAssistant,
    reported: Report,
    share: Share,  # noqa: F811
) -> None:
    """Of whoever may be heard of: what only a private listener heard shows no cover in a list."""
    named = ("Tom / Jerry?", "Ünder = 100%")
    for number, (listener, cover) in enumerate(((BEN, COVER), (ALVA, None))):
        artist, album = named
        item = Item(
            f"spotify:track:{number:022}",
            Kind.TRACK,
            f"Moss {number}",
            (artist,),
            album,
            image_url=cover,
        )
        await hass.data[DATA_HISTORY].async_append(
            [heard(listener, item, "2026-07-12 10:00")]
        )

    async def thumbnails() -> list[str | None]:
        lists = [
            await reported(where=f"top/2026-07-12/{of}") for of in ("artists", "albums")
        ]
        return [each["result"]["children"][0]["thumbnail"] for each in lists]

    picture = "/api/encore/picture?"
    assert await thumbnails() == [
        f"{picture}artist=Tom+%2F+Jerry%3F",
        f"{picture}album=%C3%9Cnder+%3D+100%25&artist=Tom+%2F+Jerry%3F",
    ]
    share("ben", "private")
    assert await thumbnails() == [None, None]


async def test_names_as_people_give_them(hass: HomeAssistant, reported: Report) -> None:
    """With emoji, slashes, right-to-left script and 300 characters; without art, or of what Spotify does not have."""
    long = "Ω" * 300
    names = ["🎷 Jazz / Nights?", "שלום עולם", long]
    await hass.data[DATA_HISTORY].async_append(
        [
            heard(
                BEN,
                Item(f"spotify:track:{number}" + "x" * 21, Kind.TRACK, name, (name,), name),
                f"2026-07-15 1{number}:00",
            )
            for number, name in enumerate(names)
        ]
    )  # fmt: skip
    await hass.data[DATA_HISTORY].async_append(
        [
            heard(
                BEN,
                Item("radio:Radio%20Nord", Kind.RADIO, "Radio Nord", ()),
                "2026-07-15 08:00",
            )
        ]
    )
    recent = (await reported(where="recently_played"))["result"]["children"]
    shown = {each["title"]: each for each in recent}
    for number, name in enumerate(names):
        line = shown[f"{name} – {name}"]
        assert line["media_content_id"] == f"{SOURCE}/spotify:track:{number}" + "x" * 21
        assert (line["can_play"], line["thumbnail"]) == (True, None)
    assert shown["Radio Nord"]["can_play"] is False
    artists = (await reported(where="top/today/artists"))["result"]["children"]
    named = {each["title"]: each["media_content_id"] for each in artists}
    for name in names:
        # A media source's id is one line without a space of its own.
        assert named[name].startswith(f"{SOURCE}/named/artist/")
        assert " " not in named[name]


async def test_a_window_by_any_name_and_nothing_by_none(reported: Report) -> None:
    """What there is not is said in words."""
    assert titles(await reported(where="top/last_night/tracks"))[0].startswith("Ember")
    for nowhere in (
        "top/after_the_war/tracks",
        "top/this_month/rooms/1",
        "evenings/20",
        "evenings/2026-13",
        "evenings/2026-02-31",
        "lost",
        "recently_played/2",
    ):
        answer = await reported(where=nowhere)
        assert answer["success"] is False, nowhere
        assert answer["error"]["code"] == "browse_media_failed", nowhere
        assert answer["error"]["message"], nowhere


async def test_it_can_be_searched(reported: Report) -> None:
    """By name, of all kinds or of one; what fits best comes first."""
    found = await reported("search_media", search_query="kite seasn")
    assert found["success"], found
    assert found["result"]["result"][0]["title"] == "Kite Season"
    found = await reported(
        "search_media", search_query="ember", media_filter_classes=["track"]
    )
    assert [each["title"] for each in found["result"]["result"]] == [
        "Ember – Kite Season"
    ]
    for query in ("  ", "zzzzzzzzzz"):
        found = await reported("search_media", search_query=query)
        assert found["result"]["result"] == []


async def test_it_is_empty_before_anything_was_played(
    hass: HomeAssistant,
) -> None:
    """Each folder opens all the same."""
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "media_source", {})
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="Listening history",
        unique_id="history",
        data={"kind": "history"},
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    root = await async_browse_media(hass, SOURCE)
    for child in root.children or ():
        opened = await async_browse_media(hass, child.media_content_id)
        for inside in opened.children or ():
            assert (await async_browse_media(hass, inside.media_content_id)).title
    assert await hass.config_entries.async_unload(entry.entry_id)


async def test_another_player_gets_the_command(
    hass: HomeAssistant, reported: Report
) -> None:
    """Spotify gives no address: so it says where it plays, or that there is no such player."""
    media_id = f"{SOURCE}/spotify:track:{'x' * 22}"
    with pytest.raises(Unresolvable) as error:
        await async_resolve_media(hass, media_id, "media_player.cast")
    assert error.value.translation_key == "no_own_player"
    entity = er.async_get(hass).async_get_or_create("media_player", DOMAIN, "alva")
    hass.states.async_set(entity.entity_id, "idle", {"friendly_name": "Alva Lind"})
    answer = await reported("resolve_media", f"spotify:track:{'x' * 22}")
    assert answer["error"]["code"] == "resolve_media_failed"
    assert answer["error"]["message"] == (
        "Spotify can be played only on Encore’s own players."
        " Choose one of these: Alva Lind"
    )


async def test_who_browses_hears_of_whom_they_may(
    hass: HomeAssistant,
    reported: Report,
    share: Share,  # noqa: F811
) -> None:
    """A private listener's plays are in the lists of nobody else, nor is the fact of them."""
    with_ben = titles(await reported(where="evenings/2026-07"))
    assert with_ben == ["2026-07-14", "2026-07-13"]
    share("ben", "private")
    assert titles(await reported(where="evenings/2026-07")) == ["2026-07-14"]
    assert "20:01 Ember – Kite Season" not in titles(
        await reported(where="evenings/2026-07-14")
    )
    assert titles(await reported(where="top/2026-07-13/tracks")) == []
    share("ben", "people", shared_with=["person.alva"])
    assert titles(await reported(where="evenings/2026-07")) == with_ben


async def test_who_is_not_known_hears_what_the_household_shares(
    hass: HomeAssistant,
    reported: Report,
    share: Share,  # noqa: F811
) -> None:
    """An automation, or a voice, browses as the home."""
    share("ben", "people", shared_with=["person.alva"])
    evenings = await async_browse_media(hass, f"{SOURCE}/evenings/2026-07")
    assert [child.title for child in evenings.children or ()] == ["2026-07-14"]


@pytest.mark.parametrize("how", ["at once", "in a task", "later"])
async def test_what_a_page_starts_browses_as_home_assistant(
    hass: HomeAssistant,
    house: MockConfigEntry,
    share: Share,  # noqa: F811
    hass_ws_client: WebSocketGenerator,
    how: str,
) -> None:
    """An action that Alva's click starts is not Alva: whatever it does with what it reads, everybody may see."""
    assert await async_setup_component(hass, "media_source", {})
    share("ben", "people", shared_with=["person.alva"])
    read: asyncio.Future[list[str]] = hass.loop.create_future()

    async def browse(*_: object) -> None:
        evenings = await async_browse_media(hass, f"{SOURCE}/evenings/2026-07")
        read.set_result([child.title for child in evenings.children or ()])

    async def act(_call: ServiceCall) -> None:
        match how:
            case "at once":
                await browse()
            case "in a task":
                hass.async_create_task(browse())
            case _:
                hass.loop.call_soon(lambda: hass.async_create_task(browse()))

    hass.services.async_register("script", "show_evenings", act)
    client = await hass_ws_client(hass)
    await client.send_json_auto_id(
        {"type": "call_service", "domain": "script", "service": "show_evenings"}
    )
    assert (await client.receive_json())["success"]
    assert await read == ["2026-07-14"]


async def test_who_may_not_ask_is_refused_and_noted(
    hass: HomeAssistant,
    house: MockConfigEntry,
    reported: Report,
    hass_admin_user: MockUser,
) -> None:
    """The audit has what was browsed, and through which door."""
    hass.config_entries.async_update_entry(
        house, options={"trust_user": "student", "trust_house": "student"}
    )
    groups, hass_admin_user.groups = hass_admin_user.groups, []
    answer = await reported(where="recently_played")
    assert (answer["success"], answer["error"]["code"]) == (False, "unauthorized")
    hass.config_entries.async_update_entry(house, options={})
    assert (await reported(where="recently_played"))["success"]
    hass_admin_user.groups = groups
    noted = await async_act(hass, "get_audit_log", Context(user_id=hass_admin_user.id))
    records = noted["records"]
    browsed = [(one["request"], one["outcome"]) for one in records if one["interface"] == "media_source"]  # fmt: skip
    assert browsed == [("get_plays", "done"), ("get_plays", "refused")]


@pytest.mark.parametrize("seed", [1, 2])
async def test_every_play_of_an_evening_is_in_one_evening(
    hass: HomeAssistant, reported: Report, seed: int
) -> None:
    """Whenever it was: at the end of a month, of a year, or in a night in which the clocks change."""
    chance = random.Random(seed)
    starts = [
        "2024-01-01 00:10",
        "2024-03-31 01:30",
        "2024-03-31 03:10",
        "2024-10-27 02:30",
        "2024-02-29 23:50",
        "2024-03-01 05:50",
        "2024-12-31 18:00",
        "2025-01-01 05:00",
        "2024-06-01 06:00",
        "2024-06-01 17:50",
    ]
    starts += [
        f"2024-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        f" {chance.randint(0, 23):02}:{chance.randint(0, 5)}5"
        for _ in range(60)
    ]
    songs = {
        Item(f"spotify:track:{number:022}", Kind.TRACK, f"Song {number}", ("Band",)): start
        for number, start in enumerate(starts)
    }  # fmt: skip
    await hass.data[DATA_HISTORY].async_append(
        [heard(ALVA, item, start) for item, start in songs.items()]
    )
    found: list[str] = []
    for year in titles(await reported(where="evenings")):
        for month in titles(await reported(where=f"evenings/{year}")):
            assert month.startswith(year)
            for day in titles(await reported(where=f"evenings/{month}")):
                assert day.startswith(month)
                evening = titles(await reported(where=f"evenings/{day}"))
                found += [line for line in evening if " – Band" in line]
                assert evening
    expected = [
        f"{start[11:]} {item.title} – Band"
        for item, start in songs.items()
        if not 6 <= int(start[11:13]) < 18
    ]
    assert sorted(found) == sorted(expected)
