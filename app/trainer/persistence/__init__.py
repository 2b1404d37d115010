"""Persistence: a session as bytes, from which it continues exactly where it was."""
