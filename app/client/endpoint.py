"""Endpoints: each operation described once, for the blocking and the asynchronous client.

An operation is a function from its arguments to a `Call`: the request, and how the answer is read.
`Operation` makes it a method: of `Client` it returns the answer, of `AsyncClient` an awaitable of
it. The two clients differ in `send` and in nothing else.
"""

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, Self, TypeVar, overload

import httpx
import numpy as np
from pydantic import BaseModel

from app.client.exceptions import ProblemError

if TYPE_CHECKING:
    from app.client.client import AsyncClient, Client

P = ParamSpec("P")
T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)
JSON = "application/json"
PATH = re.compile(r"[\w/.~-]+")


@dataclass(frozen=True)
class Endpoint(Generic[T]):
    """A request and the way to read its answer.

    path: below /api/v1. query, headers: entries that are None are left out. body: JSON unless bytes.
    Raises ValueError where the path has something else for an id, as a whole state.
    """

    method: str
    path: str
    read: Callable[[httpx.Response], T]
    query: Mapping[str, object] = field(default_factory=dict)
    headers: Mapping[str, str | None] = field(default_factory=dict)
    body: Any = None

    def __post_init__(self) -> None:
        if not PATH.fullmatch(self.path):
            raise ValueError(f"{self.path[:80]!r} is no path: an id is a text as state.id is")

    def request(self, http: httpx.Client | httpx.AsyncClient) -> httpx.Request:
        """Return the request, as this connection sends it."""
        headers = {name: value for name, value in self.headers.items() if value is not None}
        query = {name: str(value) for name, value in self.query.items() if value is not None}
        content = self.body
        if content is not None and not isinstance(content, bytes):
            content = json.dumps(content, default=_listed, allow_nan=False).encode()
            headers["Content-Type"] = JSON
        return http.build_request(self.method, self.path, params=query, headers=headers, content=content)

    def answer(self, response: httpx.Response) -> T:
        """Return what the answer says. Raises ProblemError."""
        if response.is_success:
            return self.read(response)
        raise ProblemError.of(response)


class Operation(Generic[P, T]):
    """A method of both clients, from the function that describes its call."""

    def __init__(self, describe: Callable[P, Endpoint[T]]) -> None:
        self.describe = describe
        self.__doc__ = describe.__doc__

    @overload
    def __get__(self, client: None, owner: type) -> Self: ...
    @overload
    def __get__(self, client: "Client", owner: type) -> Callable[P, T]: ...
    @overload
    def __get__(self, client: "AsyncClient", owner: type) -> Callable[P, Awaitable[T]]: ...

    def __get__(self, client: "Client | AsyncClient | None", owner: type) -> Any:
        if client is None:
            return self

        @wraps(self.describe)
        def method(*arguments: P.args, **named: P.kwargs) -> T | Awaitable[T]:
            return client.send(self.describe(*arguments, **named))

        return method


def expect(kind: type[M]) -> Callable[[httpx.Response], M]:
    """Reads an answer as a model."""
    return lambda response: kind.model_validate_json(response.content)


def _listed(value: object) -> object:
    """NumPy's arrays and numbers as JSON has them."""
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    raise TypeError(f"a {type(value).__name__} is nothing that JSON knows")
