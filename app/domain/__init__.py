"""Domain: what a network is to a client, shared by the web and the trainer process. No HTTP, no disk."""
