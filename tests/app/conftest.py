"""One server for all tests that can share it."""

from collections.abc import Iterator

import pytest

from tests.app.server import Service, served


@pytest.fixture(scope="session")
def service() -> Iterator[Service]:
    """A client of a server that runs as long as the tests do."""
    with served() as (_, client):
        yield client
