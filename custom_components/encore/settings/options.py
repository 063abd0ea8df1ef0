"""The options of the history: defaults, schemas and reading."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, Literal

import probatio

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.data_entry_flow import FlowHandler, FlowResult
from homeassistant.helpers.selector import (
    BooleanSelector,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)

from ..const import (
    CONF_CALLS_A_DAY,
    CONF_CALLS_A_MINUTE,
    CONF_REPLAY_VOLUME,
    CONF_RESPONSIVENESS,
)
from ..history.imports.limits import Limits
from ..history.model import Kind
from ..history.time_ranges.ranges import WEEKDAYS
from .history_entry import async_history_options
from .responsiveness import Responsiveness

CONF_PANEL: Final = "panel"


class PanelFor(StrEnum):
    """Who has the panel in the sidebar."""

    EVERYONE = "everyone"
    ADMINISTRATORS = "administrators"
    NOBODY = "nobody"


CONF_PICTURES: Final = "pictures"


class PicturesFrom(StrEnum):
    """Where browsers get pictures."""

    HOME_ASSISTANT = "home_assistant"
    SPOTIFY = "spotify"


CONF_FIRST_WEEKDAY: Final = "first_weekday"
BY_COUNTRY: Final = "country"
"""Weeks begin as is the custom in the country of the home."""

CONF_TOP_WINDOW: Final = "top_window"
TOP_WINDOWS: Final = (
    "this_week",
    "this_month",
    "this_year",
    "last_7_days",
    "last_30_days",
    "all_time",
)
"""Of which windows a listener's top artist can be shown, the usual one first."""

CONF_COPIES: Final = "daily_copies"

CONF_LOOKUPS_A_DAY: Final = "metadata_calls_per_day"
USUAL_LOOKUPS_A_DAY: Final = 100

USUAL_REPLAY_VOLUME: Final = 40
"""Percent: an evening that was loud is not as loud again unless somebody wants that."""

CONF_ZIP_MIB: Final = "import_zip_mib"
CONF_ROWS: Final = "import_rows"
CONF_INFLATION: Final = "import_inflation"
CONF_DEPTH: Final = "import_depth"

RETENTION_DAYS: Final = {
    "keep_music_days": Kind.TRACK,
    "keep_podcast_days": Kind.EPISODE,
    "keep_audiobook_days": Kind.CHAPTER,
    "keep_radio_days": Kind.RADIO,
    "keep_television_days": Kind.TELEVISION,
    "keep_line_in_days": Kind.LINE_IN,
}
"""The retention in days of each kind of play, 0 for ever."""

_MIB: Final = 1024**2
_USUAL: Final = Limits()


type UserInput = dict[str, Any] | None
"""What a person entered on a page; None where it is only shown."""


def filled[R: FlowResult[Any, Any]](
    flow: FlowHandler[Any, R, Any],
    step_id: str,
    schema: probatio.Schema,
    values: Mapping[str, Any] | None,
    errors: dict[str, str] | None = None,
    *,
    words: Mapping[str, str] | None = None,
) -> R:
    """Return a page of a flow with values in its fields; `words` are what its texts name."""
    return flow.async_show_form(
        step_id=step_id,
        data_schema=flow.add_suggested_values_to_schema(schema, values),
        errors=errors,
        description_placeholders=words,
    )


def whole_number(least: int, most: int, unit: str | None = None) -> Any:
    """Return the field of a whole number between two, of some unit."""
    box = NumberSelectorConfig(min=least, max=most, step=1, mode=NumberSelectorMode.BOX)
    if unit is not None:
        box["unit_of_measurement"] = unit
    return probatio.All(NumberSelector(box), probatio.Coerce(int))


def choice(
    options: Sequence[str] | Sequence[SelectOptionDict],
    mode: Literal["dropdown", "list"] | None = None,
    *,
    translation_key: str | None = None,
    multiple: bool = False,
    custom_value: bool = False,
) -> SelectSelector:
    """Return the field of one of some options, or of several."""
    config = SelectSelectorConfig(
        options=options, multiple=multiple, custom_value=custom_value
    )
    if mode is not None:
        config["mode"] = SelectSelectorMode(mode)
    if translation_key is not None:
        config["translation_key"] = translation_key
    return SelectSelector(config)


def _choices(
    name: str, options: Iterable[str], mode: Literal["dropdown"] | None = None
) -> dict[probatio.Required, SelectSelector]:
    """Return the field of one of some options, the first by default."""
    values = [str(each) for each in options]
    field = choice(values, mode, translation_key=name)
    return {probatio.Required(name, default=values[0]): field}


