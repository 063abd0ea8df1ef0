"""The opened store: its lifecycle, copies and recovery, and what waits to be written to it."""
