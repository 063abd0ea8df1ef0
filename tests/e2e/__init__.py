"""A stranger's walk: a real Home Assistant process, the simulators, a real browser."""
