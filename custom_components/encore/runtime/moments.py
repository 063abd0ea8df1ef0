"""Moments: the time now, and as text for answers."""

from homeassistant.util import dt as dt_util


def now_ms() -> int:
    """Return the time now, as Home Assistant knows it, in UTC ms."""
    return round(dt_util.utcnow().timestamp() * 1000)


def iso(moment: int | None) -> str | None:
    """Return a moment (UTC ms) as an ISO date in the home's time."""
    if moment is None:
        return None
    local = dt_util.as_local(dt_util.utc_from_timestamp(moment / 1000))
    return local.isoformat(timespec="seconds")
