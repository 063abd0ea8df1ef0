"""What an account has saved at Spotify, and metadata look-ups."""
