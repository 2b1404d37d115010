"""Scheduling: which networks train next, how far, and when they stop."""
