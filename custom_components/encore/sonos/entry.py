"""Opens and closes the Sonos household of an entry."""

import asyncio
from collections.abc import Sequence
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryError, ConfigEntryNotReady

from ..const import DOMAIN, LOGGER
from .asking import FoundHousehold, find_household
from .const import (
    CONF_HOSTS,
    CONF_HOUSEHOLD_ID,
    CONF_LISTENER_ADDRESS,
    CONF_LISTENER_PORT,
)
from .errors import FAILURES, SocoMissing, SonosError, UpnpOff, as_sonos_error
from .household import Household, SonosConfigEntry
from .issues import async_report_upnp_off
from .library import SOCO_IS_THERE
from .listener import CannotListen, EventListener

_ASKED_AT_ONCE: Final = 8
"""Each takes a thread of Home Assistant's until it answers or is given up."""


async def async_find_household(hass: HomeAssistant, host: str) -> FoundHousehold:
    """Return the household of the speaker at an address. Raises SonosError."""
    if not SOCO_IS_THERE:
        raise SocoMissing
    try:
        return await hass.async_add_executor_job(find_household, host)
    except (SonosError, *FAILURES) as err:
        raise as_sonos_error(err, host) from err


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
    return household


async def _async_found_again(
    hass: HomeAssistant, entry: SonosConfigEntry
) -> FoundHousehold:
    """Return the household by the first of its speakers that answers; those that are away are not waited for."""
    failure: SonosError | None = None
    hosts: Sequence[str] = entry.data[CONF_HOSTS]
    strangers = 0
    places = asyncio.Semaphore(_ASKED_AT_ONCE)

    async def ask(host: str) -> FoundHousehold:
        async with places:
            return await async_find_household(hass, host)

    asking = [asyncio.create_task(ask(host)) for host in hosts]
    try:
        for answering in asyncio.as_completed(asking):
            try:
                found = await answering
            except SonosError as err:
                # That UPnP is off is the better reason to tell.
                failure = failure if isinstance(failure, UpnpOff) else err
                continue
            if found.id == entry.data[CONF_HOUSEHOLD_ID]:
                return found
            strangers += 1
    finally:
        for task in asking:
            task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)
    if isinstance(failure, UpnpOff):
        async_report_upnp_off(hass, entry, ", ".join(hosts))
    if failure is None and strangers:
        raise ConfigEntryError(
            translation_domain=DOMAIN, translation_key="household_elsewhere"
        )
    raise ConfigEntryNotReady(
        translation_domain=DOMAIN,
        translation_key="household_unreachable",
        translation_placeholders={"hosts": ", ".join(hosts)},
    ) from failure
