"""Error handlers: every error over HTTP is a problem document (RFC 9457)."""

import json
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError, WebSocketRequestValidationError
from starlette.exceptions import HTTPException

from app.domain.exceptions import ServiceError
from app.domain.problems import error_problem, invalid_fields, problem
from app.domain.strict_json import MalformedError, NotFiniteError
from app.web.middleware.proxy_headers import own_path

MEDIA_TYPE = "application/problem+json"
FIELDS_LOOKED_AT = 100
DETAILS = {
    404: "This address does not exist. GET /openapi.json lists all addresses.",
    405: "This address does not support the method. The Allow header lists the methods it supports.",
}

MALFORMED_REQUEST = problem(
    400,
    "malformed-request",
    "Malformed request",
    "This is not an HTTP request, or its header is too long.",
)


def problem_response(document: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Response:
    """Return a problem as an HTTP response."""
    more = {"Retry-After": str(document["retry_after"])} if "retry_after" in document else {}
    body = json.dumps(document, ensure_ascii=True, allow_nan=False)
    return Response(body, document["status"], {**(headers or {}), **more}, MEDIA_TYPE)


def status_problem(status: int, detail: str | None = None) -> dict[str, Any]:
    """Return a problem that a status says all of."""
    phrase = HTTPStatus(status).phrase
    kind = phrase.lower().replace(" ", "-").replace("'", "")
    return problem(status, kind, phrase, detail or DETAILS.get(status, phrase))


async def refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, ServiceError)
    return problem_response(error_problem(error))


async def unfit_request(_: Request, error: Exception) -> Response:
    """Return the problem of an invalid query, path or body."""
    # The first part of each location says which of them it is in. Clients know the rest of it.
    assert isinstance(error, RequestValidationError | WebSocketRequestValidationError)
    originals = error.errors()[:FIELDS_LOOKED_AT]
    fields = [{**field, "loc": field["loc"][1:]} for field in originals]
    for field, original in zip(fields, originals, strict=True):
        if not field["loc"] and original["type"] == "missing":
            field.update(
                type="value_error", msg="a JSON body is required, but there is none; send at least {}"
            )
    return problem_response(error_problem(invalid_fields(fields)))


async def malformed(_: Request, error: Exception) -> Response:
    return problem_response(malformed_problem(error))


def malformed_problem(error: Exception) -> dict[str, Any]:
    """Return what a body that is no JSON is told."""
    status = 422 if isinstance(error, NotFiniteError) else 400
    kind, title = ("unfit", "Invalid request") if status == 422 else ("malformed-json", "Malformed JSON")
    more = {"errors": [{"field": "", "message": str(error)}]} if status == 422 else {}
    return problem(status, kind, title, str(error), **more)


async def http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = error.detail if error.detail != HTTPStatus(error.status_code).phrase else None
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(methods(request)) or headers.get("Allow", "")
    return problem_response(status_problem(error.status_code, detail), headers)


def methods(request: Request) -> list[str]:
    """Return all methods of a request's path: a route by itself knows only its own."""
    path = own_path(request.scope)
    document: dict[str, dict[str, Any]] = request.app.openapi()["paths"]
    return sorted(
        method.upper()
        for template, operations in document.items()
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path)
        for method in operations
    )


def add_error_handlers(app: FastAPI) -> None:
    """Answer each of these exceptions by a problem. `middleware.server_errors` answers all others."""
    app.add_exception_handler(ServiceError, refused)
    app.add_exception_handler(RequestValidationError, unfit_request)
    app.add_exception_handler(WebSocketRequestValidationError, unfit_request)
    app.add_exception_handler(MalformedError, malformed)
    app.add_exception_handler(HTTPException, http_error)
