"""Set-up: from a client's spec to what the engine trains."""
