"""Browse, search and play: for accounts, rooms and the media source."""
