"""The simulator over a whole past."""
