"""The UPnP services of a speaker. Importing this package enters their actions into the table."""

from typing import Final

from . import (  # noqa: F401  each enters its actions when imported
    alarm_clock,
    av_transport,
    content_directory,
    device_properties,
    queue_actions,
    queue_service,
    rendering_control,
    small_services,
)

SERVICE_PATHS: Final[dict[str, str]] = (
    {
        f"/MediaRenderer/{name}": name
        for name in (
            "AVTransport",
            "RenderingControl",
            "GroupRenderingControl",
            "Queue",
            "ConnectionManager",
            "VirtualLineIn",
        )
    }
    | {
        f"/MediaServer/{name}": name
        for name in ("ContentDirectory", "ConnectionManager")
    }
    | {
        f"/{name}": name
        for name in (
            "DeviceProperties",
            "ZoneGroupTopology",
            "AlarmClock",
            "MusicServices",
            "SystemProperties",
            "AudioIn",
            "GroupManagement",
            "QPlay",
            "HTControl",
        )
    }
)
"""Where each service lives on a speaker; control and events are below it."""
