"""Moments: the time now, and as text for answers."""

from datetime import timedelta

from homeassistant.util import dt as dt_util


def now_ms() -> int:
    """Return the time now, as Home Assistant knows it, in UTC ms."""
    return round(dt_util.utcnow().timestamp() * 1000)


def midnight_ms(days: int = 0) -> int:
    """Return when today began in the home, or a number of days later, in UTC ms."""
    day = dt_util.now().date() + timedelta(days=days)
    return round(dt_util.start_of_local_day(day).timestamp() * 1000)


def iso(moment: int | None) -> str | None:
    """Return a moment (UTC ms) as an ISO date in the home's time."""
    if moment is None:
        return None
    local = dt_util.as_local(dt_util.utc_from_timestamp(moment / 1000))
    return local.isoformat(timespec="seconds")
