"""The options flows of an account and of the history."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final
import zoneinfo

import probatio

from homeassistant.config_entries import (
    ConfigEntry,
    ConfigEntryState,
    ConfigFlowResult,
    OptionsFlowWithReload,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import (
    BooleanSelector,
    DateSelector,
    EntitySelector,
    EntitySelectorConfig,
    SelectSelector,
    TextSelector,
)

from ..access.account_listener import listener_key
from ..access.visibility import Sharing, hidden_listeners, is_visible, sharing_of
from ..const import (
    ACCESS_CONTROL,
    CONF_ACCESS,
    CONF_BACKFILL,
    CONF_BIRTHDAY,
    CONF_DAILY_CALLS,
    CONF_FOLDER,
    CONF_PLAY_ON,
    CONF_PLAY_ON_DEVICE,
    CONF_PLAYERS,
    CONF_PRIVACY,
    CONF_PRIVATE,
    CONF_RECORD,
    CONF_RECORD_ROOMS,
    CONF_REPLAY_VOLUME,
    CONF_TIME_ZONE,
)
from ..history.database.size import MEGABYTE, in_whole_megabytes
from ..history.time_ranges.birthdays import Birthday
from ..listeners.linked_listeners import account_entries
from ..players.observed_players import async_own_players
from ..runtime.store.history_service import DATA_HISTORY
from ..runtime.store.store_copies import async_copies
from ..settings.allowed_paths import is_path
from ..settings.options import (
    CALLS,
    COPIES,
    IMPORTS,
    RESPONSIVENESS,
    RETENTION,
    SHOWN,
    TOP_WINDOW,
    USUAL_REPLAY_VOLUME,
    WEEK,
    UserInput,
    choice,
    filled,
    whole_number,
)
from ..settings.voice_assistants import (
    CONF_ASSISTANTS,
    assistants_schema,
    async_assistants_with_encore,
    async_choose_assistants,
)
from ..spotify.device_choice import PlayOn, usable
from .access_levels import async_trust_schema, trust_errors
from .group_pages import GroupPages
from .sharing import (
    CONF_HIDE_NAME,
    CONF_PURGE,
    SHARING_ENDS,
    async_hide_name,
    async_purge_recorded,
    async_report_sharing,
    changed_sharing_error,
    sharing_schema,
    user_of_now,
)

SHOWN_YEAR: Final = 2000
"""Which a birthday is shown in: it has a 29 February."""

BIRTHDAY: Final = probatio.Schema({probatio.Optional(CONF_BIRTHDAY): DateSelector()})
ACCOUNT: Final = probatio.Schema(
    {
        probatio.Required(CONF_RECORD, default=True): BooleanSelector(),
        probatio.Required(CONF_PRIVATE, default=False): BooleanSelector(),
        probatio.Required(CONF_BACKFILL, default=True): BooleanSelector(),
        probatio.Optional(CONF_FOLDER): TextSelector(),
        probatio.Required(CONF_DAILY_CALLS, default=0): whole_number(0, 100_000),
    }
)


def _rooms(ours: list[str]) -> probatio.Schema:
    """Return what is asked about rooms; Encore's own players are witnesses already."""
    players = EntitySelectorConfig(
        domain="media_player", multiple=True, exclude_entities=ours
    )
    return probatio.Schema(
        {
            probatio.Required(CONF_RECORD_ROOMS, default=True): BooleanSelector(),
            probatio.Optional(CONF_PLAYERS, default=[]): EntitySelector(players),
            probatio.Required(
                CONF_REPLAY_VOLUME, default=USUAL_REPLAY_VOLUME
            ): whole_number(0, 100, "%"),
        }
    )


