"""Exception of the client: `ProblemError` for each refusal of the service."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
from websockets.exceptions import ConnectionClosed, InvalidStatus

from backprop_playground.decoding import decode

MAX_DETAIL_CHARACTERS = 300
DETAIL_BY_CLOSE_CODE = {
    1006: "the server is gone",
    1011: "a ping was not answered in time, or the service has a fault; connect again",
    1012: "the service ends; connect again",
    1013: "too little was read; connect again",
}
"""Details of close codes that come without a reason (docs/frames.md)."""


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """Allowed range of a number, and the number that was given."""

    given: float
    minimum: float | None = None
    exclusive_minimum: float | None = None
    maximum: float | None = None
    exclusive_maximum: float | None = None


@dataclass(frozen=True, kw_only=True)
class ProblemField:
    """Wrong field of a request. bounds: the allowed range, for a number outside it."""

    field: str
    message: str
    bounds: Bounds | None = None


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Problem document (RFC 9457). retry_after: seconds, if a retry may succeed."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[ProblemField] | None = None
    retry_after: int | None = None


class ProblemError(Exception):
    """Refusal of the service with its reason (RFC 9457).

    status: the HTTP status, or the close code of a live socket.
    errors: the wrong fields, each with `.field` and `.message`. Empty if no field is wrong.
    type: a type of docs/api.md, as "/problems/no-room". retry_after: seconds, if a retry may succeed.
    """

    def __init__(
        self,
        status: int,
        title: str,
        detail: str,
        errors: list[ProblemField] | None = None,
        type: str = "about:blank",
        retry_after: int | None = None,
    ) -> None:
        super().__init__(f"{status} {title}: {detail}")
        self.status = status
        self.title = title
        self.detail = detail
        self.errors = errors or []
        self.type = type
        self.retry_after = retry_after

    def __reduce__(self) -> tuple[type["ProblemError"], tuple[object, ...]]:
        """Return what pickle rebuilds the error from: its arguments, not the message made of them."""
        fields = (self.status, self.title, self.detail, self.errors, self.type, self.retry_after)
        return type(self), fields

    @classmethod
    def of(cls, response: httpx.Response) -> "ProblemError":
        """Return the problem of an unsuccessful response, which may come from a proxy."""
        try:
            problem = decode(Problem, response.json())
        except ValueError:  # a proxy answers with its own page, not with a problem document
            return cls(response.status_code, response.reason_phrase, response.text[:MAX_DETAIL_CHARACTERS])
        return cls(
            problem.status, problem.title, problem.detail, problem.errors, problem.type, problem.retry_after
        )


@contextmanager
def socket_errors_as_problems() -> Iterator[None]:
    """Raise ProblemError for a socket that is refused, or closed for a reason."""
    try:
        yield
    except InvalidStatus as refused:
        response = refused.response
        raise ProblemError.of(httpx.Response(response.status_code, content=bytes(response.body))) from refused
    except ConnectionClosed as closed:
        code, reason = (closed.rcvd.code, closed.rcvd.reason) if closed.rcvd else (1006, "")
        detail = reason or DETAIL_BY_CLOSE_CODE.get(code, "no reason was given")
        raise ProblemError(code, "The live socket was closed", detail) from closed
