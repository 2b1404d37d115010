"""Messages: what crosses between the web process and the trainer processes, and its framing."""
