"""A demo house: the simulators, a real Home Assistant, two listeners and their years of music."""
