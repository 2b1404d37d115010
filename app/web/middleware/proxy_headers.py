"""Proxy headers middleware: prefix and host as the client sees them.

A proxy that serves the playground under a prefix may take the prefix off or leave it on; from here
on it is always there, as ASGI has it. The host is the one that the client asked for, where the
proxy says which (X-Forwarded-Host). Pages of other sites cannot send that header: a browser would
ask first, and is told no.
"""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

FORWARDED_HOST = "x-forwarded-host"


class ProxyHeadersMiddleware:
    """root_path: the prefix, "" or "/lab"."""

    def __init__(self, app: ASGIApp, root_path: str) -> None:
        self.app = app
        self.root_path = root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            scope = {**scope, "headers": list(scope["headers"])}
            path: str = scope["path"]
            if self.root_path:
                scope["root_path"] = self.root_path
            if not f"{path}/".startswith(f"{self.root_path}/"):
                scope["path"] = self.root_path + path
            headers = MutableHeaders(scope=scope)
            if told := headers.get(FORWARDED_HOST):
                headers["host"] = told.partition(",")[0].strip()
        await self.app(scope, receive, send)


def own_path(scope: Scope) -> str:
    """Return the path of a request without the prefix of a proxy."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", ""))