class AccountOptions(OptionsFlowWithReload):
    """Whose account it is, and what is recorded of it."""

    _chosen: Mapping[str, Any]

    async def async_step_init(self, user_input: UserInput = None) -> ConfigFlowResult:
        """Ask for everything on one page."""
        errors: dict[str, str] = {}
        if user_input is not None:
            if not self._shows_birthday:
                # What the page did not show stays.
                shown = _with_a_year(self.config_entry.options)
                user_input[CONF_BIRTHDAY] = shown.get(CONF_BIRTHDAY)
            errors |= changed_sharing_error(self.hass, self.config_entry, user_input)
            error = await self._async_folder_error(user_input.get(CONF_FOLDER))
            if error is not None:
                errors[CONF_FOLDER] = error
            if user_input.get(CONF_PLAY_ON) == PlayOn.NAMED and not user_input.get(
                CONF_PLAY_ON_DEVICE
            ):
                errors[CONF_PLAY_ON_DEVICE] = "device_not_named"
            if not errors:
                self._chosen = _without_year(user_input)
                ends = self._chosen[CONF_PRIVACY] != Sharing.HOUSEHOLD
                if ends and is_visible(self.config_entry):
                    return await self.async_step_sharing_ends()
                return await self._async_save()
        return self.async_show_form(
            step_id="init",
            data_schema=self.add_suggested_values_to_schema(
                sharing_schema(sharing_of(self.config_entry))
                .extend(BIRTHDAY.schema if self._shows_birthday else {})
                .extend(ACCOUNT.schema)
                .extend(RESPONSIVENESS.schema)
                .extend(TOP_WINDOW.schema)
                .extend(await _async_zones(self.hass))
                .extend(_where_to_play(self.config_entry)),
                user_input or _with_a_year(self.config_entry.options),
            ),
            errors=errors,
        )

    async def async_step_sharing_ends(
        self, user_input: UserInput = None
    ) -> ConfigFlowResult:
        """Ask what becomes of what Home Assistant itself has kept of an account that the household no longer shares."""
        if user_input is None:
            return self.async_show_form(
                step_id="sharing_ends",
                data_schema=SHARING_ENDS,
                description_placeholders={"account": self.config_entry.title},
            )
        if user_input[CONF_HIDE_NAME]:
            await async_hide_name(self.hass, self.config_entry)
        if user_input[CONF_PURGE]:
            await async_purge_recorded(self.hass, self.config_entry)
        return await self._async_save()

    async def _async_save(self) -> ConfigFlowResult:
        await async_report_sharing(self.hass, self.config_entry, self._chosen)
        return self.async_create_entry(data=self._chosen)

    @property
    def _shows_birthday(self) -> bool:
        """Whether who looks at the page may hear of the listener."""
        hidden = hidden_listeners(self.hass, user_of_now())
        return listener_key(self.config_entry) not in hidden

    async def _async_folder_error(self, chosen: str | None) -> str | None:
        """Return what is wrong with the folder that was chosen for imports, None for nothing."""
        if not chosen:
            return None
        others = [
            Path(other)
            for entry in account_entries(self.hass)
            if entry != self.config_entry and (other := entry.options.get(CONF_FOLDER))
        ]
        return await self.hass.async_add_executor_job(
            _folder_error, self.hass, Path(chosen), others
        )


def _without_year(chosen: dict[str, Any]) -> dict[str, Any]:
    """Return what was chosen with the day and month of a birthday alone: nobody needs to know more."""
    if not chosen.get(CONF_BIRTHDAY):
        return {name: each for name, each in chosen.items() if name != CONF_BIRTHDAY}
    day = date.fromisoformat(chosen[CONF_BIRTHDAY])
    return {**chosen, CONF_BIRTHDAY: Birthday(day.month, day.day).text}


