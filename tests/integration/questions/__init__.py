"""Questions beside a database of another maker."""
