"""Imports of exports from Spotify and from Encore: one module for each format."""
