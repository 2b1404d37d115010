"""Body limit middleware: limits of size and time for a body, and of the bytes of all bodies under way.

A body that is too large is read to its end all the same, up to a bound, so that an ordinary client
sees the refusal and not a broken connection.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any
from weakref import WeakValueDictionary

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.problems import problem
from app.web.byte_budget import BudgetExceededError, ByteBudget
from app.web.errors import problem_response

MAX_READ_BYTES = 16_000_000
SMALL_BYTES = 1 << 16
"""A body up to this size is not counted: most requests are small, and must not wait for large ones."""
LARGE_BYTES_PER_SECOND = 2_000_000
"""A trainer needs about 0.2 s for 1 MB of examples, and half of its time belongs to everybody else."""
BODY_SECONDS = 60.0
WAIT_SECONDS = 30.0
NETWORK = re.compile(r"/networks/[^/]+")


class BodyLimitMiddleware:
    """limit: bytes of a body. total: bytes of all large bodies that are read or worked on at once."""

    def __init__(self, app: ASGIApp, limit: int, total: int) -> None:
        self.app = app
        self.limit = limit
        # One body always fits, whatever the settings are.
        self.budget = ByteBudget(max(total, limit), LARGE_BYTES_PER_SECOND)
        self.locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
            return
        try:
            async with AsyncExitStack() as charge:
                await self._read_and_answer(scope, receive, send, charge)
        except BudgetExceededError:
            await problem_response(too_busy())(scope, receive, send)

    async def _read_and_answer(
        self, scope: Scope, receive: Receive, send: Send, charge: AsyncExitStack
    ) -> None:
        announced = _announced(scope)
        body, size = None, announced
        try:
            async with asyncio.timeout(BODY_SECONDS):
                if announced <= MAX_READ_BYTES:
                    body, size = await self._read(scope, receive, charge)
        except TimeoutError:
            await problem_response(too_slow())(scope, receive, send)
            return
        except ClientDisconnect:
            return  # half a table must not be taken for a whole one
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

    async def _read(self, scope: Scope, receive: Receive, charge: AsyncExitStack) -> tuple[bytes | None, int]:
        """Return the body and its size; None for one that is too large.

        charge: until it is closed, a large body counts. Raises ClientDisconnect, BudgetExceededError.
        """
        pieces: list[bytes] = []
        announced, size, charged = _announced(scope), 0, False
        keep = announced <= self.limit
        while size <= MAX_READ_BYTES:
            if not charged and keep and max(announced, size) > SMALL_BYTES:
                # A body without an announced size may become as large as the limit.
                await charge.enter_async_context(self._count(scope, announced or self.limit))
                charged = True
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
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

    @asynccontextmanager
    async def _count(self, scope: Scope, size: int) -> AsyncIterator[None]:
        """Count a large body during the block. Raises BudgetExceededError."""
        # Of one network one after another: those that wait for its trainer leave room for other networks.
        named = NETWORK.search(scope["path"])
        lock = self.locks.setdefault(named.group(), asyncio.Lock()) if named else asyncio.Lock()
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                await lock.acquire()
        except TimeoutError as error:
            raise BudgetExceededError from error
        try:
            async with self.budget.spend(size, WAIT_SECONDS):
                yield
        finally:
            lock.release()


def too_large(limit: int, size: int) -> dict[str, Any]:
    """Return the problem of a body that has this size, or more."""
    return problem(
        413,
        "too-large",
        "Too large",
        f"The body has {size:,} bytes or more, but at most {limit:,} are allowed.",
    )


def too_slow() -> dict[str, Any]:
    """Return the problem of a body that did not arrive in time."""
    return problem(
        408,
        "too-slow",
        "Too slow",
        f"The body did not arrive within {BODY_SECONDS:.0f} seconds. Send the request again.",
    )


def too_busy() -> dict[str, Any]:
    """Return the problem of a body for which there was no room for WAIT_SECONDS."""
    detail = "Many large bodies are being read already. Send the request again in 1 second."
    return problem(503, "busy", "Too many large requests at once", detail, retry_after=1)


def _announced(scope: Scope) -> int:
    """Return the bytes that Content-Length promises; 0 where it says nothing."""
    text = Headers(scope=scope).get("content-length", "")
    return int(text) if text.isdecimal() and len(text) < 19 else 0
