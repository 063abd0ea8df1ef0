"""From the states of players over time to observations; free of Home Assistant and SoCo."""
