"""The history without Home Assistant."""
