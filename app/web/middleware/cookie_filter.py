"""Cookie filter: only the cookie that the app reads gets past it, and only with a plain value.

Starlette unquotes every cookie with `http.cookies`. Before CPython 3.11.10 that takes quadratic time
(CVE-2024-7592), so one quoted value of 50 kB would block the event loop for seconds.
"""

import re
from collections.abc import Iterable

from starlette.types import ASGIApp, Receive, Scope, Send

HEADER = b"cookie"
PLAIN_VALUE = re.compile(rb"[\w.-]{1,64}")


class CookieFilterMiddleware:
    """ASGI middleware that removes all cookies but one. name: of the cookie that the app reads."""

    def __init__(self, app: ASGIApp, name: str) -> None:
        self.app = app
        self.name = name.encode("ascii")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            scope = {**scope, "headers": self._filter(scope["headers"])}
        await self.app(scope, receive, send)

    def _filter(self, headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        """Return the headers with at most one short `Cookie`."""
        filtered, value = [], None
        for header, content in headers:
            if header == HEADER:
                value = find_cookie(content, self.name) or value
            else:
                filtered.append((header, content))
        if value is not None:
            filtered.append((HEADER, self.name + b"=" + value))
        return filtered


def find_cookie(header: bytes, name: bytes) -> bytes | None:
    """Return the last plain value of a cookie in a `Cookie` header, in time linear in its length."""
    value = None
    for pair in header.split(b";"):
        key, _, text = pair.partition(b"=")
        # A quoted value is left out: to unquote it is what takes the time.
        if key.strip() == name and PLAIN_VALUE.fullmatch(text := text.strip()):
            value = text
    return value
