"""The first day of the week: from the options, or by the home's country."""

from typing import Final

from homeassistant.core import HomeAssistant, callback

from ..history.time_ranges.ranges import WEEKDAYS
from .history_entry import async_history_options
from .options import CONF_FIRST_WEEKDAY

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
