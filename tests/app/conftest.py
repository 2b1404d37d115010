"""One server for all tests that can share it."""

from collections.abc import Iterator

import pytest

from tests.app.service import Service, running


@pytest.fixture(scope="session")
def service() -> Iterator[Service]:
    """A client of a server that runs as long as the tests do."""
    with running() as (_, address):
        client = Service(address)
        yield client
        client.http.close()
