"""Constants of a Sonos entry."""

from typing import Final

CONF_HOUSEHOLD_ID: Final = "household_id"
CONF_HOSTS: Final = "hosts"
"""Addresses at which a speaker of the household was seen."""
CONF_LISTENER_ADDRESS: Final = "listener_address"
CONF_LISTENER_PORT: Final = "listener_port"
