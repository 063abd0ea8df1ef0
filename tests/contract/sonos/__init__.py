"""The simulated Sonos household, held against SoCo itself."""