def _with_a_year(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return options as the page shows them: a date has to have a year there."""
    if CONF_BIRTHDAY not in options:
        return dict(options)
    birthday = Birthday.read(options[CONF_BIRTHDAY])
    return {**options, CONF_BIRTHDAY: birthday.in_year(SHOWN_YEAR).isoformat()}


def _where_to_play(entry: ConfigEntry) -> dict[probatio.Marker, Any]:
    """Return what is asked of an account that may be controlled; the devices are those that were seen last."""
    if entry.data[CONF_ACCESS] != ACCESS_CONTROL:
        return {}
    seen = (
        entry.runtime_data.coordinator.devices
        if entry.state is ConfigEntryState.LOADED
        else ()
    )
    return {
        probatio.Required(CONF_PLAY_ON, default=PlayOn.LAST_USED.value): choice(
            [str(each) for each in PlayOn], translation_key=CONF_PLAY_ON
        ),
        probatio.Optional(CONF_PLAY_ON_DEVICE): choice(
            sorted({device.name for device in usable(seen)}, key=str.casefold),
            "dropdown",
            custom_value=True,
        ),
    }


def _page(
    step_id: str, schema: probatio.Schema
) -> Callable[..., Coroutine[Any, Any, ConfigFlowResult]]:
    """Return the step of a page that only shows a schema and keeps what is chosen."""

    async def step(
        self: HistoryOptions, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        return self.page(step_id, schema, user_input)

    return step


class HistoryOptions(GroupPages):
    """What holds for the whole history: a menu, and a page for each part."""

    async def async_step_init(self, user_input: UserInput = None) -> ConfigFlowResult:
        """Begin with the menu, which has texts of its own."""
        return await self.async_step_history()

    async def async_step_history(
        self, user_input: UserInput = None
    ) -> ConfigFlowResult:
        """Ask which part to change."""
        pages = [
            "week",
            "rooms",
            "groups",
            "shown",
            "voice",
            "trust",
            "imports",
            "retention",
            "calls",
        ]
        if self.hass.data[DATA_HISTORY].file is not None:
            pages.append("copies")
        return self.async_show_menu(step_id="history", menu_options=pages)

    async_step_week = _page("week", WEEK)
    """Ask when weeks begin."""
    async_step_shown = _page("shown", SHOWN)
    """Ask who has the panel in the sidebar."""
    async_step_imports = _page("imports", IMPORTS)
    """Ask how much of an export is accepted."""
    async_step_retention = _page("retention", RETENTION)
    """Ask how long plays are kept."""
    async_step_calls = _page("calls", CALLS)
    """Ask how often Spotify may be called."""

    async def async_step_rooms(self, user_input: UserInput = None) -> ConfigFlowResult:
        """Ask whether rooms are recorded, by which players besides Encore's own, and how loud a replay may be."""
        schema = _rooms(async_own_players(self.hass))
        return self.page("rooms", schema, user_input)

    async def async_step_trust(self, user_input: UserInput = None) -> ConfigFlowResult:
        """Ask how far callers are trusted."""
        schema = await async_trust_schema(self.hass)
        errors = trust_errors(user_input or {})
        return self.page("trust", schema, user_input, errors=errors)

    async def async_step_voice(self, user_input: UserInput = None) -> ConfigFlowResult:
        """Ask which voice assistants use Encore's conversation agent."""
        entry = self.config_entry
        if user_input is not None:
            before = await async_choose_assistants(
                self.hass, entry, user_input[CONF_ASSISTANTS]
            )
            return self.async_create_entry(
                data={**entry.options, CONF_ASSISTANTS: before}
            )
        using = {CONF_ASSISTANTS: async_assistants_with_encore(self.hass, entry)}
        return filled(self, "voice", assistants_schema(self.hass), using)

    async def async_step_copies(self, user_input: UserInput = None) -> ConfigFlowResult:
        """Ask whether the store is copied every day, and say how much room the copies take."""
        there = await async_copies(self.hass)
        megabytes = in_whole_megabytes(there.bytes) // MEGABYTE
        words = {"number": str(there.number), "size": str(megabytes)}
        return self.page("copies", COPIES, user_input, words)

    def page(
        self,
        step_id: str,
        schema: probatio.Schema,
        chosen: dict[str, Any] | None,
        words: dict[str, str] | None = None,
        errors: dict[str, str] | None = None,
    ) -> ConfigFlowResult:
        """Show a page, or keep what was chosen on it beside the choices of the others."""
        options = self.config_entry.options
        if chosen is not None and not errors:
            return self.async_create_entry(data={**options, **chosen})
        suggested = options if chosen is None else chosen
        return filled(self, step_id, schema, suggested, errors, words=words)


def _folder_error(
    hass: HomeAssistant, folder: Path, others: Sequence[Path]
) -> str | None:
    if not is_path(str(folder)) or not folder.is_absolute() or not folder.is_dir():
        return "folder_missing"
    if not hass.config.is_allowed_path(str(folder)):
        return "folder_not_allowed"
    mine = folder.resolve()
    theirs = [other.resolve() for other in others]
    if any(mine.is_relative_to(one) or one.is_relative_to(mine) for one in theirs):
        return "folder_taken"
    return None


async def _async_zones(hass: HomeAssistant) -> dict[probatio.Marker, SelectSelector]:
    """Return the choice among all time zones; without one, the home's counts."""
    zones = await hass.async_add_executor_job(zoneinfo.available_timezones)
    return {probatio.Optional(CONF_TIME_ZONE): choice(sorted(zones), "dropdown")}
