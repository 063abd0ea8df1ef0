"""From an account's player and recently played list to observations."""
