"""The panel as people see it: every page, light and dark, on a phone and a desk, and what can be clicked there."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Final

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import ViewportSize, expect
import pytest
import pytest_asyncio

from demo.house import House

from .browser import Visitor, visitor
from .conftest import allow_loopback
from .evening import Account, Evening

PAGES: Final = ("now", "history", "insights", "year", "import", "manage")
SIZES: Final[dict[str, ViewportSize]] = {
    "desk": {"width": 1360, "height": 900},
    "phone": {"width": 390, "height": 844},
}
SERIOUS: Final = {"serious", "critical"}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def guest(
    house: House, alva: Account, evening: Evening, artifacts: Path
) -> AsyncGenerator[Visitor]:
    """Sign the owner in."""
    allow_loopback()
    async with visitor(house.url, house.owner, artifacts) as guest:
        yield guest


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("page", PAGES)
async def test_a_page_can_be_used_by_everybody(
    guest: Visitor, page: str, size: str, theme: str
) -> None:
    """It fits the screen, axe finds no serious fault, and a picture of it is kept."""
    await guest.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    await guest.page.set_viewport_size(SIZES[size])
    await guest.open(f"/encore/{page}", shows="Encore")
    panel = guest.page.locator("encore-panel")
    await expect(panel.locator(f"encore-{page}")).to_be_visible()
    await expect(panel.locator(".waiting")).to_have_count(0)
    await guest.take_picture(f"panel-{page}-{size}-{theme}")
    wider = await guest.page.evaluate(
        "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
    )
    assert wider == 0
    found = await Axe().run(guest.page, context="encore-panel")
    faults = [
        (fault["id"], [node["html"][:200] for node in fault["nodes"]])
        for fault in found.response["violations"]
        if fault["impact"] in SERIOUS
    ]
    assert faults == []


def test_no_page_complained(guest: Visitor) -> None:
    """The browser's console holds no error that names Encore."""
    assert [said for said in guest.complaints if "encore" in said.casefold()] == []
