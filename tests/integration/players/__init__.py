"""Rooms in Home Assistant: players as witnesses."""
