"""Cards as people put them on dashboards: picked, set up and followed; and the dashboard that makes itself."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect
import pytest
import pytest_asyncio

from demo.dashboard import OF_ITS_OWN, PATH, Listens, hang_up
from demo.home import Home

from .browser import Visitor, visitor
from .conftest import allow_loopback
from .evening import Account, Evening
from .log import ASKED, activity
from .test_panel import SERIOUS, SIZES
from .test_pictures import is_a_picture

VIEWS: Final = {
    "now": "encore-now-card",
    "favourites": "encore-top-card",
    "when": "encore-heatmap-card",
    "memories": "encore-recent-card",
}
CARDS: Final = {
    "Encore: now playing",
    "Encore: top list",
    "Encore: listening by hour",
    "Encore: timeline",
    "Encore: on this day",
    "Encore: recently played",
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def guest(
    home: Home, alva: Account, evening: Evening, artifacts: Path
) -> AsyncGenerator[Visitor]:
    """Sign the owner in, to a home with the demo's dashboards."""
    allow_loopback()
    await hang_up(home.api, [Listens("Alva", "person.alva", alva.player)], [])
    async with visitor(home.url, home.owner, artifacts) as guest:
        yield guest


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("view", VIEWS)
async def test_a_dashboard_makes_itself(
    guest: Visitor, view: str, size: str, theme: str
) -> None:
    """Of cards that fit the screen and in which axe finds no serious fault; a picture of it is kept."""
    await guest.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    await guest.page.set_viewport_size(SIZES[size])
    await opened(guest, f"{OF_ITS_OWN}/{view}", shows=VIEWS[view])
    assert is_a_picture(await guest.take_picture(f"cards-{view}-{size}-{theme}"))
    wider = await guest.page.evaluate(
        "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
    )
    assert wider == 0
    found = await Axe().run(guest.page)
    faults = [
        (fault["id"], node["target"], node["html"][:200])
        for fault in found.response["violations"]
        if fault["impact"] in SERIOUS
        for node in fault["nodes"]
        # The rest of the page is Home Assistant's.
        if "-face" in str(node["target"])
    ]
    assert faults == []


async def test_cards_leave_no_line_in_activity(home: Home, guest: Visitor) -> None:
    """On whichever view of the dashboard; only a question of somebody's is told."""
    since = datetime.now(UTC)
    await at_the_desk(guest)
    for view, card in VIEWS.items():
        await opened(guest, f"{OF_ITS_OWN}/{view}", shows=card)
    assert await activity(home, since) == [ASKED]


async def test_a_card_is_picked_set_up_and_saved(home: Home, guest: Visitor) -> None:
    """All are in the picker, each with its own data; the form changes what is shown and kept."""
    page = guest.page
    await at_the_desk(guest)
    await opened(guest, f"{PATH}/music?edit=1", shows="hui-media-control-card")
    await page.locator("hui-grid-section button.add").first.click()
    await page.get_by_text("By card").click()
    picker = page.locator("hui-card-picker")
    await picker.locator("input:not([type=checkbox])").first.fill("encore")
    offered = picker.locator(".card")
    for name in CARDS:
        await expect(offered.filter(has_text=name)).to_be_visible()
    tops = offered.filter(has_text="Encore: top list")
    await expect(tops.locator("encore-top-face li").first).to_be_attached()
    assert is_a_picture(await guest.take_picture("cards-picker"))
    await tops.locator(".overlay").click()

    dialog = page.locator("hui-dialog-edit-card")
    await expect(dialog.get_by_role("heading", name="Top artists")).to_be_visible()
    await dialog.locator("ha-form ha-selector-select").first.click()
    await (
        page.get_by_role("option", name="Albums")
        .or_(
            page.locator("ha-dropdown-item, ha-list-item, ha-md-select-option").filter(
                has_text="Albums"
            )
        )
        .first.click()
    )
    await expect(dialog.get_by_role("heading", name="Top albums")).to_be_visible()
    assert is_a_picture(await guest.take_picture("cards-form"))
    await dialog.get_by_role("button", name="Save").click()
    await expect(page.locator("#view encore-top-card")).to_be_visible()
    # The next page that is opened would be edited, too.
    await page.get_by_role("button", name="Done").click()
    await expect(page.locator("hui-card-edit-mode")).to_have_count(0)

    stored = await home.api.command("lovelace/config", url_path=PATH)
    cards = [card for one in stored["views"][0]["sections"] for card in one["cards"]]
    (card,) = (one for one in cards if one["type"] == "custom:encore-top-card")
    assert card["of"] == "albums"


async def test_a_card_that_is_set_up_wrong_says_how_to_set_it_right(
    guest: Visitor,
) -> None:
    """Home Assistant shows what it says."""
    await opened(guest, f"{OF_ITS_OWN}/now", shows="encore-now-card")
    said = await guest.page.evaluate(
        """() => {
          try {
            document.createElement("encore-top-card").setConfig({of: "songs"});
          } catch (error) {
            return error.message;
          }
        }"""
    )
    assert "“of” must be one of tracks, artists" in said


async def test_a_row_leads_to_the_panel(guest: Visitor) -> None:
    """To every play of what it names, in the same window."""
    await at_the_desk(guest)
    await opened(guest, f"{OF_ITS_OWN}/favourites", shows="encore-top-card")
    row = guest.page.locator("encore-top-face li a").first
    name = (await row.inner_text()).strip()
    await row.click()
    await expect(guest.page.locator("encore-history")).to_contain_text(name)


async def test_a_card_is_followed_when_a_lost_connection_is_back(
    home: Home, guest: Visitor, alva: Account
) -> None:
    """What begins to play afterwards is there, without loading the page again."""
    await at_the_desk(guest)
    await opened(guest, f"{OF_ITS_OWN}/now", shows="encore-now-card")
    reported = await guest.page.evaluate_handle(
        """() => {
          const {connection} = document.querySelector("home-assistant").hass;
          const back = new Promise((told) => connection.addEventListener("ready", told));
          connection.socket.close();
          return {back};
        }"""
    )
    await reported.evaluate("({back}) => back.then(() => true)")
    await listen(home, alva, "media_play")
    try:
        state: dict[str, Any] = await home.api.state(alva.player)
        title = state["attributes"]["media_title"]
        await expect(guest.page.locator("encore-now-face")).to_contain_text(title)
        pause = guest.page.locator("encore-now-face").get_by_role(
            "button", name="Pause"
        )
        await expect(pause).to_be_visible()
    finally:
        await listen(home, alva, "media_pause")


def test_no_card_complained(guest: Visitor) -> None:
    """The browser's console holds no error that names Encore."""
    assert [said for said in guest.complaints if "encore" in said.casefold()] == []


async def listen(home: Home, alva: Account, action: str) -> None:
    """Tell Alva's player something."""
    await home.api.act(f"media_player.{action}", {"entity_id": alva.player})


async def at_the_desk(guest: Visitor) -> None:
    """Look at a big screen, in daylight."""
    await guest.page.emulate_media(color_scheme="light")
    await guest.page.set_viewport_size(SIZES["desk"])


async def opened(guest: Visitor, path: str, *, shows: str) -> None:
    """Open a view of a dashboard, and wait until nothing on it is on its way."""
    await guest.page.goto(f"{guest.url}/{path}", wait_until="domcontentloaded")
    await expect(guest.page.locator(shows).first).to_be_visible()
    await expect(guest.page.locator(".waiting")).to_have_count(0)
