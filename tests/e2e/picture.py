"""Take the README's pictures of a running demo.

python -m tests.e2e.picture [http://127.0.0.1:8123] [docs/images]
"""

import asyncio
from pathlib import Path
import sys

from PIL import Image

from demo.onboarding import Owner
from demo.show import QUESTIONS

from .browser import visitor

PAGES = {
    "now": "now",
    "history": "history",
    "insights": "insights?window=this_year",
    "year": "year",
}
COLOURS = 256
"""Enough for a page, and a third of the bytes."""


async def main(url: str, folder: Path) -> None:
    """Save the dashboard with Assist's answers to two questions, and pages of the panel."""
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
