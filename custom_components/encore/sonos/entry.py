"""Sets up and unloads the Sonos household of an entry."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from ipaddress import ip_address
from socket import AF_INET, SOCK_STREAM
from typing import Final

from zeroconf import AddressResolverIPv4  # type: ignore[attr-defined]  # not in its __all__

from homeassistant.components import zeroconf
from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import Event, HomeAssistant
from homeassistant.exceptions import ConfigEntryError, ConfigEntryNotReady

from ..const import LOGGER
from ..errors import translated
from .const import (
    CONF_HOSTS,
    CONF_HOUSEHOLD_ID,
    CONF_LISTENER_ADDRESS,
    CONF_LISTENER_PORT,
)
from .errors import (
    FAILURES,
    SocoMissing,
    SonosError,
    SonosUpnpOff,
    SpeakerUnreachable,
    as_sonos_error,
)
from .event_listener import CannotListen, EventListener
from .household import Household, SonosConfigEntry
from .issues import async_report_upnp_off
from .polling import FoundHousehold, find_household
from .soco_compat import SOCO_IS_THERE
from .topology import SPEAKER_PORT

_HOME: Final = ".local"
_ANNOUNCED_WITHIN_MS: Final = 3000
_POLLED_AT_ONCE: Final = 8
"""Each takes a thread of Home Assistant's until it answers or times out."""


async def async_find_household(hass: HomeAssistant, host: str) -> FoundHousehold:
    """Return the household of the speaker at an address, or of a name. Raises SonosError."""
    if not SOCO_IS_THERE:
        raise SocoMissing
    host = await _async_address(hass, host)
    try:
        return await hass.async_add_executor_job(find_household, host)
    except (SonosError, *FAILURES) as err:
        raise as_sonos_error(err, host) from err


async def _async_address(hass: HomeAssistant, host: str) -> str:
    """Return the address of a name, IPv4 where it has one; an address as it is. Raises SpeakerUnreachable."""
    with suppress(ValueError):
        return str(ip_address(host))
    try:
        found = await hass.loop.getaddrinfo(host, SPEAKER_PORT, type=SOCK_STREAM)
    except (OSError, UnicodeError) as err:
        # A container often knows no names of the home network, and Home Assistant does.
        if host.endswith(_HOME) and (address := await _async_of_home(hass, host)):
            return address
        raise SpeakerUnreachable(speaker=host) from err
    return str(min(found, key=lambda one: one[0] is not AF_INET)[4][0])


async def _async_of_home(hass: HomeAssistant, host: str) -> str | None:
    """Return the IPv4 address that the home network announces for a name ending in `.local` (mDNS), if any."""
    if "zeroconf" not in hass.config.components:
        return None
    announced = AddressResolverIPv4(f"{host}.")
    there = await zeroconf.async_get_async_instance(hass)
    if not await announced.async_request(there.zeroconf, _ANNOUNCED_WITHIN_MS):
        return None
    return next(iter(announced.parsed_addresses()), None)


async def async_open_household(
    hass: HomeAssistant, entry: SonosConfigEntry
) -> Household:
    """Connect to all speakers of a household. Raises ConfigEntryNotReady or ConfigEntryError."""
    found = await _async_found_again(hass, entry)
    listener = EventListener(
        hass,
        entry.options.get(CONF_LISTENER_ADDRESS),
        entry.options.get(CONF_LISTENER_PORT),
    )
    household = Household(hass, entry, found, listener)
    try:
        await listener.async_start(found.host)
    except CannotListen as err:
        LOGGER.warning(
            "Events of Sonos cannot be received, so speakers are asked: %s", err
        )
    try:
        await household.async_start()
    except BaseException:
        await household.async_close()
        raise

    async def stopping(_event: Event) -> None:
        await household.async_close()

    # Home Assistant unloads no entry when it stops, and speakers send events until their subscriptions end.
    entry.async_on_unload(
        hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, stopping)
    )
    return household


async def _async_found_again(
    hass: HomeAssistant, entry: SonosConfigEntry
) -> FoundHousehold:
    """Return the household by the first of its speakers that answers; those that are away are not waited for."""
    failure: SonosError | None = None
    hosts: Sequence[str] = entry.data[CONF_HOSTS]
    strangers = 0
    places = asyncio.Semaphore(_POLLED_AT_ONCE)

    async def ask(host: str) -> FoundHousehold:
        async with places:
            return await async_find_household(hass, host)

    answers = [asyncio.create_task(ask(host)) for host in hosts]
    try:
        for answering in asyncio.as_completed(answers):
            try:
                found = await answering
            except SonosError as err:
                # That UPnP is off is the better reason to report.
                failure = failure if isinstance(failure, SonosUpnpOff) else err
                continue
            if found.id == entry.data[CONF_HOUSEHOLD_ID]:
                return found
            strangers += 1
    finally:
        for task in answers:
            task.cancel()
        await asyncio.gather(*answers, return_exceptions=True)
    if isinstance(failure, SonosUpnpOff):
        async_report_upnp_off(hass, entry, ", ".join(hosts))
    if failure is None and strangers:
        raise translated(ConfigEntryError, "household_elsewhere")
    raise translated(
        ConfigEntryNotReady, "household_unreachable", hosts=", ".join(hosts)
    ) from failure
