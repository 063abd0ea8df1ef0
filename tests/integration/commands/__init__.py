"""Tests of the commands, given through Home Assistant to the simulated Spotify."""
