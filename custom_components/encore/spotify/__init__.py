"""Spotify accounts: Web API, login, call budget, tracking of plays, library."""
