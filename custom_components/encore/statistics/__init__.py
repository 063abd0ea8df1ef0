"""Long-term statistics in Home Assistant's recorder."""
