"""Login at Spotify: OAuth sessions, tokens and their encryption, and permissions."""
