"""Exports become observations here: what lies in them, row by row, and what became of each row."""
