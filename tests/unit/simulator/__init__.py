"""Tests of the simulators, without HTTP and without Home Assistant."""
