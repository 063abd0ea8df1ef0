"""Search by name: words, letters and sound."""
