"""The pages History and Now of the panel, by clicking: search, a day, a play, forgetting and bringing back, a player's controls."""

from collections.abc import AsyncGenerator
from pathlib import Path
import re
from typing import Final
from urllib.parse import urlencode

from playwright.async_api import Locator, ViewportSize, expect
import pytest
import pytest_asyncio

from demo.home import Home

from .browser import Visitor, visitor
from .conftest import allow_loopback
from .evening import Account, Evening, local
from .waiting import until

DESK: Final[ViewportSize] = {"width": 1360, "height": 900}
_CLICKS: Final = (("Pause", "paused"), ("Play", "playing"), ("Pause", "paused"))
COUNTED: Final = re.compile(r"([\d,]+) plays?")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def guest(
    home: Home, alva: Account, evening: Evening, artifacts: Path
) -> AsyncGenerator[Visitor]:
    """Sign the owner in."""
    allow_loopback()
    async with visitor(home.url, home.owner, artifacts) as guest:
        await guest.page.set_viewport_size(DESK)
        yield guest


async def opened(guest: Visitor, address: str) -> Locator:
    """Open the history, and return its first day once it is there."""
    await guest.page.goto(
        f"{guest.url}/encore/{address}", wait_until="domcontentloaded"
    )
    day = guest.page.locator("encore-history-day").first
    await expect(day.locator("button.row").first).to_be_visible()
    await expect(day.locator("h2")).to_have_text(COUNTED)
    return day


async def plays_of(day: Locator) -> int:
    """Return how many plays the heading of a day tells."""
    reported = COUNTED.search(await day.locator("h2").inner_text())
    assert reported
    return int(reported[1].replace(",", ""))


async def title_of(row: Locator) -> str:
    """Return what was played, also where the row is off the screen and its text is not laid out."""
    return (await row.locator(".title").text_content() or "").strip()


async def forget(guest: Visitor, row: Locator) -> str:
    """Forget the play of a row, and return its title."""
    title = await title_of(row)
    await row.click()
    await guest.page.get_by_role("button", name="Delete…").click()
    await guest.sees("Delete this play?")
    await guest.page.get_by_role("button", name="Delete", exact=True).click()
    await expect(guest.page.get_by_text(f"“{title}” deleted.").first).to_be_visible()
    return title


@pytest.mark.parametrize("where", ["in place", "in the notification"])
async def test_a_play_is_forgotten_and_brought_back(guest: Visitor, where: str) -> None:
    """It leaves the count of its day at once, and is counted again once it is back."""
    await opened(guest, "history")
    # What is playing has no end yet, and may become another play meanwhile.
    day = guest.page.locator("encore-history-day").nth(1)
    before = await plays_of(day)
    await day.scroll_into_view_if_needed()
    row = day.locator("button.row").first
    title = await forget(guest, row)
    await expect(day.locator("h2")).to_contain_text(f" {before - 1} play")
    undo = guest.page.get_by_role("button", name="Undo")
    if where == "in place":
        await day.get_by_role("button", name="Undo").click()
    else:
        await undo.last.click()
    await guest.sees(f"“{title}” restored.")
    await expect(day.locator("h2")).to_contain_text(f" {before} plays")
    await expect(row.locator(".title")).to_have_text(title)


async def test_a_search_leads_to_the_plays_of_what_it_found(guest: Visitor) -> None:
    """As many as the search said."""
    day = await opened(guest, "history")
    title = await title_of(day.locator("button.row").last)
    await guest.page.get_by_label("Search your history").fill(title)
    found = guest.page.locator("encore-history-search li button").first
    await expect(found.locator(".names span").first).to_have_text(title)
    reported = COUNTED.search(await found.locator(".often").inner_text())
    assert reported
    await found.click()
    await expect(guest.page).to_have_url(re.compile("thing="))
    await expect(guest.page.locator(".chosen .number")).to_contain_text(reported[0])
    await expect(guest.page.locator(".chosen h2")).to_have_text(title)
    await expect(guest.page.locator("button.row").first).to_be_visible()


