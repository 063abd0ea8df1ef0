"""A Spotify service and a Sonos household on loopback, for tests and the demo."""
