"""Responses of routes: states with their ETag, encoded responses, and documented problems."""

from typing import Any
from urllib.parse import urlsplit

from starlette.responses import JSONResponse, Response

from app.messages.reports import EncodedResponse
from app.web.errors import MEDIA_TYPE
from app.web.problem_samples import sample

PROBLEM = "#/components/schemas/Problem"


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what OpenAPI says of a route's refusals."""
    return {
        status: {
            "description": MEANINGS[status],
            "content": {MEDIA_TYPE: {"schema": {"$ref": PROBLEM}, "example": sample(status)}},
        }
        for status in statuses
    }


MEANINGS = {
    400: "The body is not JSON.",
    403: "The request comes from a page of another site.",
    404: "No network has this id.",
    412: "If-Match names another version of the network.",
    413: "The body is too large.",
    415: "The Content-Type of the body is not supported here.",
    422: "The request is invalid; `errors` names the fields.",
    429: "The limit of playing networks is reached; retry after Retry-After seconds.",
    503: "The service is at its limit or replaces a training process; retry after Retry-After seconds.",
    507: "The change could not be saved: the disk is full or read-only.",
}
WITHOUT_BODY = problems(403, 404, 412, 429, 503, 507)
CHANGE = problems(400, 403, 404, 413, 415, 422, 503, 507)
EDIT = CHANGE | problems(412)
QUESTION = problems(404, 422, 503)


class StateResponse(JSONResponse):
    """A network's state, with its version as the ETag."""

    def __init__(
        self, state: dict[str, Any], status_code: int = 200, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(state, status_code, {"ETag": f'"{state["version"]}"', **(headers or {})})


def created(state: dict[str, Any], home: str) -> StateResponse:
    """Return the state of a new network, and where it is. home: the page's address."""
    return StateResponse(state, 201, {"Location": f"{urlsplit(home).path}api/v1/networks/{state['id']}"})


def content(answer: EncodedResponse) -> Response:
    """Return an answer that the trainer has encoded."""
    return Response(answer.body, media_type=answer.media_type)


def also_accepts(media_type: str, example: str | None = None) -> dict[str, Any]:
    """Return the OpenAPI description of a second media type of the body."""
    schema = {"type": "string"} if example else {"type": "string", "format": "binary"}
    more = {"example": example} if example else {}
    return {"requestBody": {"content": {media_type: {"schema": schema, **more}}}}


def also_returns(
    media_type: str, description: str, example: str | None = None
) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI description of a second media type. example: if `openapi_examples.json` has none."""
    schema = {"type": "string"} if media_type.startswith("text/") else {"type": "string", "format": "binary"}
    shown = {"example": example} if example else {}
    return {200: {"description": description, "content": {media_type: {"schema": schema, **shown}}}}
