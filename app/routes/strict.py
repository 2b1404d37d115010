"""Strict bodies: JSON as the standard has it, and named as what it is."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from app.services.strict_json import parse

NEEDED = "Send the body as application/json: this one is {}."


class StrictRequest(Request):
    """A request whose JSON may not leave the standard."""

    async def json(self) -> Any:
        if not hasattr(self, "_parsed"):
            self._parsed = parse(await self.body())
        return self._parsed


class StrictRoute(APIRoute):
    """A route that reads JSON strictly, and refuses other kinds of bodies unless it says it reads them itself."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handle_strictly(request: Request) -> Response:
            kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            strict = StrictRequest(request.scope, request.receive)
            if self.body_field and await strict.body():
                if not kind.endswith(("/json", "+json")):
                    raise HTTPException(415, NEEDED.format(kind[:60] or "of no type"))
                await strict.json()
            return await handle(strict)

        return handle_strictly
