"""Server error middleware: an unexpected exception is logged under a number that the answer names.

Requests that are not done shortly after the service was told to end are cancelled, and answered too.
"""

import asyncio
import logging
import secrets

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.exceptions import InternalError, ShuttingDown
from app.domain.problems import error_problem
from app.web.errors import problem_response

log = logging.getLogger(__name__)


class ServerErrorMiddleware:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def send_and_note(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, send_and_note)
        except asyncio.CancelledError:
            if begun or scope["type"] != "http":
                raise
            await problem_response(error_problem(ShuttingDown()))(scope, receive, send)
        except Exception:
            number = secrets.token_hex(4)
            log.exception("fault", extra={"fault": number})
            if begun or scope["type"] != "http":
                raise
            await problem_response(error_problem(InternalError.of(number)))(scope, receive, send)