def _number(
    name: str, usual: int, least: int, most: int, *, unit: str | None = None
) -> dict[probatio.Required, Any]:
    """Return the field of a whole number between two, of some unit."""
    return {probatio.Required(name, default=usual): whole_number(least, most, unit)}


WEEK: Final = probatio.Schema(
    _choices(CONF_FIRST_WEEKDAY, [BY_COUNTRY, *WEEKDAYS], "dropdown")
)

SHOWN: Final = probatio.Schema(
    {**_choices(CONF_PANEL, PanelFor), **_choices(CONF_PICTURES, PicturesFrom)}
)

TOP_WINDOW: Final = probatio.Schema(_choices(CONF_TOP_WINDOW, TOP_WINDOWS, "dropdown"))

RESPONSIVENESS: Final = probatio.Schema(
    {
        probatio.Required(
            CONF_RESPONSIVENESS, default=Responsiveness.BALANCED.value
        ): choice(
            [str(each) for each in Responsiveness], translation_key=CONF_RESPONSIVENESS
        )
    }
)

IMPORTS: Final = probatio.Schema(
    {
        **_number(CONF_ZIP_MIB, _USUAL.zip_bytes // _MIB, 1, 4_096, unit="MiB"),
        **_number(CONF_ROWS, _USUAL.rows, 1_000, 50_000_000),
        **_number(CONF_INFLATION, _USUAL.inflation, 10, 1_000),
        **_number(CONF_DEPTH, _USUAL.depth, 1, 64),
    }
)


RETENTION: Final = probatio.Schema(
    {
        probatio.Required(name, default=0): whole_number(0, 36_500, "d")
        for name in RETENTION_DAYS
    }
)


COPIES: Final = probatio.Schema(
    {probatio.Required(CONF_COPIES, default=True): BooleanSelector()}
)


CALLS: Final = probatio.Schema(
    {
        **_number(CONF_CALLS_A_MINUTE, 180, 10, 600),
        **_number(CONF_CALLS_A_DAY, 0, 0, 1_000_000),
        **_number(CONF_LOOKUPS_A_DAY, USUAL_LOOKUPS_A_DAY, 0, 1_000),
    }
)


@callback
def import_limits(hass: HomeAssistant) -> Limits:
    """Return how much of an export is accepted."""
    options = async_history_options(hass)
    return Limits(
        zip_bytes=options.get(CONF_ZIP_MIB, _USUAL.zip_bytes // _MIB) * _MIB,
        rows=options.get(CONF_ROWS, _USUAL.rows),
        inflation=options.get(CONF_INFLATION, _USUAL.inflation),
        depth=options.get(CONF_DEPTH, _USUAL.depth),
    )


@callback
def replay_volume(hass: HomeAssistant) -> int:
    """Return how loud (percent) a replay makes a room at the most."""
    chosen: int = async_history_options(hass).get(
        CONF_REPLAY_VOLUME, USUAL_REPLAY_VOLUME
    )
    return chosen


@callback
def retention_days(hass: HomeAssistant) -> dict[Kind, int]:
    """Return the retention in days by kind of play; a kind that is left out stays forever."""
    options = async_history_options(hass)
    return {
        kind: days
        for name, kind in RETENTION_DAYS.items()
        if (days := options.get(name, 0))
    }


@callback
def top_window(entry: ConfigEntry) -> str:
    """Return of which window the top artist of an account's listener is shown."""
    chosen: str = entry.options.get(CONF_TOP_WINDOW, TOP_WINDOWS[0])
    return chosen


# The weekData of Unicode CLDR 48; everywhere else weeks begin on Monday. Home Assistant knows a first weekday for
# each user's browser only.
_BEGINS: Final = {
    "friday": "MV",
    "saturday": "AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY",
    "sunday": (
        "AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN IS JM JP KE KH KR LA MH MM MO MT MX MZ"
        " NI NP PA PE PH PK PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW"
    ),
}
_BY_COUNTRY: Final = {
    country: weekday
    for weekday, countries in _BEGINS.items()
    for country in countries.split()
}


@callback
def async_first_weekday(hass: HomeAssistant) -> int:
    """Return on which weekday a week begins; Monday is 0."""
    chosen: str | None = async_history_options(hass).get(CONF_FIRST_WEEKDAY)
    if chosen not in WEEKDAYS:
        chosen = _BY_COUNTRY.get(hass.config.country or "", WEEKDAYS[0])
    return WEEKDAYS.index(chosen)
