"""Custom components: the folder that Home Assistant looks in."""
