"""Players as sources: Sonos speakers and other media players of Home Assistant."""
