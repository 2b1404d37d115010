"""Security headers middleware: a page loads from this host only and is never framed."""

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.middleware.proxy_headers import own_path

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'self'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in POLICY.items()),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

NEVER_DOCUMENTS = ("text/css", "text/javascript", "font/")
WORKER = re.compile(r"/worker(-\w+)?\.js")
SHORT = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    **{
        name: HEADERS[name]
        for name in ("X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Resource-Policy")
    },
}
"""Of what a page only loads: it comes by the hundred. A worker obeys the policy it comes with."""


class SecurityHeadersMiddleware:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                headers = MutableHeaders(scope=message)
                loaded = headers.get("content-type", "").startswith(NEVER_DOCUMENTS)
                short = loaded and not WORKER.search(own_path(scope))
                for name, value in (SHORT if short else HEADERS).items():
                    headers.setdefault(name, value)
                if own_path(scope).startswith("/api/"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, send_with_headers)
