"""Origins: a browser says which site's page asks; only this server's own may change anything.

Scripts send no Origin and pass. What counts as "this server" is the host that the request was sent
to, so that the playground works under any name and address it has.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import problem_response
from app.services.problems import problem

SAFE = {"GET", "HEAD", "OPTIONS"}
FOREIGN = problem(
    403,
    "foreign-origin",
    "Foreign origin",
    "This page's origin is not the server it asks: open the playground at the server's own address.",
)


class Origins:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or scope.get("method") in SAFE or _own(Headers(scope=scope)):
            await self.app(scope, receive, send)
        else:
            await problem_response(FOREIGN)(scope, receive, send)


def _own(headers: Headers) -> bool:
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == headers.get("host", "").lower() != ""
