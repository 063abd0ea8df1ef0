"""Pages and cards of an odd house: nothing heard yet, one play, ten years with a hole and odd titles; and who may not see it all."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
import os
from pathlib import Path
import re
from typing import Final
from zipfile import ZIP_STORED, ZipFile

from playwright.async_api import Route, expect
import pytest
import pytest_asyncio

from .browser import Visitor, visitor
from .conftest import allow_loopback
from .layout import faults_of_layout, pictures_of_markup, told_by
from .log import complaints
from .odd_home import (
    CARDS,
    DASHBOARD,
    FIRST,
    MARKUP,
    ODD,
    REFUSED,
    SECRET,
    VIEWER,
    OddHouse,
    export_with,
    odd_home,
    row,
    ten_years,
)
from .test_panel import SIZES

LOOKS: Final = (("desk", "light"), ("phone", "dark"))
MORE_LOOKS: Final = (*LOOKS, ("desk", "dark"), ("phone", "light"))
PAGES: Final = {
    "now": "encore/now",
    "history": "encore/history",
    "insights": "encore/insights?time_range=all_time",
    "year": "encore/year",
    "import": "encore/import",
    "manage": "encore/manage",
    "cards": f"{DASHBOARD}/cards",
}
SHOWS: Final = {
    "nothing yet": {
        "now": "No plays yet",
        "history": "No plays yet",
        "insights": "No plays found",
        "year": "No plays yet",
        "import": "No imports yet",
        "manage": "Alva",
        "cards": "No plays in this time period",
    },
    "one play": {
        "now": FIRST,
        "history": FIRST,
        "insights": FIRST,
        "year": FIRST,
        "import": "my_spotify_data_odd.zip",
        "manage": "Alva",
        "cards": FIRST,
    },
    "ten years": {
        "now": MARKUP,
        "history": MARKUP,
        "insights": MARKUP,
        "year": MARKUP,
        "import": "my_spotify_data_odd.zip",
        "manage": "Alva",
        "cards": MARKUP,
    },
}
"""What each page shows of a home at each stage."""
NOT_ALLOWED: Final = "not allowed to tell you that"
PIECE_BYTES: Final = 8 * 1024**2


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def odd(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[OddHouse]:
    """Run a home of its own."""
    allow_loopback()
    async with odd_home(tmp_path_factory.mktemp("odd")) as odd:
        yield odd


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def guest(odd: OddHouse, artifacts: Path) -> AsyncGenerator[Visitor]:
    """Sign its owner in."""
    allow_loopback()
    async with visitor(odd.home.url, odd.home.owner, artifacts) as guest:
        await guest.opens_panel("now")
        yield guest


@pytest_asyncio.fixture(scope="module", loop_scope="session", params=SHOWS)
async def stage(odd: OddHouse, request: pytest.FixtureRequest) -> str:
    """Let the home hear what belongs to a stage, which comes after those before it."""
    allow_loopback()
    now = datetime.now(UTC)
    stage: str = request.param
    if stage == "one play":
        await odd.hears([row(FIRST, now - timedelta(minutes=5))])
    elif stage == "ten years":
        await odd.hears(ten_years(now))
    return stage


@pytest.mark.parametrize("page", PAGES)
async def test_each_page_looks_right_at_each_stage(
    guest: Visitor, stage: str, page: str
) -> None:
    """It shows what there is; nothing is too wide, no text lies over another, no title is taken for HTML; pictures are kept."""
    looks = MORE_LOOKS if stage == "ten years" else LOOKS
    for size, theme in looks:
        await guest.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        await guest.page.set_viewport_size(SIZES[size])
        await guest.goes(PAGES[page])
        shown = guest.page.locator("encore-panel, hui-view").get_by_text(
            SHOWS[stage][page]
        )
        await expect(shown.first).to_be_visible()
        name = f"odd-{stage.replace(' ', '-')}-{page}-{size}-{theme}"
        await guest.take_picture(name)
        assert await faults_of_layout(guest.page) == [], name
    assert await pictures_of_markup(guest.page) == []
    assert await guest.page.title() != "taken"


async def test_the_page_that_is_open_is_in_view_on_a_phone(guest: Visitor) -> None:
    """All six do not fit beside each other there."""
    await guest.page.set_viewport_size(SIZES["phone"])
    await guest.goes(PAGES["manage"])
    current = guest.page.locator("encore-panel nav a[aria-current]")
    await expect(current).to_have_text("Manage")
    # Playwright's own check waits for a frame, which a page that is not drawn never gets.
    await guest.page.wait_for_function(
        """link => {
          const { left, right } = link.getBoundingClientRect();
          return left >= 0 && right <= window.innerWidth;
        }""",
        arg=await current.element_handle(),
        polling=200,
    )


async def test_an_upload_goes_on_after_a_lost_connection(
    odd: OddHouse, guest: Visitor, tmp_path: Path
) -> None:
    """From where it came to: no piece that has come is sent twice, and all of it is imported."""
    await guest.page.set_viewport_size(SIZES["desk"])
    await guest.goes(PAGES["import"])
    played = row("After the break", datetime.now(UTC) - timedelta(minutes=1))
    path = export_with([played], tmp_path / "broken_off.zip")
    with ZipFile(path, "a", ZIP_STORED) as export:
        # Spotify's ReadMe, larger than it is, so that one piece does not hold it all.
        export.writestr(
            "Spotify Extended Streaming History/ReadMeFirst.pdf",
            os.urandom(PIECE_BYTES),
        )
    sent: list[str] = []

    async def lose_the_second(route: Route) -> None:
        sent.append(route.request.url.partition("offset=")[2])
        if len(sent) == 2:
            await route.abort("internetdisconnected")
        else:
            await route.continue_()

    await guest.page.route(
        re.compile(r"/api/encore/uploads/.*offset="), lose_the_second
    )
    chooser = guest.page.locator("encore-import input[type=file]")
    await chooser.set_input_files(path)
    report = guest.page.locator("encore-import details").first
    await expect(report).to_contain_text(f"{path.name} Done")
    await guest.page.unroute_all(behavior="wait")
    assert sent == ["0", str(PIECE_BYTES), str(PIECE_BYTES)]
    answer = await odd.home.api.act(
        "encore.get_plays", {"time_range": "all_time", "limit": 1}, answer=True
    )
    assert answer["plays"][0]["title"] == "After the break"


async def test_who_is_no_administrator_sees_what_is_shared_and_nothing_else(
    odd: OddHouse, artifacts: Path
) -> None:
    """Neither what a private listener heard, nor that there is one; nor what administrators manage."""
    async with visitor(odd.home.url, VIEWER, artifacts) as viewer:
        await viewer.page.set_viewport_size(SIZES["desk"])
        await viewer.opens_panel("now")
        links = viewer.page.get_by_role("navigation", name="Pages").get_by_role("link")
        for page in ("now", "history", "insights", "year"):
            await viewer.goes(PAGES[page])
            reported = await told_by(viewer.page)
            assert "Alva" in reported
            assert "Ben" not in reported
            assert SECRET not in reported
        await viewer.goes(PAGES["cards"])
        await expect(viewer.page.locator("hui-view ha-card")).to_have_count(len(CARDS))
        await expect(viewer.page.locator("hui-view .waiting")).to_have_count(0)
        reported = await told_by(viewer.page)
        assert "Top tracks" in reported
        assert "Ben" not in reported
        assert SECRET not in reported
        # What only administrators have is another page for everybody else.
        for page in ("import", "manage"):
            await viewer.goes(PAGES[page], shows="now")
            assert await links.all_inner_texts() == [
                "Now",
                "History",
                "Insights",
                "Year",
            ]
        await viewer.goes(PAGES["history"])
        await viewer.page.get_by_label("Search your history").fill(SECRET)
        await viewer.sees("No results")
        await viewer.take_picture("odd-viewer")
        assert of_encore(viewer) == []


async def test_who_may_not_ask_gets_an_error(odd: OddHouse, artifacts: Path) -> None:
    """On each page and each card, in place of what they would show: nothing stays on its way, and nothing looks empty."""
    async with visitor(odd.home.url, REFUSED, artifacts) as refused:
        await refused.page.set_viewport_size(SIZES["phone"])
        await refused.open("/encore", shows=NOT_ALLOWED)
        for page in ("now", "history", "insights", "year"):
            await refused.goes(PAGES[page])
            panel = refused.page.locator("encore-panel")
            await expect(panel.get_by_text(NOT_ALLOWED)).to_have_count(1)
            reported = await told_by(refused.page)
            assert not any(title in reported for title in (*ODD, "Alva", "Ben"))
        await refused.take_picture("odd-refused-page")
        await refused.page.set_viewport_size(SIZES["desk"])
        await refused.goes(PAGES["cards"])
        cards = refused.page.locator("hui-view").get_by_text(NOT_ALLOWED)
        await expect(cards).to_have_count(len(CARDS))
        assert await faults_of_layout(refused.page) == []
        await refused.take_picture("odd-refused-cards")
        assert of_encore(refused) == []


def test_no_page_complained(guest: Visitor) -> None:
    """The browser's console holds no error that names Encore."""
    assert of_encore(guest) == []


def test_the_log_complained_of_nothing(odd: OddHouse) -> None:
    """Odd titles, a private listener and somebody who may not ask are nothing to warn of."""
    log = odd.home.home_assistant.process.log
    assert [record.text for record in complaints(log)] == []


def of_encore(visitor: Visitor) -> list[str]:
    """Return the errors in a browser's console that name Encore."""
    return [said for said in visitor.complaints if "encore" in said.casefold()]
