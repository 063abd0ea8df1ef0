"""Reads what speech recognition hands over: which question or command a sentence is, and its values; learned, not listed."""
