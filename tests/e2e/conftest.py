"""What the end-to-end tests share: one house for the whole run, and where its pictures go."""

from collections.abc import AsyncGenerator
import os
from pathlib import Path
import shutil

import pytest
import pytest_asyncio
import pytest_socket

from demo.home import Home
from demo.link import belongs_to, link, register_app
from demo.past import export_of, import_past
from demo.ports import any_port

from .evening import Account, Evening, spend, until_loaded

HERE = Path(__file__).parent
CHAPTERS = (
    "test_walk",
    "test_pictures",
    "test_panel",
    "test_panel_plays",
    "test_cards",
    "test_restart",
    "test_log",
    "test_secrets",
    "test_models",
    "test_outage",
    "test_odd_home",
    "test_rooms_walk",
    "test_examples",
    "test_kills",
)
"""The order of the modules: what each expects of the home that all but the last four share."""
WATCH = HERE / "watch"


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker of these tests."""
    config.addinivalue_line(
        "markers", "e2e: boots a real Home Assistant; takes seconds, runs last"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark these tests, keep them in order, and let them share one event loop, which their home lives in.

    They run last, or all in one of several workers, which then begins with them because they take the longest. This
    comes before the plugin that looks which tests belong together.
    """
    items.sort(key=_chapter)
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=lambda item: not _is_e2e(item))
    for item in filter(_is_e2e, items):
        item.add_marker(pytest.mark.e2e)
        item.add_marker(pytest.mark.xdist_group("house"))
        if pytest_asyncio.is_async_test(item):
            # The first marker counts, and the plugin for asyncio has added its own.
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


def _chapter(item: pytest.Item) -> int:
    return CHAPTERS.index(item.path.stem) if _is_e2e(item) else -1


def _is_e2e(item: pytest.Item) -> bool:
    return HERE in item.path.parents


@pytest.fixture(autouse=True)
def verify_cleanup() -> None:
    """Take the place of the plugin's check for lingering tasks: the home outlives each test."""


def allow_loopback(network: str | None = None) -> None:
    """Allow connections inside the machine, which the plugin forbids before each test; `network` is where speakers are.

    A fixture that outlives tests is made before those of the test that first wants it, so it says this itself.
    """
    pytest_socket.enable_socket()
    if network:
        speakers = [f"{network}.{last}" for last in range(1, 60)]
        pytest_socket.socket_allow_hosts(
            ["127.0.0.1", *speakers], allow_unix_socket=True
        )


@pytest.fixture(autouse=True)
def loopback() -> None:
    """Let each test speak to the home."""
    allow_loopback()


@pytest.fixture(scope="session")
def artifacts() -> Path:
    """Return the folder for pictures and logs, which a failed run is understood by."""
    folder = Path(os.environ.get("ENCORE_E2E_ARTIFACTS", HERE.parent.parent / ".e2e"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def home(
    tmp_path_factory: pytest.TempPathFactory, artifacts: Path
) -> AsyncGenerator[Home]:
    """Run the demo's home, empty: simulators, and a Home Assistant that was just furnished."""
    allow_loopback()
    folder = tmp_path_factory.mktemp("house")
    async with Home(
        config=folder / "config",
        spotify=folder / "spotify",
        port=any_port(),
        simulator_port=any_port(),
        environment=watched(folder),
    ) as home:
        try:
            await home.start_simulators()
            await home.start_home_assistant(("Alva", "Ben"))
            yield home
        finally:
            log = home.home_assistant.process.log
            if log.exists():
                shutil.copy(log, artifacts / "home-assistant.log")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def alva(home: Home) -> Account:
    """Link Alva's account through the config flow, say whose it is, and import her past years."""
    allow_loopback()
    await register_app(home.api)
    entry = await link(home.api, "alva")
    await belongs_to(home.api, entry["entry_id"], "person.alva")
    await until_loaded(home)
    async with export_of(home.truth, "alva", home.home_assistant.media) as export:
        imported = await import_past(home.api, entry["entry_id"], export)
    player = await home.player_of(entry["entry_id"])
    return Account("alva", entry, player, imported, export.holds)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def evening(home: Home, alva: Account) -> Evening:
    """Play music from Home Assistant."""
    allow_loopback()
    return await spend(home, alva)


def watched(folder: Path, *, without: str | None = None) -> dict[str, str]:
    """Return the environment of a Home Assistant that notes whom it wants to reach in `folder`/reached.

    `without` is a module that it cannot import.
    """
    environment = {
        "PYTHONPATH": str(WATCH),
        "ENCORE_E2E_REACHED": str(folder / "reached"),
        # A requirement that is missing is an error here, never a download.
        "UV_OFFLINE": "1",
    }
    return (
        environment
        if without is None
        else {**environment, "ENCORE_E2E_WITHOUT": without}
    )


def reached(home: Home) -> list[str]:
    """Return whom the home wanted to reach beyond this machine."""
    noted = home.home_assistant.folder.parent / "reached"
    return noted.read_text().splitlines() if noted.exists() else []
