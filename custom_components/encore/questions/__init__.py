"""The questions that Encore answers: one file each, and what they share; free of Home Assistant."""
