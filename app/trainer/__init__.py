"""Trainer process: networks live and train in it, and one socket connects it to the web process.

Start at `event_loop` (what happens in which order), then `session` (one network) and `network_setup` (from a
spec to what the engine trains).
"""
