"""Time ranges and moments by name, and local time."""
