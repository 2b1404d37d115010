"""Training runs: their configuration, their state between two steps, and the loop that makes the steps."""
