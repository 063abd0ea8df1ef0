"""The panel as people see it: every page, light and dark, on a phone and a desk, and what can be clicked there."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from pathlib import Path
import re
import struct
from typing import Final
import zipfile

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Route, ViewportSize, expect
import pytest
import pytest_asyncio

from demo.home import Home
from demo.past import export_of, import_past

from .browser import Visitor, visitor
from .conftest import allow_loopback
from .evening import Account, Evening, asked
from .log import ASKED, activity
from .test_pictures import is_a_picture

PAGES: Final = ("now", "history", "insights", "year", "import", "manage")
SIZES: Final[dict[str, ViewportSize]] = {
    "desk": {"width": 1360, "height": 900},
    "phone": {"width": 390, "height": 844},
}
LONG_ROWS: Final = 2_000_000
"""So many rows take longer to import than somebody needs to find a button."""
SERIOUS: Final = {"serious", "critical"}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def guest(
    home: Home, alva: Account, evening: Evening, artifacts: Path
) -> AsyncGenerator[Visitor]:
    """Sign the owner in."""
    allow_loopback()
    async with visitor(home.url, home.owner, artifacts) as guest:
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
    await guest.opens_panel(page)
    await guest.take_picture(f"panel-{page}-{size}-{theme}")
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
        if "encore-panel" in str(node["target"])
    ]
    assert faults == []


async def test_a_visit_leaves_no_line_in_activity(home: Home, guest: Visitor) -> None:
    """Whatever page it is of, and each part of the last one: only a question of somebody's is told."""
    since = datetime.now(UTC)
    for page in PAGES:
        await to_the_desk(guest, page)
    parts = await guest.page.locator("encore-manage nav button").all()
    assert len(parts) > 4
    for part in parts:
        await part.click()
        await expect(part).to_have_attribute("aria-current", "true")
        await expect(guest.page.locator("encore-manage .waiting")).to_have_count(0)
    assert await activity(home, since) == [ASKED]


@pytest.mark.parametrize("page", ["now", "insights"])
async def test_anything_is_asked_on_a_phone(guest: Visitor, page: str) -> None:
    """The answer stands there in words and as its card, until it is closed; what is not understood gets help."""
    await guest.page.set_viewport_size(SIZES["phone"])
    await guest.opens_panel(page)
    field = guest.page.get_by_label("Ask anything")
    answer = guest.page.locator("encore-ask-field section")
    await field.fill("my top artists this year")
    await field.press("Enter")
    await expect(answer.locator(".words p")).to_contain_text("this year")
    await expect(answer.locator("encore-top-face li").first).to_be_visible()
    await guest.take_picture(f"panel-ask-{page}")
    await field.fill("how long does an egg take")
    await field.press("Enter")
    await expect(answer.locator(".words p")).to_contain_text("You can ask")
    await expect(answer.locator("encore-top-face")).to_have_count(0)
    await answer.get_by_role("button", name="Close").click()
    await expect(answer).to_have_count(0)


async def test_filters_go_into_the_address_and_along(guest: Visitor) -> None:
    """A page can be kept with what it shows; the next page shows the same listener's."""
    await to_the_desk(guest, "insights?time_range=last_year&listener=Alva")
    filters = guest.page.locator("encore-filter-bar select")
    await expect(filters.nth(0)).to_have_value("last_year")
    await expect(filters.nth(1)).to_have_value("Alva")
    await filters.nth(3).select_option("music")
    await expect(guest.page).to_have_url(re.compile("kind=music"))
    pages = guest.page.get_by_role("navigation", name="Pages")
    await pages.get_by_role("link", name="History").click()
    await expect(guest.page).to_have_url(
        re.compile(r"/encore/history\?.*listener=Alva.*kind=music")
    )
    await guest.page.go_back()
    await expect(guest.page.locator("encore-insights")).to_be_visible()
    await expect(filters.nth(3)).to_have_value("music")


async def test_a_line_of_insights_reports_more_and_a_picture_is_a_file(
    guest: Visitor,
) -> None:
    """What is chosen is looked up; what is drawn is there as a table and CSV, and leads to its days."""
    await to_the_desk(guest, "insights?time_range=all_time")
    page = guest.page
    artists = page.locator("encore-insights-top").first
    chosen = artists.locator("button.row").first
    name = await chosen.locator(".what div").first.inner_text()
    await chosen.click()
    reported = page.locator("encore-insights-thing")
    await expect(reported.get_by_role("heading", name=name)).to_be_visible()
    await expect(reported).to_contain_text("First played")
    await page.keyboard.press("Escape")
    await expect(reported).to_have_count(0)

    timeline = page.locator("encore-insights-timeline")
    await timeline.locator("select").select_option("year")
    await expect(page).to_have_url(re.compile("step=year"))
    await timeline.get_by_role("button", name="Show as table").click()
    rows = timeline.locator("tbody tr")
    await expect(rows.first.locator("td").first).to_have_text(
        re.compile(r"^\s*\d{4}\s*$")
    )
    shown = await rows.count()
    async with page.expect_download() as saved:
        await timeline.get_by_role("button", name="Download CSV").click()
    file = await (await saved.value).path()
    lines = file.read_text("utf-8-sig").splitlines()
    assert lines[0] == "Year,Plays,Minutes"
    assert len(lines) == shown + 1


