"""The history: what sources say, what it amounts to, and how it is asked for."""
