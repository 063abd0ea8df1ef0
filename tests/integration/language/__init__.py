"""How sentences are understood: laws over thousands of sentences."""
