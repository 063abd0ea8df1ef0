"""The house of the simulated day: a real Home Assistant in this process, with accounts that are linked to a simulated Spotify."""

import asyncio
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import copy_context
import os
from pathlib import Path
import time
from types import MappingProxyType
from typing import Any, Final, final
from unittest.mock import patch

import custom_components.encore as integration
from custom_components.encore.access.policy import async_caller
from custom_components.encore.const import (
    ACCESS_CONTROL,
    ACCESS_HISTORY,
    DOMAIN,
    ENV_ACCOUNTS_URL,
    ENV_API_URL,
    KIND_SPOTIFY,
)
from custom_components.encore.dispatch.caller_context import async_query_context
from custom_components.encore.history.model import Observation, Play, Window
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.history.records.recording_coverage import Unrecorded
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from custom_components.encore.spotify.account import SpotifyAccount
from custom_components.encore.spotify.auth.scopes import SCOPES
from custom_components.encore.spotify.auth.token import authorized_token
from custom_components.encore.spotify.auth.token_encryption import (
    async_get_token_encryption,
)
from custom_components.encore.spotify.tracking.usual_hours import UsualHours
from homeassistant import bootstrap, loader
from homeassistant.auth import auth_manager_from_config
from homeassistant.components.application_credentials import (
    ClientCredential,
    async_import_client_credential,
)
from homeassistant.components.http.server import HomeAssistantHTTP
from homeassistant.config_entries import (
    SOURCE_REAUTH,
    SOURCE_USER,
    ConfigEntries,
    ConfigEntry,
)
from homeassistant.core import Context, CoreState, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.recorder import async_initialize_recorder
from homeassistant.setup import async_setup_component
from simulator.spotify import DEMO_CLIENT_ID, SpotifySimulator

from ._day_time import PROCESS, VirtualTimeLoop

_EVER: Final = Window(0, 2**53)
_ASKED_AGAIN: Final = 5_000


@contextmanager
def pointed_at(spotify: SpotifySimulator) -> Iterator[None]:
    """Let Encore take the simulator for Spotify."""
    addresses = {ENV_ACCOUNTS_URL: spotify.url, ENV_API_URL: f"{spotify.url}/v1/"}
    with patch.dict(os.environ, addresses):
        yield


