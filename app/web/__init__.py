"""Web adapter: FastAPI's dependencies, errors, responses and middleware for this service."""
