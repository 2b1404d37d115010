"""Endpoints: each operation is described once, for the blocking and the asynchronous client.

An operation is a function from its arguments to an `Endpoint`: the request and the reader of its response.
`Operation` makes it a method of both clients. A method of `Client` returns the result, and one of
`AsyncClient` an awaitable of it. The two clients differ in `send` only.
"""

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from inspect import Parameter, Signature, signature
from types import MethodType
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar, get_args, overload

import httpx
import numpy as np

from backprop_playground.decoding import decode
from backprop_playground.exceptions import ProblemError

if TYPE_CHECKING:
    from backprop_playground.client import AsyncClient, Client

P = ParamSpec("P")
T = TypeVar("T")
JSON = "application/json"
PATH = re.compile(r"[\w/.~-]+")


@dataclass(frozen=True)
class Endpoint(Generic[T]):
    """Request of an operation, and the reader of its response.

    path: below /api/v1. query, headers: entries that are None are omitted. body: JSON unless bytes.
    Raises ValueError for a path with something that is no id, such as a whole state.
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
        """Return the request for this connection."""
        headers = {name: value for name, value in self.headers.items() if value is not None}
        query = {name: str(value) for name, value in self.query.items() if value is not None}
        content = self.body
        if content is not None and not isinstance(content, bytes):
            content = json.dumps(content, default=_to_builtin, allow_nan=False).encode()
            headers["Content-Type"] = JSON
        return http.build_request(self.method, self.path, params=query, headers=headers, content=content)

    def decode(self, response: httpx.Response) -> T:
        """Return the result in a response. Raise ProblemError if the response is a refusal."""
        if response.is_success:
            return self.read(response)
        raise ProblemError.of(response)


class Operation(Generic[P, T]):
    """Method of both clients, made of the function that describes its endpoint."""

    def __init__(self, describe: Callable[P, Endpoint[T]]) -> None:
        @wraps(describe)
        def method(self: "Client | AsyncClient", *arguments: P.args, **named: P.kwargs) -> T | Awaitable[T]:
            return self.send(describe(*arguments, **named))

        # What help() and notebooks show: the arguments behind `self`, and the result instead of the endpoint.
        described = signature(describe)
        (result,) = get_args(described.return_annotation)
        parameters = [Parameter("self", Parameter.POSITIONAL_ONLY), *described.parameters.values()]
        method.__signature__ = Signature(parameters, return_annotation=result)  # type: ignore[attr-defined]
        self._method = method

    @overload
    def __get__(self, client: None, owner: type) -> Callable[..., T | Awaitable[T]]: ...
    @overload
    def __get__(self, client: "Client", owner: type) -> Callable[P, T]: ...
    @overload
    def __get__(self, client: "AsyncClient", owner: type) -> Callable[P, Awaitable[T]]: ...

    def __get__(self, client: "Client | AsyncClient | None", owner: type) -> Any:
        return self._method if client is None else MethodType(self._method, client)


def expect(kind: type[T]) -> Callable[[httpx.Response], T]:
    """Return a reader of responses that are JSON objects of this dataclass."""
    return lambda response: decode(kind, response.json())


def _to_builtin(value: object) -> object:
    """Return an array or number of NumPy as lists and numbers of Python."""
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    raise TypeError(f"a {type(value).__name__} is nothing that JSON knows")
