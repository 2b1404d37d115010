"""Pydantic models of requests and responses, shared by routes, services and the client."""
