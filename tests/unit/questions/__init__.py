"""Questions, their words and their answers, without Home Assistant."""
