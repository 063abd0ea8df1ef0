"""Spotify's Web API: the gateway, and typed calls and answers."""
