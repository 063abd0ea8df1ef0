"""Tests of what a witness concludes."""
