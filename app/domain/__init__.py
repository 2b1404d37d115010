"""Domain model of networks, shared by the web process and the trainers. It uses neither HTTP nor the disk."""
