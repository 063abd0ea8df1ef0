"""The release ZIP in a bare Home Assistant: nothing installed but what it and the manifest ask for."""

import asyncio
import hashlib
from pathlib import Path
import subprocess
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from demo.api import HomeAssistantApi
from demo.assistants import let_encore_answer
from demo.errors import DemoError
from demo.home_assistant import HomeAssistantProcess
from demo.link import DOMAIN, belongs_to, link, register_app, settled
from demo.onboarding import Owner, onboard
from demo.ports import free_port
from demo.simulators import SimulatorProcess

from .release import ROOT
from .release_errors import ReleaseError
from .release_requirements import manifest_requirements
from .uv import PYTHON, UvError, constraints, make_environment, uv

ENVIRONMENT = ROOT / ".setup" / "bare"
PASSED = ROOT / ".setup" / "bare-passed"
"""Holds the digest of what last passed, so that the same is not tried twice."""
DECIDES = (
    "requirements.txt",
    "script/bare_house.py",
    "script/house_requirements.py",
    "demo/*.py",
)
"""What decides on the outcome, beside the ZIP."""

CONFIGURATION = "assist_pipeline:\nconversation:\n"
"""As bare as it gets, with a voice assistant."""
FIRST_QUESTION = "What did I listen to in the last 24 hours?"
ANSWERS_IN_S = 30
"""The recent plays of an account come with its first sync."""


def check_bare_house(archive: Path) -> None:
    """Raise `ReleaseError` unless the ZIP sets up with its requirements only, links an account and answers by voice.

    Spotify is played by the simulator, which runs outside of the bare environment.
    """
    digest = _digest(archive)
    if PASSED.exists() and PASSED.read_text() == digest:
        return
    try:
        python = install()
        with TemporaryDirectory(prefix="encore-bare-") as folder:
            asyncio.run(set_up(archive, python, Path(folder)))
    except (DemoError, UvError) as err:
        raise ReleaseError(f"In a bare Home Assistant: {err}") from err
    PASSED.write_text(digest)


def install() -> Path:
    """Make the bare environment; return its Python."""
    house = subprocess.run(
        [PYTHON, ROOT / "script" / "house_requirements.py", "bare"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    python = make_environment(ENVIRONMENT)
    uv(
        *("pip", "install", "--quiet", "--compile-bytecode", "--python", python),
        # The versions that all else is tested with.
        *("--constraints", constraints(PYTHON)),
        *("--constraints", ROOT / "requirements.txt"),
        *("homeassistant", *house, *manifest_requirements()),
    )
    return python


async def set_up(archive: Path, python: Path, folder: Path) -> None:
    """Unpack the ZIP into a new Home Assistant and link an account; raise `ReleaseError` when that fails."""
    config = folder / "config"
    integration = config / "custom_components" / DOMAIN
    ZipFile(archive).extractall(integration)
    (config / "configuration.yaml").write_text(CONFIGURATION)
    spotify = SimulatorProcess(folder / "spotify", port=free_port(19290))
    home_assistant = HomeAssistantProcess(
        config,
        port=free_port(18323),
        # What is missing shall be missed, not downloaded.
        environment={**spotify.environment, "UV_OFFLINE": "1"},
        python=python,
    )
    try:
        await spotify.start()
        await home_assistant.start()
        token = await onboard(home_assistant.url, Owner())
        async with HomeAssistantApi(home_assistant.url, token) as api:
            await home_assistant.started(api)
            await register_app(api)
            account = await link(api, "alva")
            await belongs_to(api, account["entry_id"], "person.alva")
            states = await settled(api)
            await let_encore_answer(api)
            answer = await first_answer(api)
    finally:
        await home_assistant.stop()
        await spotify.stop()
    said = [line for line in home_assistant.log.read_text().splitlines() if _bad(line)]
    if said or len(states) != 2 or set(states.values()) != {"loaded"}:
        raise ReleaseError(
            "\n".join([f"The ZIP does not set up in a bare house: {states}", *said])
        )
    if not answer.startswith("You played"):
        raise ReleaseError(f"The first question was answered with: {answer}")


async def first_answer(api: HomeAssistantApi) -> str:
    """Ask the voice assistant what a new user asks first, until the account's recent plays are there; return what it says."""
    known = await api.command("assist_pipeline/pipeline/list")
    (assistant,) = known["pipelines"]
    said = ""
    for _ in range(ANSWERS_IN_S):
        heard = await api.command(
            "conversation/process",
            text=FIRST_QUESTION,
            language="en",
            agent_id=assistant["conversation_engine"],
        )
        said = heard["response"]["speech"]["plain"]["speech"]
        if said.startswith("You played"):
            break
        await asyncio.sleep(1)
    return said


def _bad(line: str) -> bool:
    """Whether a line of the log speaks of a failure that concerns the integration."""
    standing_notice = "which has not been tested by Home Assistant" in line
    failure = " ERROR " in line or " WARNING " in line
    return failure and DOMAIN in line and not standing_notice


def _digest(archive: Path) -> str:
    sources = sorted(path for pattern in DECIDES for path in ROOT.glob(pattern))
    digest = hashlib.sha256()
    for path in (archive, *sources):
        digest.update(path.read_bytes())
    return digest.hexdigest()
