"""Exports of a history as files: one module for each format."""