async def test_a_year_is_saved_as_one_picture(guest: Visitor) -> None:
    """It is painted in the browser, as large as it is shared."""
    await to_the_desk(guest, "year")
    page = guest.page
    years = page.locator("encore-year .years button")
    await years.last.click()
    first = await years.last.inner_text()
    await expect(page).to_have_url(re.compile(f"year={first.strip()}"))
    await page.get_by_role("button", name="Share image").click()
    save = page.get_by_role("button", name="Save", exact=True)
    await expect(save).to_be_enabled()
    async with page.expect_download() as saved:
        await save.click()
    painted = await (await saved.value).path()
    content = painted.read_bytes()
    assert is_a_picture(painted)
    width, height = struct.unpack(">II", content[16:24])
    assert (width, height) == (1080, 1350)
    await page.keyboard.press("Escape")


async def test_an_export_is_dropped_given_up_and_sent_again(
    home: Home, guest: Visitor, alva: Account
) -> None:
    """It can be given up on its way; whole, it is imported, and told what became of its rows."""
    await to_the_desk(guest, "import")
    page = guest.page
    chooser = page.locator("encore-import input[type=file]")

    async def break_off(route: Route) -> None:
        await route.abort()

    async with export_of(home.truth, "alva", home.home_assistant.media) as export:
        pieces = re.compile(r"/api/encore/uploads/.*offset=")
        await page.route(pieces, break_off)
        await chooser.set_input_files(export.path)
        await page.get_by_role("button", name="Cancel", exact=True).click()
        await expect(page.get_by_text("Uploading")).to_have_count(0)
        await page.unroute_all(behavior="wait")

        await chooser.set_input_files(export.path)
        report = page.locator("encore-import details").first
        await expect(report).to_contain_text(f"{export.path.name} Done")
        await report.locator("summary").click()
        # It was imported before: every row is known.
        known = report.locator("dl div", has_text="Duplicates").locator("dd")
        rows = report.locator("dl div", has_text="Rows").locator("dd")
        await expect(known).not_to_have_text("0")
        assert is_a_picture(await guest.take_picture("panel-import-report"))
        assert await rows.inner_text() == f"{alva.imported['rows']:,}"


@pytest.mark.parametrize("page", ["import", "manage?section=work"])
async def test_an_import_is_followed_and_stopped(
    home: Home, guest: Visitor, alva: Account, page: str
) -> None:
    """How far it is changes while one looks, and the button Cancel ends it."""
    await to_the_desk(guest, page)
    shown = guest.page.locator("encore-panel")
    async with export_of(home.truth, "alva", home.home_assistant.media) as export:
        await asyncio.to_thread(lengthen, export.path, rows=alva.imported["rows"])
        importing = asyncio.create_task(
            import_past(home.api, alva.entry["entry_id"], export)
        )
        try:
            stop = guest.page.get_by_role("button", name="Cancel", exact=True)
            # Other work may be under way, too.
            mine = shown.locator(".going, tr", has=stop, has_text=export.path.name)
            progress = mine.locator("progress")
            await expect(progress).not_to_have_attribute("value", "0")
            await mine.get_by_role("button", name="Cancel", exact=True).click()
            assert (await importing)["cancelled"]
        finally:
            importing.cancel()
    await expect(shown.get_by_text(re.compile(r"\bCanceled\b")).first).to_be_visible()
    await expect(mine).to_have_count(0)


def lengthen(export: Path, *, rows: int) -> None:
    """Put what an export holds into it again and again: nothing of it is new, and to read it takes a while."""
    with zipfile.ZipFile(export) as zipped:
        parts = {
            name: zipped.read(name)
            for name in zipped.namelist()
            if Path(name).name.startswith("Streaming_History_Audio")
        }
    with zipfile.ZipFile(
        export, "a", compression=zipfile.ZIP_DEFLATED, compresslevel=1
    ) as zipped:
        for number in range(LONG_ROWS // rows):
            for name, content in parts.items():
                zipped.writestr(name.replace(".json", f"_{number}.json"), content)


async def test_what_was_not_understood_is_listed_and_cleared(
    home: Home, guest: Visitor
) -> None:
    """The button empties the list."""
    sentence = "What did we hear about the election?"
    await asked(home, sentence)
    await to_the_desk(guest, "manage?section=sentences")
    page = guest.page.locator("encore-manage-sentences")
    await expect(page.get_by_text(sentence).first).to_be_visible()
    await page.get_by_role("button", name="Clear list").click()
    await guest.sees("List cleared.")
    await expect(page).to_contain_text("No unrecognized requests")


async def test_rooms_without_recording_are_listed_and_recorded_again(
    home: Home, guest: Visitor
) -> None:
    """Each with whose plays are meant, until when, and a button that resumes it."""
    pause = {"room": "Bath", "until": "tomorrow"}
    await home.api.act("encore.pause_recording", pause)
    await to_the_desk(guest, "manage?section=work")
    page = guest.page.locator("encore-manage-work")
    paused = page.locator("section", has_text="Rooms without recording")
    room = paused.locator("tbody tr", has_text="Bath")
    await expect(room).to_contain_text("Everyone")
    await room.get_by_role("button", name="Resume recording").click()
    await expect(paused).to_have_count(0)


async def test_what_is_no_export_says_so(guest: Visitor, tmp_path: Path) -> None:
    """In words that name the file; nothing is sent."""
    await to_the_desk(guest, "import")
    other = tmp_path / "holiday.jpg"
    other.write_bytes(b"not a ZIP")
    chooser = guest.page.locator("encore-import input[type=file]")
    await chooser.set_input_files(other)
    await guest.sees("holiday.jpg isn’t a ZIP file")


async def to_the_desk(guest: Visitor, page: str) -> None:
    """Open a page of the panel on a big screen."""
    await guest.page.emulate_media(color_scheme="light")
    await guest.page.set_viewport_size(SIZES["desk"])
    await guest.opens_panel(page)


def test_no_page_complained(guest: Visitor) -> None:
    """The browser's console holds no error that names Encore."""
    assert [said for said in guest.complaints if "encore" in said.casefold()] == []
