"""A reverse proxy as small as one can be: it serves another server under a prefix, sockets included."""

import contextlib
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread

SECONDS = 20


class Handler(BaseRequestHandler):
    """One request a connection: its head is changed, all else passes both ways as it comes."""

    server: "Proxy"

    def handle(self) -> None:
        head, rest = self._head()
        if not head:
            return
        with socket.create_connection(self.server.behind, SECONDS) as upstream:
            upstream.sendall(self.server.rewritten(head) + b"\r\n\r\n" + rest)
            back = Thread(target=_pass, args=(upstream, self.request), daemon=True)
            back.start()
            _pass(self.request, upstream)
            back.join(SECONDS)

    def _head(self) -> tuple[bytes, bytes]:
        sofar = b""
        while b"\r\n\r\n" not in sofar:
            piece = self.request.recv(65536)
            if not piece:
                return b"", b""
            sofar += piece
        head, _, rest = sofar.partition(b"\r\n\r\n")
        return head, rest


class Proxy(ThreadingTCPServer):
    """behind: host and port of the server. strips: the prefix is taken off before it is asked."""

    daemon_threads = True

    def __init__(self, behind: tuple[str, int], prefix: str, strips: bool, headers: list[str]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.behind = behind
        self.prefix = prefix
        self.strips = strips
        self.headers = headers

    def rewritten(self, head: bytes) -> bytes:
        """The head of a request as the server behind is to see it."""
        request, *lines = head.decode("latin-1").split("\r\n")
        method, path, version = request.split(" ")
        if self.strips:
            path = path.removeprefix(self.prefix) if path.startswith(f"{self.prefix}/") else "/nowhere"
        replaced = {header.partition(":")[0].lower() for header in self.headers}
        kept = [line for line in lines if line.partition(":")[0].lower() not in replaced]
        if not any(re.match("upgrade:", line, re.IGNORECASE) for line in kept):
            kept = [line for line in kept if not re.match("connection:", line, re.IGNORECASE)]
            kept.append("Connection: close")
        return "\r\n".join([f"{method} {path} {version}", *kept, *self.headers]).encode("latin-1")


def _pass(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while piece := source.recv(65536):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)


@contextmanager
def behind_a_proxy(address: str, prefix: str, strips: bool, *headers: str) -> Iterator[str]:
    """The address under which a proxy serves the server at `address`, without a slash at the end.

    headers: lines that take the place of those of the same name.
    """
    host, _, port = address.removeprefix("http://").partition(":")
    with Proxy((host, int(port)), prefix, strips, list(headers)) as proxy:
        Thread(target=proxy.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{proxy.server_address[1]}{prefix}"
        proxy.shutdown()
