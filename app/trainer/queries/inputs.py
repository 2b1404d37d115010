"""Query inputs: the rows that a query is about, checked and computed as features."""

import numpy as np

from app.domain.exceptions import FieldError, InvalidRequest
from app.messages.queries import ActivationsQuery
from app.trainer.session import TrainingSession
from engine.data.features import check_finite, compute
from engine.types import Array


def raw_rows(session: TrainingSession, body: ActivationsQuery) -> Array:
    """Return x (rows, inputs) of `example`, or of the rows in `x`. Raises InvalidRequest."""
    if body.example is not None:
        return session.setup.table.x[[example_row(session, body.example)]]
    rows, needed, limit = body.x or [], session.setup.source.inputs, session.limits.rows
    if not rows or len(rows) > limit:
        raise InvalidRequest.of(
            FieldError("x", f"{len(rows):,} rows were given, but 1 to {limit:,} are allowed")
        )
    for index, row in enumerate(rows):
        if len(row) != needed:
            raise InvalidRequest.of(
                FieldError(
                    f"x.{index}", f"this row has {len(row)} numbers, but the network has {needed} inputs"
                )
            )
    return np.array(rows, float)


def example_row(session: TrainingSession, example: int) -> int:
    """Return an example's number, as GET data counts. Raises InvalidRequest."""
    count = len(session.setup.table.x)
    if not 0 <= example < count:
        raise InvalidRequest.of(
            FieldError("example", f"example {example} does not exist; choose one from 0 to {count - 1:,}")
        )
    return example


def network_inputs(session: TrainingSession, x: Array) -> Array:
    """Return the network's inputs (rows, features) for raw rows x (rows, inputs).

    Raises InvalidRequest if a feature has no value for a row.
    """
    setup = session.setup
    features = compute(setup.spec.features, x)
    try:
        check_finite(setup.spec.features, x, features)
    except ValueError as error:
        raise InvalidRequest.of(FieldError("x", str(error))) from error
    if setup.standardization:
        features = setup.standardization.apply(features)
    return features.astype(session.run.config.dtype)


def estimate_passes_seconds(session: TrainingSession, rows: int) -> float:
    """Estimate the seconds to compute features and network for this number of rows."""
    letters = sum(map(len, session.setup.spec.features))
    return 1e-4 + 2e-9 * rows * (session.run.network.theta.size + letters)


def check_size(session: TrainingSession, rows: int, arrays: int, field: str) -> None:
    """Raise InvalidRequest if an answer with this number of arrays (rows, units) would be too large."""
    units = sum(spec.units for spec in session.run.config.architecture.layers)
    numbers, limit = rows * units * arrays, session.limits.numbers
    if numbers > limit:
        fewer = max(1, limit // (units * arrays))
        too_many = f"{rows:,} rows need {numbers:,} numbers, but a response has at most {limit:,}"
        raise InvalidRequest.of(FieldError(field, f"{too_many}; request {fewer:,} rows"))
