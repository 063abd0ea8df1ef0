"""Which observations are one play, and what that play was."""
