"""The demo house: simulators and Home Assistant, furnished, with listeners who have a past."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, Self

from simulator.spotify.people import HOME_TIME_ZONE

from .api import HomeAssistantApi
from .errors import DemoError, ProcessDied, Refused
from .home_assistant import HomeAssistantProcess
from .onboarding import Owner, furnish, onboard, sign_in
from .simulators import SPEAKERS_NETWORK, SimulatorProcess, Truth

RESTART_EXIT_CODE = 100
"""What Home Assistant ends with when it was asked to restart (homeassistant.const)."""


class Home:
    """Everything that runs, and the owner's ways in: `api` to Home Assistant, `truth` to the simulator."""

    def __init__(
        self,
        *,
        config: Path,
        spotify: Path,
        port: int,
        simulator_port: int,
        token: str | None = None,
        environment: Mapping[str, str] | None = None,
        network: str = SPEAKERS_NETWORK,
        rooms: int | None = None,
        past_days: int | None = None,
    ) -> None:
        """Take the folders of Home Assistant and of the simulators, and two free loopback ports.

        `token` is the owner's from an earlier run; `environment` is added to Home Assistant's; `network`
        is where the speakers are, the home's or those of so many `rooms`; `past_days` is how long people have
        listened, years by default.
        """
        self.owner = Owner()
        self.token = token
        self.simulators = SimulatorProcess(
            spotify,
            port=simulator_port,
            network=network,
            rooms=rooms,
            past_days=past_days,
        )
        self.home_assistant = HomeAssistantProcess(
            config,
            port=port,
            environment={**self.simulators.environment, **(environment or {})},
        )
        self.url = self.home_assistant.url
        self._open = AsyncExitStack()
        self._api: HomeAssistantApi | None = None
        self._truth: Truth | None = None

    @property
    def api(self) -> HomeAssistantApi:
        """Home Assistant's doors, as its owner; there once Home Assistant has started."""
        assert self._api is not None
        return self._api

    @property
    def truth(self) -> Truth:
        """The simulator's admin door; there once the simulators have started."""
        assert self._truth is not None
        return self._truth

    async def __aenter__(self) -> Self:
        """Start nothing yet."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop everything that was started."""
        await self.stop()

    async def start_simulators(self) -> None:
        """Start the simulators and open their admin door."""
        await self.simulators.start()
        self._truth = await self._open.enter_async_context(Truth(self.simulators.url))

    async def start_home_assistant(self, people: tuple[str, ...] = ()) -> None:
        """Start Home Assistant, sign the owner in, and furnish it the first time."""
        await self.home_assistant.start()
        first = self.token is None
        if self.token is None:
            self.token = await self._come_in()
        self._api = await self._open.enter_async_context(
            HomeAssistantApi(self.url, self.token)
        )
        await self.home_assistant.started(self._api)
        if first:
            await furnish(self._api, people, time_zone=HOME_TIME_ZONE)

    async def restart_home_assistant(self, *, kill: bool = False) -> None:
        """Stop (or kill, as a power cut would) and start Home Assistant."""
        await (self.home_assistant.kill() if kill else self.home_assistant.stop())
        await self.home_assistant.start()
        await self.home_assistant.started(self.api)

    async def stop(self) -> None:
        """Stop Home Assistant, then the simulators; only what this home started."""
        await self._open.aclose()
        await self.home_assistant.stop()
        await self.simulators.stop()

    async def watch(self, restarted: Callable[[], None]) -> None:
        """Return never: start Home Assistant again when it was asked to restart, and call back then.

        Raises ProcessDied when a process ends by itself.
        """
        while True:
            home_assistant, simulators = (
                self.home_assistant.process,
                self.simulators.process,
            )
            waits = [
                asyncio.create_task(one.ended()) for one in (home_assistant, simulators)
            ]
            try:
                await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for wait in waits:
                    wait.cancel()
            ended = home_assistant if simulators.running else simulators
            if ended.exit_code != RESTART_EXIT_CODE:
                raise ProcessDied(f"{ended.name} ended by itself. {ended.last_words()}")
            await self.home_assistant.start()
            restarted()

    async def player_of(self, entry_id: str) -> str:
        """Return the entity id of an account's media player. Raises DemoError where there is none."""
        if (player := await self.shown_player_of(entry_id)) is None:
            raise DemoError(f"The account {entry_id} has no media player")
        return player

    async def shown_player_of(self, entry_id: str) -> str | None:
        """Return the entity id of an account's media player; None for one that the household does not share."""
        entities: list[dict[str, Any]] = await self.api.command(
            "config/entity_registry/list"
        )
        for entity in entities:
            if entity["config_entry_id"] == entry_id and entity["entity_id"].startswith(
                "media_player."
            ):
                return str(entity["entity_id"])
        return None

    async def _come_in(self) -> str:
        """Return a token for the owner, who is created in a fresh Home Assistant."""
        try:
            return await onboard(self.url, self.owner)
        except Refused as refused:
            if refused.status not in (403, 404):
                raise
        # An earlier run was interrupted between making the owner and keeping the token.
        return await sign_in(self.url, self.owner)
