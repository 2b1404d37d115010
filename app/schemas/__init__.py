"""The shapes of what is asked and answered, shared by routes and services."""
