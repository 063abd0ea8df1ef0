"""Tests of what Home Assistant shows of the history: sensors, events and buttons."""
