"""Commands about playlists at Spotify."""
