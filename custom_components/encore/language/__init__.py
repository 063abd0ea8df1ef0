"""From a sentence to a question or command, and from an answer to speech; free of Home Assistant."""
