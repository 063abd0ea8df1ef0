"""A private listener at every place where Home Assistant shows something of the history."""
