"""Tests of how sentences are read."""
