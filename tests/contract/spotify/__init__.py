"""The Spotify simulator held against a public description of the Web API, and against spotipy."""
