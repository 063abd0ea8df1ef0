"""Tests without Home Assistant."""
