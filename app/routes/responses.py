"""How answers are written: states with their ETag, contents as they came, problems as documented."""

from typing import Any

from starlette.responses import JSONResponse, Response

from app.errors import MEDIA_TYPE, malformed_problem, status_problem
from app.middleware.bodies import too_large
from app.middleware.origins import FOREIGN
from app.services.problems import refusal_problem
from app.services.refusals import (
    FieldError,
    NotKept,
    OtherVersion,
    TooManyPlaying,
    TrainerLost,
    Unfit,
    UnknownNetwork,
)
from app.services.seam import Content
from app.services.strict_json import MalformedError

PROBLEM = "#/components/schemas/Problem"


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI says of a route's refusals."""
    return {
        status: {
            "description": MEANINGS[status],
            "content": {MEDIA_TYPE: {"schema": {"$ref": PROBLEM}, "example": PROBLEMS[status]}},
        }
        for status in statuses
    }


PROBLEMS: dict[int, dict[str, Any]] = {
    400: malformed_problem(MalformedError("Expecting ',' delimiter at line 1, column 12")),
    403: FOREIGN,
    404: refusal_problem(UnknownNetwork()),
    412: refusal_problem(OtherVersion.of(3)),
    413: too_large(2_000_000, 2_500_000),
    415: status_problem(415, "Send the body as application/json: this one is text/plain."),
    422: refusal_problem(
        Unfit.of(FieldError("layers.0.units", "input should be greater than or equal to 1, got 0"))
    ),
    429: refusal_problem(TooManyPlaying.of(1000)),
    503: refusal_problem(TrainerLost()),
    507: refusal_problem(NotKept.of("database or disk is full")),
}
MEANINGS = {
    400: "The body is no JSON.",
    403: "Another site's page asked.",
    404: "No network has this id.",
    412: "If-Match names another version.",
    413: "The body is too large.",
    415: "The body is of a type that is not taken here.",
    422: "Something does not fit; `errors` names the fields.",
    429: "As many networks play as may at once; Retry-After says when to ask again.",
    503: "No room at this moment, or the training process is being replaced; ask again after Retry-After.",
    507: "It could not be saved: the disk is full, or may not be written.",
}
WITHOUT_BODY = problems(403, 404, 503, 507)
CHANGE = problems(400, 403, 404, 413, 415, 422, 503, 507)
EDIT = CHANGE | problems(412)
QUESTION = problems(404, 422, 503)


class StateResponse(JSONResponse):
    """A network's state, with its version as the ETag."""

    def __init__(
        self, state: dict[str, Any], status_code: int = 200, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(state, status_code, {"ETag": f'"{state["version"]}"', **(headers or {})})


def content(answer: Content) -> Response:
    """An answer that is in its final form already."""
    return Response(answer.body, media_type=answer.media_type)


def also_taken(media_type: str, example: str | None = None) -> dict[str, Any]:
    """What OpenAPI says of a second form of the body."""
    schema = {"type": "string"} if example else {"type": "string", "format": "binary"}
    more = {"example": example} if example else {}
    return {"requestBody": {"content": {media_type: {"schema": schema, **more}}}}


def also(media_type: str, description: str, example: str | None = None) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI says of a second form of the answer. example: where `answers.json` has none."""
    schema = {"type": "string"} if media_type.startswith("text/") else {"type": "string", "format": "binary"}
    shown = {"example": example} if example else {}
    return {200: {"description": description, "content": {media_type: {"schema": schema, **shown}}}}
