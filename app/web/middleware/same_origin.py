"""Same-origin middleware: it refuses changes that pages of other sites request.

Scripts send no Origin and pass. The own origin is the host of the request, so the playground works under any
of its names and addresses. Over TLS the page must have been loaded over TLS too. If a proxy does not forward
the scheme, both schemes pass.
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
    """Return a host without the default port of its scheme, as browsers write it."""
    return re.sub(rf"(?<=.):{PORTS[scheme]}$", "", host)