async def test_a_day_of_the_strip_is_gone_to(guest: Visitor) -> None:
    """The list begins with it, and its count is that of the strip."""
    await opened(guest, "history")
    playing_on = guest.page.locator(".days button[aria-label*=' play']")
    picked = playing_on.nth(await playing_on.count() // 2)
    label = await picked.get_attribute("aria-label")
    assert label
    await picked.click()
    date, _, played = label.partition(": ")
    first = guest.page.locator("encore-history-day h2").first
    await expect(first).to_contain_text(date)
    await expect(first).to_contain_text(played.split(",")[0])


async def test_a_play_has_an_address_and_reports_what_it_rests_on(
    guest: Visitor,
) -> None:
    """Whoever is given the address sees the same play."""
    await opened(guest, "history")
    day = guest.page.locator("encore-history-day").nth(1)
    await day.scroll_into_view_if_needed()
    row = day.locator("button.row").first
    title = await title_of(row)
    await row.click()
    await expect(guest.page).to_have_url(re.compile(r"play=\d+-[0-9a-f]{8}"))
    address = guest.page.url.partition("/encore/")[2]
    await opened(guest, address)
    details = guest.page.locator("encore-play-details")
    await expect(details.locator(".name")).to_have_text(title)
    await expect(details.locator(".observations li").first).to_be_visible()
    link = details.get_by_role("link", name="Open in Spotify")
    await expect(link).to_have_attribute(
        "href", re.compile(r"^https://open\.spotify\.com/\w+/\w+$")
    )
    await guest.page.keyboard.press("Escape")
    await expect(guest.page).not_to_have_url(re.compile("play="))


async def test_an_imported_play_is_played_again_where_one_chooses(
    home: Home, alva: Account, guest: Visitor
) -> None:
    """An export knows no room: the dialog asks for one, says what would play there, and plays it."""
    rows = [row for row in await home.truth.heard("alva") if row["ms_played"] > 40_000]
    await opened(guest, f"history?end_time={local(rows[-200]['ended_at']).date()}")
    page = guest.page
    row = page.locator("encore-history-day button.row").first
    title = await title_of(row)
    await row.click()
    await page.get_by_role("button", name="Replay from here").click()
    dialog = page.locator("encore-replay-dialog")
    await expect(dialog).to_contain_text("The original room is unknown.")
    play = dialog.get_by_role("button", name="Play", exact=True)
    await expect(play).to_be_disabled()
    where = dialog.get_by_label("Play on")
    options = await where.locator("option").all_inner_texts()
    assert options[0].strip() == "Choose a room…"
    state = await home.api.state(alva.player)
    assert set(state["attributes"]["source_list"]) <= {each.strip() for each in options}
    await where.select_option(state["attributes"]["source_list"][0])
    await expect(dialog.locator("ol li").first).to_have_text(title)
    await play.click()
    await expect(dialog).to_have_count(0)

    async def plays() -> bool:
        attributes = (await home.api.state(alva.player))["attributes"]
        return bool(attributes.get("media_title") == title)

    await until(plays, what=f"{title} plays again")


async def test_all_plays_of_an_artist_are_counted_forgotten_and_brought_back(
    home: Home, guest: Visitor
) -> None:
    """The dialog says how many go before they do, and the notification takes it back."""
    top = await home.api.act(
        "encore.get_top", {"of": "artists", "time_range": "all_time"}, answer=True
    )
    name = top["top"][0]["name"]
    rule = {"artist": name, "preview": True}
    counted = await home.api.act("encore.delete_plays", rule, answer=True)
    assert counted["play_count"] > 20
    await opened(guest, f"history?{urlencode({'thing': name, 'type': 'artist'})}")
    page = guest.page
    await page.get_by_role("button", name="Delete all of these…").click()
    dialog = page.locator("encore-forget-dialog")
    await expect(dialog).to_contain_text(f"{counted['play_count']:,} plays of “{name}”")
    assert (await home.api.act("encore.delete_plays", rule, answer=True)) == counted
    await dialog.get_by_role("button", name="Delete", exact=True).click()
    await guest.sees(f"{counted['play_count']:,} plays of “{name}” deleted.")
    await page.get_by_role("button", name="Undo").last.click()
    await guest.sees(f"“{name}” restored.")
    assert (await home.api.act("encore.delete_plays", rule, answer=True)) == counted


async def test_what_plays_is_paused_and_goes_on(
    home: Home, alva: Account, guest: Visitor
) -> None:
    """The controls are those of Home Assistant's player."""
    await home.api.act("media_player.media_play", {"entity_id": alva.player})
    await guest.page.goto(f"{guest.url}/encore/now", wait_until="domcontentloaded")
    card = guest.page.locator("encore-now-group").first
    for name, becomes in _CLICKS:
        await card.get_by_role("button", name=re.compile(f"^{name}: ")).click()

        async def is_so(becomes: str = becomes) -> bool:
            return bool((await home.api.state(alva.player))["state"] == becomes)

        await until(is_so)
