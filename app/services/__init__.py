"""What the service does, in its own words; nothing here knows HTTP."""
