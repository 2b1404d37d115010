"""The cookie filter: no cookie but the language's gets in, and no long or quoted value of that."""

from http import cookies
from time import process_time
from typing import Any

import httpx
import pytest
from starlette.requests import HTTPConnection
from starlette.types import Receive, Scope, Send

from app.main import create_app
from app.settings import Settings
from app.web.middleware.cookie_filter import CookieFilterMiddleware, find_cookie
from tests.app.server import Service

QUADRATIC = '"' + r"\1" * 25_000 + '"'
HOST = (b"host", b"playground")


async def filtered(kind: str, *headers: str) -> list[tuple[bytes, bytes]]:
    """Return the headers that an app behind the filter is given; those of the request are cookies."""
    seen: list[tuple[bytes, bytes]] = []

    async def app(scope: Scope, _: Receive, __: Send) -> None:
        seen.extend(scope["headers"])

    async def unused(*_: Any) -> Any:
        raise AssertionError

    given = [HOST, *((b"cookie", header.encode("latin-1")) for header in headers)]
    scope = {"type": kind, "headers": given}
    await CookieFilterMiddleware(app, "language")(scope, unused, unused)
    assert scope["headers"] is given
    return seen


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    ("headers", "passed_on"),
    [
        (["language=tr"], "language=tr"),
        (["x=1; language=tr; y=2"], "language=tr"),
        (["x=1", "language = tr ", "y"], "language=tr"),
        (["language=en; language=tr"], "language=tr"),
        (["language=tr", "language=" + QUADRATIC], "language=tr"),
        ([f"x={QUADRATIC}; language=tr"], "language=tr"),
        ([f"x={QUADRATIC}"], None),
        ([f"language={QUADRATIC}"], None),
        (["language=" + "t" * 10_000], None),
        (['language="tr"'], None),
        (["Language=tr; language"], None),
        ([], None),
    ],
)
async def test_only_the_known_cookie_with_a_plain_value_is_passed_on(
    kind: str, headers: list[str], passed_on: str | None
):
    seen = await filtered(kind, *headers)
    assert seen == ([HOST, (b"cookie", passed_on.encode())] if passed_on else [HOST])
    assert HTTPConnection({"type": "http", "headers": seen}).cookies == (
        {"language": "tr"} if passed_on else {}
    )


@pytest.mark.parametrize("piece", [r"\1", "=", ";", "; ", '"', " ", "language", "language=", "language=a;"])
def test_a_header_of_64_kilobytes_takes_a_moment_of_the_processor(piece: str):
    header = ("language=" + 65_536 // len(piece) * piece).encode()
    begun = process_time()
    find_cookie(header, b"language")
    assert process_time() - begun < 0.25


@pytest.mark.parametrize("path", ["/api/v1/healthz", "/?language=tr"])
async def test_no_route_hands_a_long_cookie_to_the_quadratic_parser(
    monkeypatch: pytest.MonkeyPatch, path: str
):
    unquoted: list[str] = []

    def unquote(text: str) -> str:
        unquoted.append(text)
        return text

    monkeypatch.setattr(cookies, "_unquote", unquote)
    transport = httpx.ASGITransport(create_app(Settings()))
    async with httpx.AsyncClient(transport=transport, base_url="http://playground") as client:
        await client.get(path, headers={"Cookie": f"x={QUADRATIC}; language=tr"})
    assert set(unquoted) <= {"tr"}


def test_a_server_answers_a_request_with_a_long_cookie_and_still_reads_the_language(service: Service):
    cookie = {"Cookie": f"x={QUADRATIC}; language=tr"}
    with httpx.Client(base_url=service.address, trust_env=False, headers=cookie, timeout=30) as client:
        assert client.get("/api/v1/healthz").status_code == 200
        assert client.get("/").headers["Content-Language"] == "tr"
