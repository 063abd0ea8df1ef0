"""The read side of the history: plays, coverage, filters, and what is known of listeners and rooms."""
