"""Steps of the config, options and repair flows."""
