"""Fixtures of the client's tests: the server that the service's tests use too."""

from tests.app.conftest import service

__all__ = ["service"]
