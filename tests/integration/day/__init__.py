"""The simulated day: its virtual time, and a short one that is lived with every run."""
