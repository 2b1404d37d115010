"""Strict routes: no unknown query parameters, strict JSON, and other media types where a route reads them."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, ClassVar

from fastapi import Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException

from app.domain.exceptions import FieldError, InvalidRequest
from app.domain.strict_json import parse
from app.services.uploads.csv_reader import read_csv, read_text
from app.services.uploads.npz_reader import read_layers, read_spec
from app.settings import Limits

LARGE = 1 << 16
"""Bytes from which reading a body takes long enough to be done beside the event loop."""
JSON = "application/json"
Reader = Callable[[bytes, Limits], Any]


class ReadRequest(Request):
    """Request whose body has been read and parsed from any media type."""

    value: Any = None

    async def json(self) -> Any:
        return self.value


class StrictRoute(APIRoute):
    """Route that accepts JSON, and the media types that it has further readers for.

    It refuses unknown query parameters, since a misspelt one would be ignored.
    """

    readers: ClassVar[Mapping[str, Reader]] = {}

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()
        known = queried(self.dependant)

        async def read_and_handle(request: Request) -> Response:
            if known and (unknown := request.query_params.keys() - known):
                there_are = f"this parameter does not exist; use one of these: {', '.join(sorted(known))}"
                raise InvalidRequest.of(*(FieldError(name[:60], there_are) for name in sorted(unknown)))
            if not self.body_field:
                return await handle(request)
            media_type = request.headers.get("content-type", "")
            body = await request.body()
            if not body and request.method == "POST" and not media_type:
                body, media_type = b"{}", JSON  # a request that needs nothing said
            if not body and not media_type.startswith("text/"):  # an empty table is one with too few rows
                return await handle(request)
            reader = self._reader(media_type)
            headers = MutableHeaders(raw=list(request.scope["headers"]))
            headers["content-type"] = JSON
            read = ReadRequest({**request.scope, "headers": headers.raw}, replayed(body))
            limits = request.app.state.settings.limits
            large = len(body) > LARGE
            read.value = await asyncio.to_thread(reader, body, limits) if large else reader(body, limits)
            return await handle(read)

        return read_and_handle

    def _reader(self, content_type: str) -> Reader:
        kind = content_type.partition(";")[0].strip().lower()
        if kind == JSON or kind.endswith("+json"):
            return lambda body, _: parse(body)
        if kind not in self.readers:
            taken = " or ".join((JSON, *self.readers))
            given = kind[:60] or "of no type"
            raise HTTPException(
                415, f"The body is {given}, but it must be {taken}. Set the Content-Type header."
            )
        return self.readers[kind]


class TableRoute(StrictRoute):
    """Takes examples as CSV too."""

    readers: ClassVar[Mapping[str, Reader]] = {"text/csv": read_csv}


class PreviewRoute(StrictRoute):
    """Takes the text of a table as CSV too."""

    readers: ClassVar[Mapping[str, Reader]] = {"text/csv": read_text}


class ArchiveRoute(StrictRoute):
    """Takes parameters as a NumPy archive too."""

    readers: ClassVar[Mapping[str, Reader]] = {"application/x-npz": lambda body, _: read_layers(body)}


class NetworkRoute(StrictRoute):
    """Takes a network as a NumPy archive too."""

    readers: ClassVar[Mapping[str, Reader]] = {"application/x-npz": lambda body, _: read_spec(body)}


def queried(dependant: Dependant) -> set[str]:
    """Return the query parameters that a route, or something it depends on, takes."""
    own = {parameter.alias for parameter in dependant.query_params}
    return own.union(*map(queried, dependant.dependencies))


def replayed(body: bytes) -> Callable[[], Coroutine[Any, Any, dict[str, Any]]]:
    """Return a receive function that yields a body that was read before."""

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive
