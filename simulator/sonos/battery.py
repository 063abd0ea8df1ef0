"""The battery of a portable speaker, as its status page and its events tell of it."""

from dataclasses import dataclass


@dataclass(slots=True)
class Battery:
    """How full a battery is, in percent, and what feeds the speaker.

    `power_source` is `BATTERY`, `SONOS_CHARGING_RING` or `USB_POWER`.
    """

    level: int = 100
    power_source: str = "SONOS_CHARGING_RING"
    health: str = "GREEN"
    temperature: str = "NORMAL"

    @property
    def more_info(self) -> str:
        """What events and the topology say of it."""
        charging = "NOT_CHARGING" if self.power_source == "BATTERY" else "CHARGING"
        return f"RawBattPct:{self.level},BattPct:{self.level},BattChg:{charging},BattTmp:25"


def battery_status(battery: Battery | None) -> str:
    """Return the page `/status/batterystatus`; a speaker without a battery says nothing on it."""
    values = (
        {}
        if battery is None
        else {
            "Health": battery.health,
            "Level": battery.level,
            "Temperature": battery.temperature,
            "PowerSource": battery.power_source,
        }
    )
    data = "".join(
        f'<Data name="{name}">{value}</Data>' for name, value in values.items()
    )
    status = f"<LocalBatteryStatus>{data}</LocalBatteryStatus>" if data else ""
    return f'<?xml version="1.0" ?><ZPSupportInfo>{status}</ZPSupportInfo>'
