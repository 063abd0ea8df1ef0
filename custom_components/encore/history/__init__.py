"""The history: observations, the plays derived from them, and queries; free of Home Assistant."""
