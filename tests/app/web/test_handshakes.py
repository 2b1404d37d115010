"""Handshakes that cannot be: a problem document with the headers of every answer, and no line in the log."""

import asyncio
import json
import socket
from collections.abc import Iterator

import pytest
from uvicorn.protocols.utils import ClientDisconnected
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from app.web.middleware.security_headers import HEADERS
from app.web.websocket_protocol import SocketProtocol
from tests.app.server import PREFIX, Service, served


@pytest.fixture(scope="module")
def quiet() -> Iterator[Service]:
    """A server of its own, which in the end has written nothing."""
    with served() as (process, service):
        yield service
        process.terminate()
        assert process.communicate(timeout=10)[1] == ""


LIVE = PREFIX + "/networks/x/live"


@pytest.mark.parametrize(
    ("path", "origin", "status", "kind"),
    [
        (LIVE, "http://elsewhere.example", 403, "foreign-origin"),
        ("/static/js/pages/playground.js", "http://elsewhere.example", 403, "foreign-origin"),
        ("/nothing", None, 404, "not-found"),
        (PREFIX + "/networks", None, 404, "not-found"),
        ("/static/js/pages/playground.js", None, 404, "not-found"),
        (LIVE + "?frames_per_second=0", None, 422, "unfit"),
        (LIVE + "?frames_per_second=many", None, 422, "unfit"),
    ],
)
def test_a_handshake_that_cannot_be_is_a_problem(quiet, path, origin, status, kind):
    url = quiet.address.replace("http", "ws", 1) + path
    with pytest.raises(InvalidStatus) as refused, connect(url, origin=Origin(origin) if origin else None):
        pass
    there = refused.value.response
    assert (there.status_code, json.loads(bytes(there.body))["type"]) == (status, f"/problems/{kind}")
    assert there.headers["Content-Type"] == "application/problem+json"
    assert all(there.headers[name] == value for name, value in HEADERS.items())


@pytest.mark.parametrize(
    "lines",
    [
        "",
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n",
        "Sec-WebSocket-Version: 12\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
    ],
)
def test_half_a_handshake_is_malformed(quiet, lines):
    host, port = quiet.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 10) as raw:
        raw.sendall(
            f"GET {LIVE} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\n{lines}\r\n".encode()
        )
        head, _, body = b"".join(iter(lambda: raw.recv(4096), b"")).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert b"Content-Security-Policy: default-src 'none'" in head
    assert json.loads(body)["type"] == "/problems/malformed-request"


def test_a_text_that_is_no_utf_8_closes_the_socket_and_is_no_fault(quiet):
    network = quiet.create()
    for pieces in (b"\xff\xfe", [b"\xe2\x82", b"x"]):
        with network.live() as live:
            live.socket.send(pieces, text=True)
            assert live.closed() == 1007


@pytest.mark.parametrize("kind", ["websocket.send", "websocket.close"])
async def test_what_is_sent_while_the_socket_closes_itself_is_sent_to_one_who_has_left(kind):
    protocol = object.__new__(SocketProtocol)
    protocol.writable, protocol.disconnected = asyncio.Event(), False
    protocol.handshake_complete, protocol.initial_response, protocol.close_sent = True, None, False
    sending = asyncio.create_task(protocol.send({"type": kind, "text": "a frame"}))
    await asyncio.sleep(0)
    protocol.close_sent = True
    protocol.writable.set()
    with pytest.raises(ClientDisconnected):
        await sending
