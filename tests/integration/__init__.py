"""Tests with Home Assistant in the process."""
