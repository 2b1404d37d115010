"""Same-origin middleware: pages of other sites may change nothing.

Scripts send no Origin and pass. What counts as "this server" is the host that the request was sent
to, so that the playground works under any name and address it has. Over TLS only a page over TLS
may ask; where a proxy does not say that it was TLS, either may.
"""

import re

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.domain.problems import problem
from app.web.errors import problem_response

SAFE = {"GET", "HEAD", "OPTIONS"}
PORTS = {"http": 80, "https": 443}
FOREIGN = problem(
    403,
    "foreign-origin",
    "Foreign origin",
    "The request comes from a page of another server. Open the playground at this server's own address.",
)


class SameOriginMiddleware:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or scope.get("method") in SAFE or _own(scope):
            await self.app(scope, receive, send)
        else:
            await problem_response(FOREIGN)(scope, receive, send)


def _own(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    schemes = {"https"} if scope["scheme"] in ("https", "wss") else {"http", "https"}
    own = headers.get("host", "").lower()
    for origin in headers.getlist("origin"):
        scheme, _, host = origin.partition("://")
        if scheme not in schemes or not host or _bare(host, scheme) != _bare(own, scheme):
            return False
    return True


def _bare(host: str, scheme: str) -> str:
    """A host without the port that its scheme has by itself, as browsers write it."""
    return re.sub(rf"(?<=.):{PORTS[scheme]}$", "", host)
