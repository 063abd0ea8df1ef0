"""Commands that delete, import, export and rebuild the history."""
