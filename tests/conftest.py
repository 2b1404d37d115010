"""What every test shares."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.app.server import Service, served

# How long an example takes says more about who else uses the machine than about the code.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Asynchronous tests run on asyncio, as the server does."""
    return "asyncio"


@pytest.fixture(scope="session")
def service() -> Iterator[Service]:
    """Yield an HTTP client of a server that runs as long as the tests do."""
    with served() as (_, client):
        yield client


os.environ["DATA"] = ":memory:"  # no test touches a user's data; one that keeps any names a folder
