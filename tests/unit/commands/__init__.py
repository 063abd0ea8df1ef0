"""Texts, documentation and spoken results of the commands, held without Home Assistant."""
