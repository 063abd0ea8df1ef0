"""Where observations enter the store, and the plays that they change are derived."""
