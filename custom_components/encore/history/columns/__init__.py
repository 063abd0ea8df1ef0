"""All plays as columns in memory: totals, rankings and timelines."""
