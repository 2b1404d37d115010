"""The process in which networks live and train. It is told what to do over one socket, and nothing else.

Start at `trainer` (what happens in which order), then `resident` (one network) and `setups` (from a
spec to what the engine trains).
"""
