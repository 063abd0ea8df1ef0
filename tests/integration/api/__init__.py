"""The doors through which questions are asked."""
