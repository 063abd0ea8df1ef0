"""A Sonos household; the only package that imports SoCo."""
