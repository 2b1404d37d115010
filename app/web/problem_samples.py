"""Sample problems: one of every type, for the documents and the tests."""

from typing import Any

from app.domain.exceptions import (
    Bounds,
    CapacityExceeded,
    FieldError,
    InternalError,
    InvalidRequest,
    QueryQueueFull,
    RecordDamaged,
    ShuttingDown,
    StorageError,
    TooManyCommands,
    TooManyPlaying,
    TooMuchWork,
    UnknownExhibit,
    UnknownNetwork,
    VersionConflict,
    WorkerLost,
)
from app.domain.problems import error_problem
from app.domain.strict_json import MalformedError
from app.web.errors import MALFORMED_REQUEST, malformed_problem, status_problem
from app.web.middleware.body_limit import too_busy, too_large, too_slow
from app.web.middleware.same_origin import FOREIGN

UNITS = FieldError(
    "layers.0.units", "input should be greater than or equal to 1, got 0", Bounds(0, minimum=1)
)
WORK = FieldError(
    "count",
    "90,000,000 would take about 400 s, but a request may take at most 30 s; "
    'send POST …/play with {"until": {"step": 90000000}} instead',
)
SAMPLES: tuple[dict[str, Any], ...] = (
    malformed_problem(MalformedError("Expecting ',' delimiter at line 1, column 12")),
    MALFORMED_REQUEST,
    FOREIGN,
    error_problem(UnknownNetwork()),
    error_problem(UnknownExhibit.of("xnoor", ("xnor",))),
    status_problem(404),
    status_problem(405),
    too_slow(),
    error_problem(VersionConflict.of(3)),
    too_large(2_000_000, 2_500_000),
    status_problem(
        415, "The body is text/plain, but it must be application/json. Set the Content-Type header."
    ),
    error_problem(InvalidRequest.of(UNITS)),
    error_problem(TooMuchWork.of(WORK)),
    error_problem(TooManyPlaying.of(1000)),
    error_problem(TooManyCommands.of(64)),
    error_problem(InternalError.of("1f0c3a9e")),
    error_problem(RecordDamaged()),
    error_problem(WorkerLost()),
    error_problem(ShuttingDown()),
    error_problem(QueryQueueFull.of(45)),
    error_problem(CapacityExceeded.to_store(50_000)),
    too_busy(),
    error_problem(StorageError.of("database or disk is full")),
)


def sample(status: int) -> dict[str, Any]:
    """Return what is told with this status most often."""
    return next(problem for problem in SAMPLES if problem["status"] == status)
