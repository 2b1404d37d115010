"""The page speaks the language it is asked for, the one the browser remembers, or the one it prefers."""

from collections.abc import Iterator

import httpx
import pytest

from app.services.pages.negotiation import negotiate_language
from tests.app.server import Service

KNOWN = ("en", "tr")


@pytest.fixture
def visitor(service: Service) -> Iterator[httpx.Client]:
    """A browser that remembers nothing yet."""
    with httpx.Client(base_url=service.address, trust_env=False) as client:
        yield client


@pytest.mark.parametrize(
    ("asked", "remembered", "accepted", "language"),
    [
        (None, None, "", "en"),
        (None, None, "de-DE,tr-TR;q=0.8,en;q=0.5", "tr"),
        (None, None, "en;q=0.3, tr;q=0.9", "tr"),
        (None, None, "tr;q=0, de", "en"),
        (None, None, "tr;q=nonsense, en", "en"),
        (None, "tr", "en", "tr"),
        ("en", "tr", "tr", "en"),
        ("klingon", None, "tr", "tr"),
    ],
)
def test_the_first_wish_that_can_be_met_is(asked, remembered, accepted, language):
    assert negotiate_language(KNOWN, asked, remembered, accepted) == language


@pytest.mark.parametrize("path", ["/", "/lecture"])
def test_an_address_with_a_language_is_answered_in_it_and_remembered(visitor: httpx.Client, path: str):
    page = visitor.get(path, params={"language": "tr"})
    assert '<html lang="tr"' in page.text
    assert "static/text/tr.json" in page.text
    assert page.headers["Content-Language"] == "tr"
    assert '<html lang="tr"' in visitor.get(path).text
    visitor.cookies.clear()
    assert '<html lang="en"' in visitor.get(path).text


def test_a_language_there_is_not_is_not_remembered(visitor: httpx.Client):
    page = visitor.get("/", params={"language": "klingon"})
    assert "set-cookie" not in page.headers
    assert '<html lang="en"' in page.text
