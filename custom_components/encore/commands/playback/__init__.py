"""Commands that play, replay, queue and transfer."""
