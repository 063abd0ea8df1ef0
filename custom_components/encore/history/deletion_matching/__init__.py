"""Which plays deletion rules are about, and what blocks the re-import of deleted ones."""
