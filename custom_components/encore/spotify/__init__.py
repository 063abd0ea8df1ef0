"""Spotify: the account, its player and what was played on it."""
