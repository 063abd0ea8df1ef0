"""Tests of the Spotify part that need no Home Assistant."""
