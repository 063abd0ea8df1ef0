"""What Encore reads from what Sonos says, without Home Assistant."""
