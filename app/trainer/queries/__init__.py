"""Queries: read-only answers about a network, each a function of the session and the query."""
