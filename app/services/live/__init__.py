"""Live socket: one connection's frames, events and commands; and waiting for a pause."""
