"""Tests of the Spotify part with Home Assistant and the simulated Spotify."""
