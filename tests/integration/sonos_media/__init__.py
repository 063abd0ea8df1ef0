"""Tests of what rooms are given to play, with both simulators in one house."""
