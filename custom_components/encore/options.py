"""What a person may choose afterwards: about an account on one page, about the history on several."""

from collections.abc import Sequence
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
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.selector import (
    BooleanSelector,
    EntitySelector,
    EntitySelectorConfig,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
)

from .const import (
    ACCESS_CONTROL,
    CONF_ACCESS,
    CONF_BACKFILL,
    CONF_DAILY_CALLS,
    CONF_FOLDER,
    CONF_KIND,
    CONF_PLAY_ON,
    CONF_PLAY_ON_DEVICE,
    CONF_PLAYERS,
    CONF_PRIVATE,
    CONF_RECORD,
    CONF_RECORD_ROOMS,
    CONF_REPLAY_VOLUME,
    CONF_TIME_ZONE,
    DOMAIN,
    KIND_SPOTIFY,
)
from .history.imports.limits import Limits
from .history.model import Kind
from .history.windows import WEEKDAYS
from .history_entry import async_history_options
from .privacy import privacy_of
from .rooms.players import async_own_players
from .sharing import sharing_error, sharing_schema
from .spotify.device_choice import PlayOn, usable
from .trust import async_trust_schema, trust_errors

CONF_FIRST_WEEKDAY: Final = "first_weekday"
BY_COUNTRY: Final = "country"
"""Weeks begin as is the custom in the country of the home."""

CONF_CALLS_A_MINUTE: Final = "calls_per_minute"
CONF_CALLS_A_DAY: Final = "calls_per_day"
CONF_LOOKUPS_A_DAY: Final = "metadata_calls_per_day"
USUAL_LOOKUPS_A_DAY: Final = 100

USUAL_REPLAY_VOLUME: Final = 40
"""Percent: an evening that was loud is not as loud again unless somebody wants that."""

CONF_ZIP_MIB: Final = "import_zip_mib"
CONF_ROWS: Final = "import_rows"
CONF_INFLATION: Final = "import_inflation"
CONF_DEPTH: Final = "import_depth"

KEPT_DAYS: Final = {
    "keep_music_days": Kind.TRACK,
    "keep_podcast_days": Kind.EPISODE,
    "keep_audiobook_days": Kind.CHAPTER,
    "keep_radio_days": Kind.RADIO,
    "keep_television_days": Kind.TELEVISION,
    "keep_line_in_days": Kind.LINE_IN,
}
"""For how many days each kind of play is kept, 0 for ever."""

_MIB: Final = 1024**2
_USUAL: Final = Limits()


def _number(least: int, most: int, unit: str | None = None) -> Any:
    box = NumberSelectorConfig(min=least, max=most, step=1, mode=NumberSelectorMode.BOX)
    if unit is not None:
        box["unit_of_measurement"] = unit
    return probatio.All(NumberSelector(box), probatio.Coerce(int))


ACCOUNT: Final = probatio.Schema(
    {
        probatio.Required(CONF_RECORD, default=True): BooleanSelector(),
        probatio.Required(CONF_PRIVATE, default=False): BooleanSelector(),
        probatio.Required(CONF_BACKFILL, default=True): BooleanSelector(),
        probatio.Optional(CONF_FOLDER): TextSelector(),
        probatio.Required(CONF_DAILY_CALLS, default=0): _number(0, 100_000),
    }
)

WEEK: Final = probatio.Schema(
    {
        probatio.Required(CONF_FIRST_WEEKDAY, default=BY_COUNTRY): SelectSelector(
            SelectSelectorConfig(
                options=[BY_COUNTRY, *WEEKDAYS],
                mode=SelectSelectorMode.DROPDOWN,
                translation_key=CONF_FIRST_WEEKDAY,
            )
        )
    }
)

IMPORTS: Final = probatio.Schema(
    {
        probatio.Required(CONF_ZIP_MIB, default=_USUAL.zip_bytes // _MIB): _number(
            1, 4_096, "MiB"
        ),
        probatio.Required(CONF_ROWS, default=_USUAL.rows): _number(1_000, 50_000_000),
        probatio.Required(CONF_INFLATION, default=_USUAL.inflation): _number(10, 1_000),
        probatio.Required(CONF_DEPTH, default=_USUAL.depth): _number(1, 64),
    }
)


RETENTION: Final = probatio.Schema(
    {probatio.Required(name, default=0): _number(0, 36_500, "d") for name in KEPT_DAYS}
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
            probatio.Required(CONF_REPLAY_VOLUME, default=USUAL_REPLAY_VOLUME): _number(
                0, 100, "%"
            ),
        }
    )


CALLS: Final = probatio.Schema(
    {
        probatio.Required(CONF_CALLS_A_MINUTE, default=180): _number(10, 600),
        probatio.Required(CONF_CALLS_A_DAY, default=0): _number(0, 1_000_000),
        probatio.Required(CONF_LOOKUPS_A_DAY, default=USUAL_LOOKUPS_A_DAY): _number(
            0, 1_000
        ),
    }
)


