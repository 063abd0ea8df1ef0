"""Take the README's picture of a running demo.

python -m tests.e2e.picture [http://127.0.0.1:8123] [docs/images/demo.png]
"""

import asyncio
from pathlib import Path
import sys

from demo.onboarding import Owner
from demo.show import QUESTIONS

from .browser import visitor


async def main(url: str, picture: Path) -> None:
    """Open the dashboard, ask Assist two questions, and save what the page shows."""
    picture.parent.mkdir(parents=True, exist_ok=True)
    async with visitor(url, Owner(), picture.parent) as guest:
        await guest.open("/", shows="Ask the house")
        await guest.sees_cover()
        for question in QUESTIONS[:2]:
            await guest.ask(question)
        await guest.take_picture(picture.stem)


if __name__ == "__main__":
    given = dict(enumerate(sys.argv))
    asyncio.run(
        main(
            given.get(1, "http://127.0.0.1:8123"),
            Path(given.get(2, "docs/images/demo.png")),
        )
    )
