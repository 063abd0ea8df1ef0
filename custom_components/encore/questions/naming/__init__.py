"""Names in questions: listeners, groups, rooms, and items of the history."""
