"""Body limit middleware: it refuses bodies above a size.

One that is too large is read to its end all the same, up to a bound, so that an ordinary client
sees the refusal and not a broken connection.
"""

from typing import Any

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.problems import problem
from app.web.errors import problem_response

READ_AT_MOST = 16_000_000


class BodyLimitMiddleware:
    """limit: bytes of a body that is taken."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
            return
        announced = _announced(scope)
        keep = announced <= self.limit
        body, size = await self._read(receive, keep) if announced <= READ_AT_MOST else (None, announced)
        if body is None:
            await problem_response(too_large(self.limit, size))(scope, receive, send)
            return

        async def replay() -> Message:
            nonlocal body
            if body is None:
                return await receive()
            whole, body = body, None
            return {"type": "http.request", "body": whole, "more_body": False}

        await self.app(scope, replay, send)

    async def _read(self, receive: Receive, keep: bool) -> tuple[bytes | None, int]:
        """Return the body and its size; None where it is larger than may be."""
        pieces: list[bytes] = []
        size = 0
        while size <= READ_AT_MOST:
            message = await receive()
            piece = message.get("body", b"")
            size += len(piece)
            keep = keep and size <= self.limit
            if keep:
                pieces.append(piece)
            else:
                pieces.clear()
            if not message.get("more_body", False):
                break
        return (b"".join(pieces) if keep else None), size


def too_large(limit: int, size: int) -> dict[str, Any]:
    """Return the problem of a body that has this size, or more."""
    return problem(
        413,
        "too-large",
        "Too large",
        f"The body has {size:,} bytes or more, but at most {limit:,} are allowed.",
    )


def _announced(scope: Scope) -> int:
    """Return the bytes that Content-Length promises; 0 where it says nothing."""
    text = Headers(scope=scope).get("content-length", "")
    return int(text) if text.isdecimal() and len(text) < 19 else 0
