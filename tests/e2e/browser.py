"""The owner of the house in a headless Chromium."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
import re
import shutil

from playwright.async_api import (
    Browser,
    Page,
    ViewportSize,
    WebSocketRoute,
    async_playwright,
    expect,
)

from demo.onboarding import Owner

from .waiting import until

NOT_FOUND = "~NOTFOUND"
ARGUMENTS = (
    # Containers run as root and have no GPU; and no page may lead off this machine.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP * {NOT_FOUND}, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
VIEWPORT: ViewportSize = {"width": 1600, "height": 760}
"""Wide enough for three columns, so that the dialog of Assist leaves the players in view."""
SLOW_MS = 120_000
"""A page of Home Assistant may take that long to draw on a busy machine."""


class Visitor:
    """Someone with Home Assistant open in a browser, signed in."""

    def __init__(self, page: Page, url: str, pictures: Path) -> None:
        """Take a page, Home Assistant's address and the folder for pictures."""
        self.page = page
        self.complaints: list[str] = []
        self.url = url
        self._pictures = pictures
        page.on(
            "console",
            lambda said: (
                self.complaints.append(said.text) if said.type == "error" else None
            ),
        )

    async def sign_in(self, owner: Owner) -> None:
        """Sign in through the login page."""
        await self.page.goto(self.url, wait_until="domcontentloaded")
        await self.page.locator("input[name=username]").fill(owner.username)
        await self.page.locator("input[name=password]").fill(owner.password)
        await self.page.keyboard.press("Enter")
        await self.page.locator("home-assistant-main").wait_for(state="attached")

    async def open(self, path: str, *, shows: str) -> None:
        """Open a page of Home Assistant and wait until it shows a text."""
        await self.page.goto(f"{self.url}{path}", wait_until="domcontentloaded")
        await self.sees(shows)

    async def sees(self, text: str) -> None:
        """Wait until the page shows a text."""
        await expect(self.page.get_by_text(text).first).to_be_visible()

    async def hears_late(self, seconds: float) -> None:
        """Let what Home Assistant tells a page that is opened from now on arrive later, in its order."""
        loop = asyncio.get_running_loop()

        def connect(page: WebSocketRoute) -> None:
            def later(message: str | bytes) -> None:
                loop.call_later(seconds, page.send, message)

            page.connect_to_server().on_message(later)

        await self.page.route_web_socket(re.compile("/api/websocket"), connect)

    async def opens_panel(self, page: str) -> None:
        """Open a page of the panel, such as `history?listener=Ben`, and wait until nothing in view is on its way."""
        await self.page.goto(f"{self.url}/encore/{page}", wait_until="domcontentloaded")
        panel = self.page.locator("encore-panel")
        name = page.partition("?")[0]
        await expect(panel.locator(f"encore-{name}")).to_be_visible()
        await until(self._all_is_there, what=f"all of the page {page}")

    async def goes(self, path: str, *, shows: str | None = None) -> None:
        """Go to a page within Home Assistant, without loading it anew, and wait until nothing of Encore in view is on its way.

        `shows` is the page of the panel that is there then, where it is another.
        """
        await self.page.evaluate(
            """path => {
              history.pushState(null, "", `/${path}`);
              dispatchEvent(new CustomEvent("location-changed", {detail: {replace: false}}));
            }""",
            path,
        )
        place, _, page = path.partition("?")[0].partition("/")
        address = f"/{place}/{shows or page}"
        open_now = f'encore-panel a[aria-current][href^="{address}"]'
        here = self.page.locator(open_now if place == "encore" else "hui-view")
        await expect(here).to_be_visible()
        await until(self._all_is_there, what=f"all of {path}")

    async def _all_is_there(self) -> bool:
        """Whether nothing in view stands for what is on its way; what is further down is asked for when it comes near."""
        waiting = self.page.locator("encore-panel .waiting, hui-view .waiting")
        in_view = await waiting.evaluate_all(
            "waiting => waiting.some(each => each.getBoundingClientRect().top < innerHeight)"
        )
        return not in_view

    async def sees_cover(self) -> None:
        """Wait until a player shows the cover of what it plays."""
        cover = self.page.locator("hui-media-control-card .image").first
        await expect(cover).to_have_css(
            "background-image", re.compile("media_player_proxy")
        )

    async def ask(self, question: str) -> str:
        """Ask Assist in its dialog; return what it answers."""
        dialog = self.page.locator("ha-voice-command-dialog")
        if not await dialog.locator("input").first.is_visible():
            await self.page.keyboard.press("a")
            await expect(dialog.locator(".message.hass")).to_have_count(1)
        answers = dialog.locator(".message.hass ha-markdown-element")
        greeted = await answers.count()
        entry = dialog.locator("input").first
        await entry.fill(question)
        await entry.press("Enter")
        # The place of the answer shows dots until it comes.
        await expect(answers).to_have_count(greeted + 1)
        await expect(answers.last).to_have_text(re.compile(r"\w"))
        return await answers.last.inner_text()

    async def take_picture(self, name: str) -> Path:
        """Save what the page shows as `name`.png."""
        path = self._pictures / f"{name}.png"
        await self.page.screenshot(path=path, animations="disabled")
        return path


@asynccontextmanager
async def open_chromium(*more: str) -> AsyncGenerator[Browser]:
    """Open a headless Chromium, with more arguments."""
    chromium = shutil.which("chromium-headless-shell")
    assert chromium, "Chromium is missing: script/setup --browser installs it"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium, headless=True, args=[*ARGUMENTS, *more]
        )
        yield browser
        await browser.close()


@asynccontextmanager
async def visitor(url: str, owner: Owner, pictures: Path) -> AsyncGenerator[Visitor]:
    """Open Home Assistant in a headless Chromium and sign its owner in."""
    async with open_chromium() as browser:
        page = await browser.new_page(
            viewport=VIEWPORT,
            device_scale_factor=1,
            locale="en-GB",
            timezone_id="Europe/Amsterdam",
        )
        page.set_default_timeout(SLOW_MS)
        expect.set_options(timeout=SLOW_MS)
        someone = Visitor(page, url, pictures)
        await someone.sign_in(owner)
        yield someone