@final
class Home:
    """Home Assistant on a config folder that outlives it: stopped and started again it is the same home."""

    def __init__(
        self,
        folder: Path,
        spotify: SpotifySimulator,
        domain: str = DOMAIN,
        *,
        beside: Sequence[str] = (),
    ) -> None:
        """Prepare a home with the integration `domain`, what that needs, and the integrations `beside` it, set up before it."""
        self._folder = folder
        self._spotify = spotify
        self._domain = domain
        self._beside = beside
        self._hass: HomeAssistant | None = None
        self._context = copy_context()
        self._people: tuple[str, ...] = ()

    @property
    def hass(self) -> HomeAssistant:
        """Home Assistant, which runs."""
        assert self._hass is not None
        return self._hass

    async def start(self) -> None:
        """Start, with all entries that there were."""
        self._context = copy_context()
        self._context.run(PROCESS.set, object())
        await self._inside(self._start())

    async def stop(self) -> None:
        """Stop as Home Assistant does when it is told to; nothing of it goes on afterwards."""
        await self._inside(self.hass.async_stop(force=True))
        self._hass = None
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualTimeLoop)
        await loop.end(self._context[PROCESS])

    async def _inside[T](self, work: Coroutine[Any, Any, T]) -> T:
        """Do something as a part of Home Assistant, so that all that comes of it ends with it."""
        return await asyncio.create_task(work, context=self._context)

    async def _start(self) -> None:
        # Imported before: Home Assistant looks for it where it was found.
        assert integration.__name__ == "custom_components.encore"
        hass = self._hass = HomeAssistant(str(self._folder))
        loader.async_setup(hass)
        hass.config.skip_pip = True
        hass.config.location_name = "The house of the day"
        hass.config_entries = ConfigEntries(hass, {})
        await loader.async_get_custom_components(hass)
        assert await bootstrap.async_load_base_functionality(hass)
        async_initialize_recorder(hass)
        hass.auth = await auth_manager_from_config(hass, [], [])
        # As if started: the web server, which nobody needs here, serves only when that is announced. It would take
        # its port already now, which a home that really runs on this machine may have.
        hass.set_state(CoreState.running)
        with patch.object(HomeAssistantHTTP, "async_bind"):
            assert await async_setup_component(hass, "http", {})
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualTimeLoop)
        for domain in ("homeassistant", "persistent_notification", *self._beside):
            with loop.held():
                assert await async_setup_component(hass, domain, {})
        assert await async_setup_component(hass, "application_credentials", {})
        await async_import_client_credential(
            hass,
            self._domain,
            ClientCredential(DEMO_CLIENT_ID, "", "The day's app"),
            self._domain,
        )
        assert await async_setup_component(hass, self._domain, {})
        await hass.async_block_till_done()

    async def link(
        self, people: Sequence[str], options: Mapping[str, Any] | None = None
    ) -> None:
        """Link accounts of Encore that were authorized just now, with some options, and set them up."""
        self._people = (*people,)
        for person in people:
            who = self._spotify.world.people[person]
            access = ACCESS_CONTROL if who.premium else ACCESS_HISTORY
            await self.add(
                f"spotify:{who.account_id}",
                who.display_name,
                {
                    "kind": KIND_SPOTIFY,
                    "auth_implementation": DOMAIN,
                    "token": await self._token(person, access),
                    "account_id": who.account_id,
                    "display_name": who.display_name,
                    "access": access,
                },
                options,
            )

    def asked_to_log_in(self) -> set[str]:
        """Return the people whom Home Assistant asks to log in again."""
        if self._hass is None:
            return set()
        entries = {
            flow["context"].get("entry_id")
            for flow in self.hass.config_entries.flow.async_progress_by_handler(DOMAIN)
            if flow["context"]["source"] == SOURCE_REAUTH
        }
        return {
            person for person in self._people if self.entry(person).entry_id in entries
        }

    async def log_in_again(self, person: str) -> None:
        """Renew a login that was lost, as the flow that asks for it does in the end."""
        who = self._spotify.world.people[person]
        entry = self.entry(person)
        token = await self._token(person, str(entry.data["access"]))
        for flow in self.hass.config_entries.flow.async_progress_by_handler(DOMAIN):
            if flow["context"].get("entry_id") == entry.entry_id:
                self.hass.config_entries.flow.async_abort(flow["flow_id"])
        assert entry.unique_id == f"spotify:{who.account_id}"
        self.hass.config_entries.async_update_entry(
            entry, data={**entry.data, "token": token}
        )
        await self._inside(self.hass.config_entries.async_reload(entry.entry_id))

    async def press(self, person: str, action: str) -> bool:
        """Use a person's player as somebody in front of Home Assistant does; returns whether it was done."""
        if self._hass is None:
            return False
        return await self.act(self.player_of(self.entry(person)), action)

    async def act(self, entity_id: str, action: str, **data: object) -> bool:
        """Do something with a player that is there, as somebody in front of Home Assistant does; returns whether it was done."""
        if self._hass is None:
            return False
        state = self.hass.states.get(entity_id)
        if state is None or state.state in ("unavailable", "unknown"):
            return False
        data = {"entity_id": entity_id, **data}
        try:
            await self._inside(
                self.hass.services.async_call(
                    "media_player", action, data, blocking=True
                )
            )
        except HomeAssistantError:
            return False
        return True

    def entry(self, person: str) -> ConfigEntry:
        """Return the entry of a person's account."""
        who = self._spotify.world.people[person]
        return next(
            entry
            for entry in self.hass.config_entries.async_entries(self._domain)
            if entry.unique_id in (f"spotify:{who.account_id}", who.id)
        )

    async def plays(self) -> list[Play]:
        """Return every play in the history, however short."""
        return await self.hass.data[DATA_HISTORY].async_ask(
            lambda queries: queries.plays(_EVER, min_ms=0, newest_first=False),
            hidden=NOBODY_HIDDEN,
        )

    async def gaps(self) -> list[Unrecorded]:
        """Return every gap that is known by now: to the history and, as at a door, to the accounts."""
        noted = await self.hass.data[DATA_HISTORY].async_ask(
            lambda queries: queries.coverage(), hidden=NOBODY_HIDDEN
        )
        query_context = async_query_context(
            self.hass, await async_caller(self.hass, Context())
        )
        return [*noted.unrecorded, *query_context.unrecorded]

    async def _token(self, person: str, access: str) -> Mapping[str, Any]:
        answer = self._spotify.accounts.authorize(person, SCOPES[access])
        return {
            **authorized_token(await async_get_token_encryption(self.hass), answer),
            "expires_at": time.time() + answer["expires_in"],
        }

    async def know(self, person: str, past: Sequence[Observation]) -> UsualHours:
        """Let the history have a person's past, and return what Encore learns from it, as it does daily."""
        await self._inside(self.hass.data[DATA_HISTORY].async_append(past))
        key = past[0].listener.key
        for _ in range(_ASKED_AGAIN):
            # What is asked of many plays is answered from columns, which are read again in a thread of their own.
            known = await self.hass.data[DATA_HISTORY].async_ask(
                lambda queries: len(queries.select(_EVER, listeners=[key])),
                hidden=NOBODY_HIDDEN,
            )
            if known >= len(past):
                break
            await asyncio.sleep(0.1)
        else:
            raise AssertionError(f"{person}'s past is not known")
        account: SpotifyAccount = self.entry(person).runtime_data
        await self._inside(account.responsiveness.async_learn())
        return account.responsiveness.usual

    def player_of(self, entry: ConfigEntry) -> str:
        """Return the entity id of the player of an account, whosever integration it is."""
        entities = er.async_entries_for_config_entry(
            er.async_get(self.hass), entry.entry_id
        )
        return next(one.entity_id for one in entities if one.domain == "media_player")

    async def add(
        self,
        unique_id: str,
        title: str,
        data: Mapping[str, Any],
        options: Mapping[str, Any] | None = None,
    ) -> None:
        """Add an entry of the home's integration, and set it up."""
        entry = ConfigEntry(
            data=data,
            discovery_keys=MappingProxyType({}),
            domain=self._domain,
            minor_version=1,
            options=dict(options or {}),
            source=SOURCE_USER,
            subentries_data=(),
            title=title,
            unique_id=unique_id,
            version=1,
        )
        await self._inside(self.hass.config_entries.async_add(entry))
        await self.hass.async_block_till_done()
