"""Linking accounts, with the simulated Spotify."""
