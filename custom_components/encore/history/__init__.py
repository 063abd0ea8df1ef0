"""What was played in the house: observations, the plays they amount to, and how to ask for them."""
