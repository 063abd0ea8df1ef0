"""Persons as *Settings → People* makes them, and users who send requests."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from aiohttp.web import Request

from homeassistant.auth.models import User
from homeassistant.components.http.const import KEY_HASS_USER
from homeassistant.components.person import async_create_person
from homeassistant.components.person.const import DOMAIN
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.http import current_request
from homeassistant.setup import async_setup_component


async def add_person(
    hass: HomeAssistant, key: str, user: User | None = None, name: str | None = None
) -> str:
    """Make a person, who may be a user; return its entity, `person.` and the key."""
    assert await async_setup_component(hass, DOMAIN, {})
    persons = er.async_get(hass)
    before = {*persons.entities}
    await async_create_person(hass, name or key, user_id=user.id if user else None)
    await hass.async_block_till_done()
    (made,) = (
        each for each in {*persons.entities} - before if each.startswith("person.")
    )
    if made != f"{DOMAIN}.{key}":
        persons.async_update_entity(made, new_entity_id=f"{DOMAIN}.{key}")
        await hass.async_block_till_done()
    return f"{DOMAIN}.{key}"


@contextmanager
def requested_by(user: User | None) -> Iterator[None]:
    """Do what is inside as a request of a user does it."""
    request = cast("Request", cast("Any", {KEY_HASS_USER: user}))
    token = current_request.set(request)
    try:
        yield
    finally:
        current_request.reset(token)


async def change_sharing(
    hass: HomeAssistant,
    entry: ConfigEntry,
    chosen: dict[str, Any],
    *,
    purge_recorded: bool = False,
    hide_name: bool = False,
) -> Any:
    """Send the page of an account's options, and the one that follows where the household no longer shares it."""
    flows = hass.config_entries.options
    form = await flows.async_init(entry.entry_id)
    result = await flows.async_configure(form["flow_id"], chosen)
    if result.get("step_id") == "sharing_ends":
        result = await flows.async_configure(
            form["flow_id"],
            {"purge_recorded": purge_recorded, "hide_name": hide_name},
        )
    return result