class AccountOptions(OptionsFlowWithReload):
    """Whose account it is, and what is recorded of it."""

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for everything on one page."""
        errors: dict[str, str] = {}
        if user_input is not None:
            errors |= sharing_error(self.hass, user_input)
            error = await self._async_folder_error(user_input.get(CONF_FOLDER))
            if error is not None:
                errors[CONF_FOLDER] = error
            if user_input.get(CONF_PLAY_ON) == PlayOn.NAMED and not user_input.get(
                CONF_PLAY_ON_DEVICE
            ):
                errors[CONF_PLAY_ON_DEVICE] = "device_not_named"
            if not errors:
                return self.async_create_entry(data=user_input)
        return self.async_show_form(
            step_id="init",
            data_schema=self.add_suggested_values_to_schema(
                sharing_schema(privacy_of(self.config_entry))
                .extend(ACCOUNT.schema)
                .extend(await _async_zones(self.hass))
                .extend(_where_to_play(self.config_entry)),
                user_input or self.config_entry.options,
            ),
            errors=errors,
        )

    async def _async_folder_error(self, chosen: str | None) -> str | None:
        """Return what is wrong with the folder that was chosen for imports, None for nothing."""
        if not chosen:
            return None
        others = [
            Path(other)
            for entry in self.hass.config_entries.async_entries(DOMAIN)
            if entry.data[CONF_KIND] == KIND_SPOTIFY and entry != self.config_entry
            if (other := entry.options.get(CONF_FOLDER))
        ]
        return await self.hass.async_add_executor_job(
            _folder_error, self.hass, Path(chosen), others
        )


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
        probatio.Required(CONF_PLAY_ON, default=PlayOn.LAST_USED.value): SelectSelector(
            SelectSelectorConfig(
                options=[str(each) for each in PlayOn], translation_key=CONF_PLAY_ON
            )
        ),
        probatio.Optional(CONF_PLAY_ON_DEVICE): SelectSelector(
            SelectSelectorConfig(
                options=sorted(
                    {device.name for device in usable(seen)}, key=str.casefold
                ),
                custom_value=True,
                mode=SelectSelectorMode.DROPDOWN,
            )
        ),
    }


class HistoryOptions(OptionsFlowWithReload):
    """What holds for the whole history: a menu, and a page for each part."""

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Begin with the menu, which has texts of its own."""
        return await self.async_step_history()

    async def async_step_history(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask which part to change."""
        return self.async_show_menu(
            step_id="history",
            menu_options=[
                "week",
                "rooms",
                "trust",
                "imports",
                "retention",
                "calls",
            ],
        )

    async def async_step_week(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask when weeks begin."""
        return self._page("week", WEEK, user_input)

    async def async_step_rooms(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask whether rooms are recorded, by which players besides Encore's own, and how loud a replay may be."""
        schema = _rooms(async_own_players(self.hass))
        return self._page("rooms", schema, user_input)

    async def async_step_trust(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask how far callers are trusted."""
        errors = trust_errors(user_input or {})
        schema = await async_trust_schema(self.hass)
        if not errors:
            return self._page("trust", schema, user_input)
        return self.async_show_form(
            step_id="trust",
            data_schema=self.add_suggested_values_to_schema(schema, user_input),
            errors=errors,
        )

    async def async_step_imports(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask how much of an export is accepted."""
        return self._page("imports", IMPORTS, user_input)

    async def async_step_retention(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask how long plays are kept."""
        return self._page("retention", RETENTION, user_input)

    async def async_step_calls(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask how often Spotify may be called."""
        return self._page("calls", CALLS, user_input)

    def _page(
        self, step_id: str, schema: probatio.Schema, chosen: dict[str, Any] | None
    ) -> ConfigFlowResult:
        """Show a page, or keep what was chosen on it beside the choices of the others."""
        options = self.config_entry.options
        if chosen is not None:
            return self.async_create_entry(data={**options, **chosen})
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(schema, options),
        )


def _folder_error(
    hass: HomeAssistant, folder: Path, others: Sequence[Path]
) -> str | None:
    if not folder.is_absolute() or not folder.is_dir():
        return "folder_missing"
    if not hass.config.is_allowed_path(str(folder)):
        return "folder_not_allowed"
    mine = folder.resolve()
    theirs = [other.resolve() for other in others]
    if any(mine.is_relative_to(one) or one.is_relative_to(mine) for one in theirs):
        return "folder_taken"
    return None


@callback
def import_limits(hass: HomeAssistant) -> Limits:
    """Return how much of an export the house accepts."""
    options = async_history_options(hass)
    return Limits(
        zip_bytes=options.get(CONF_ZIP_MIB, _USUAL.zip_bytes // _MIB) * _MIB,
        rows=options.get(CONF_ROWS, _USUAL.rows),
        inflation=options.get(CONF_INFLATION, _USUAL.inflation),
        depth=options.get(CONF_DEPTH, _USUAL.depth),
    )


async def _async_zones(hass: HomeAssistant) -> dict[probatio.Marker, SelectSelector]:
    """Return the choice among all time zones; without one, the home's counts."""
    zones = await hass.async_add_executor_job(zoneinfo.available_timezones)
    config = SelectSelectorConfig(
        options=sorted(zones), mode=SelectSelectorMode.DROPDOWN
    )
    return {probatio.Optional(CONF_TIME_ZONE): SelectSelector(config)}


@callback
def replay_volume(hass: HomeAssistant) -> int:
    """Return how loud (percent) a replay makes a room at the most."""
    chosen: int = async_history_options(hass).get(
        CONF_REPLAY_VOLUME, USUAL_REPLAY_VOLUME
    )
    return chosen


@callback
def days_kept(hass: HomeAssistant) -> dict[Kind, int]:
    """Return for how many days plays are kept, by their kind; a kind that is left out is kept forever."""
    options = async_history_options(hass)
    return {
        kind: days for name, kind in KEPT_DAYS.items() if (days := options.get(name, 0))
    }
