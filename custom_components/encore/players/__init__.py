"""Watches the players of the house as witnesses of what is heard in which room."""
