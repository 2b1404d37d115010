"""The process in which networks live and train. It is told what to do over one socket, and nothing else.

Start at `event_loop` (what happens in which order), then `session` (one network) and `network_setup` (from a
spec to what the engine trains).
"""
