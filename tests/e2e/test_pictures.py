"""What a stranger sees: the dashboard, Encore's page and Assist, in a real browser."""

from collections.abc import AsyncGenerator
from pathlib import Path

from PIL import Image
import pytest_asyncio

from demo.dashboard import Listens, hang_up
from demo.home import Home

from .browser import Visitor, visitor
from .conftest import allow_loopback
from .evening import Account, Evening, asked
from .waiting import until

QUESTION = "What did I listen to in the last hour?"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def guest(
    home: Home, alva: Account, evening: Evening, artifacts: Path
) -> AsyncGenerator[Visitor]:
    """Sign the owner in, to a home with the demo's dashboard."""
    allow_loopback()
    await hang_up(home.api, [Listens("Alva", "person.alva", alva.player)], [QUESTION])
    async with visitor(home.url, home.owner, artifacts) as guest:
        yield guest


async def test_the_dashboard_shows_the_player(guest: Visitor, evening: Evening) -> None:
    """The first page has Alva's player with the track that is on, and its cover."""
    await guest.open("/", shows="Ask Encore")
    await guest.sees(evening.second["title"])
    await guest.sees_cover()
    assert is_a_picture(await guest.take_picture("dashboard"))


async def test_assist_answers_in_its_dialog(
    home: Home, guest: Visitor, evening: Evening
) -> None:
    """A question typed into the Assist dialog is answered there as everywhere; the walk says that it is right."""

    async def answers() -> bool:
        """Compare the two: the hour goes on meanwhile, so that they may differ by a play."""
        there = await guest.ask(QUESTION)
        return there.split() == (await asked(home, QUESTION)).split()

    await until(answers, what="Assist's answer in its dialog")
    assert is_a_picture(await guest.take_picture("assist"))


async def test_the_integration_page_lists_the_account(
    guest: Visitor, alva: Account
) -> None:
    """Encore's page shows the account and the history under its name."""
    await guest.open("/config/integrations/integration/encore", shows="Encore")
    await guest.sees(alva.entry["title"])
    await guest.sees("Listening history")
    assert is_a_picture(await guest.take_picture("integration"))


def test_no_page_complained_about_encore(guest: Visitor) -> None:
    """The browser's console holds no error that names Encore."""
    assert [said for said in guest.complaints if "encore" in said.casefold()] == []


def is_a_picture(path: Path) -> bool:
    """Whether a file is a picture of something: a page that stayed white has a handful of colours."""
    with Image.open(path) as picture:
        colours = picture.convert("RGB").getcolors(maxcolors=1 << 24)
    return colours is not None and len(colours) > 200
