"""Take the README's pictures of a running demo.

python -m tests.e2e.picture [http://127.0.0.1:8123] [docs/images]
"""

import asyncio
from pathlib import Path
import sys

from PIL import Image

from demo.onboarding import Owner
from demo.show import QUESTIONS

from .browser import Visitor, visitor

PAGES = {
    "now": "now",
    "history": "history",
    "insights": "insights?time_range=this_year",
    "year": "year",
}
COLOURS = 256
"""Enough for a page, and a third of the bytes."""


async def main(url: str, folder: Path) -> None:
    """Save the dashboard with Assist's answers to two questions, pages of the panel, and the set-up."""
    async with visitor(url, Owner(), folder) as guest:
        await guest.open("/", shows="Ask Encore")
        await guest.sees_cover()
        for question in QUESTIONS[:2]:
            await guest.ask(question)
        smaller(await guest.take_picture("demo"))
        await guest.page.set_viewport_size({"width": 1360, "height": 860})
        for name, path in PAGES.items():
            await guest.opens_panel(path)
            # Covers come after the rest.
            await guest.page.wait_for_load_state("networkidle")
            smaller(await guest.take_picture(f"panel-{name}"))
        await set_up(guest)


async def set_up(guest: Visitor) -> None:
    """Save the first dialogs of the set-up."""
    page = guest.page
    await page.set_viewport_size({"width": 1000, "height": 860})
    await guest.goes("config/integrations/dashboard/add?domain=encore")
    await page.get_by_role("button", name="OK", exact=True).last.click()
    await guest.sees("What do you want to add?")
    smaller(await guest.take_picture("setup-add"))
    await page.get_by_text("Spotify account", exact=True).first.click()
    await guest.sees("Link Spotify account")
    smaller(await guest.take_picture("setup-spotify"))


def smaller(picture: Path) -> None:
    """Save a picture with fewer colours."""
    with Image.open(picture) as page:
        few = page.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(picture, optimize=True)


if __name__ == "__main__":
    values = dict(enumerate(sys.argv))
    asyncio.run(
        main(values.get(1, "http://127.0.0.1:8123"), Path(values.get(2, "docs/images")))
    )
