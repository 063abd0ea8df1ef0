"""Commands about Encore itself: jobs, audit log, calls to Spotify, sentences that were not understood."""
