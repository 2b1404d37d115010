"""HEAD middleware: HEAD is answered as GET is, without the body, for every address."""

from starlette.types import ASGIApp, Receive, Scope, Send


class HeadMiddleware:
    """Turn HEAD into GET. The server, which knows of HEAD, leaves the body out."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_head = scope["type"] == "http" and scope["method"] == "HEAD"
        await self.app({**scope, "method": "GET"} if is_head else scope, receive, send)
