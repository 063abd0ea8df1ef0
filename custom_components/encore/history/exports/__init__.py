"""A listener's history as files: what is written, one module for each format, and how it gets there."""
