"""Access log middleware: requests are counted, timed and logged by route, never by path."""

import logging
from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.services.observability.traffic import Traffic

NO_ROUTE = "none"
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
log = logging.getLogger(__name__)


class AccessLogMiddleware:
    """Counter, timer and log of requests. prefix: the part of all routes that is omitted."""

    def __init__(self, app: ASGIApp, traffic: Traffic, prefix: str) -> None:
        self.app = app
        self.traffic = traffic
        self.prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, status = perf_counter(), 0

        async def send_and_note(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            await self.app(scope, receive, send_and_note)
        finally:
            self._note(scope, status, perf_counter() - begun)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route: str = getattr(scope.get("route"), "path", NO_ROUTE).removeprefix(self.prefix)
        # A client may invent methods, and each label stays in memory for good.
        method = scope["method"] if route != NO_ROUTE and scope["method"] in METHODS else "any"
        self.traffic.requests[method, route, status] += 1
        self.traffic.request_seconds.observe(seconds)
        if log.isEnabledFor(logging.INFO):
            fields = {"method": method, "route": route, "status": status, "ms": round(1000 * seconds, 1)}
            log.info("request", extra=fields)
