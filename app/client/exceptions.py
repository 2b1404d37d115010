"""Exception of the client: every refusal of the service arrives as `ProblemError`."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from pydantic import ValidationError
from websockets.exceptions import ConnectionClosedError, InvalidStatus

from app.schemas.problems import Problem, ProblemField

MAX_DETAIL_CHARACTERS = 300
WITHOUT_WORDS = {
    1006: "the server is gone",
    1011: "a ping was not answered in time, or the service has a fault; connect again",
    1012: "the service ends; connect again",
    1013: "too little was read; connect again",
}
"""Close codes that come without a reason, and what docs/frames.md says of them."""


class ProblemError(Exception):
    """A no from the service, with its reason (RFC 9457).

    status: the HTTP status; of a live socket that was closed, the close code.
    errors: what is wrong with each field, as `.field` and `.message`; empty where no field is to blame.
    type: as docs/api.md lists them, "/problems/no-room". retry_after: seconds, where waiting may help.
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

    @classmethod
    def of(cls, response: httpx.Response) -> "ProblemError":
        """From an answer that is no success, be it the service's own or that of a proxy before it."""
        try:
            told = Problem.model_validate_json(response.content)
        except ValidationError:
            return cls(response.status_code, response.reason_phrase, response.text[:MAX_DETAIL_CHARACTERS])
        return cls(told.status, told.title, told.detail, told.errors, told.type, told.retry_after)


@contextmanager
def socket_errors_as_problems() -> Iterator[None]:
    """Have a socket that was refused, or closed for a reason, raise ProblemError too."""
    try:
        yield
    except InvalidStatus as refused:
        there = refused.response
        raise ProblemError.of(httpx.Response(there.status_code, content=bytes(there.body))) from refused
    except ConnectionClosedError as closed:
        code, reason = (closed.rcvd.code, closed.rcvd.reason) if closed.rcvd else (1006, "")
        detail = reason or WITHOUT_WORDS.get(code, "no reason was given")
        raise ProblemError(code, "The live socket was closed", detail) from closed
