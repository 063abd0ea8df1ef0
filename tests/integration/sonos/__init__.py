"""A Sonos household in Home Assistant, with the simulated one."""
