"""Example table: from rows as clients see them to rows as the engine trains on them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from app.domain.exceptions import FieldError, InvalidRequest
from app.domain.user_data import UserData
from app.schemas.spec import OWN_DATA, ResolvedData, ResolvedSpec
from engine.data import DATASETS
from engine.data.dataset import train_rows
from engine.data.examples import Examples
from engine.data.features import check_finite, compute
from engine.data.standardization import Standardization
from engine.data.targets import encode
from engine.rng import rng_for, shuffled_order
from engine.training.config import TrainingConfig
from engine.types import Array

if TYPE_CHECKING:
    from app.trainer.setup.network_setup import NetworkSetup


@dataclass(frozen=True)
class ExampleTable:
    """All examples as clients count them: x (rows, inputs), labels (rows,) or (rows, outputs).

    order: which row is the engine's k-th; the first train_rows of it train.
    """

    x: Array
    labels: Array
    classes: int
    order: NDArray[np.intp]
    train_rows: int

    @property
    def split(self) -> list[str]:
        """Split of every row: "train" or "test"."""
        training = set(self.order[: self.train_rows].tolist())
        return ["train" if row in training else "test" for row in range(len(self.x))]

    @property
    def places(self) -> NDArray[np.intp]:
        """Index in the engine's order of each row."""
        return np.argsort(self.order)


def generated_table(data: ResolvedData) -> ExampleTable:
    """Return the examples of a data set, training rows first."""
    dataset = DATASETS[data.name]
    rng = rng_for(data.seed, "data")
    try:
        points = dataset.points(data.examples, data.noise or 0.0, data.train_fraction, rng)
    except ValueError as error:
        raise InvalidRequest.of(FieldError("data", str(error))) from error
    return ExampleTable(points.x, points.labels, dataset.classes, np.arange(len(points.x)), points.train_rows)


def own_table(data: ResolvedData, rows: UserData) -> ExampleTable:
    """Return a client's rows in the client's order. Only the choice of the test rows is random."""
    count = len(rows.x)
    if rows.training is not None:
        order = np.argsort(~rows.training, kind="stable")
        return ExampleTable(rows.x, rows.labels, rows.classes, order, int(rows.training.sum()))
    try:
        training = train_rows(count, data.train_fraction)
    except ValueError as error:
        raise InvalidRequest.of(FieldError("data.train_fraction", str(error))) from error
    order = np.arange(count)
    if training < count:
        drawn = shuffled_order(count, rng_for(data.seed, "data"))
        order = np.concatenate([np.sort(drawn[:training]), np.sort(drawn[training:])])
    return ExampleTable(rows.x, rows.labels, rows.classes, order, training)


def examples_of(
    spec: ResolvedSpec, table: ExampleTable, config: TrainingConfig, before: "NetworkSetup | None"
) -> tuple[Examples, Standardization | None]:
    """Return the table as the engine trains on it: features computed, labels encoded, arrays reused."""
    x, standardization = _features(spec, table, config, before)
    output = config.architecture.layers[-1].activation
    try:
        targets = encode(
            table.labels[table.order], table.classes, output, config.loss, own=spec.data.name == OWN_DATA
        )
    except ValueError as error:
        raise InvalidRequest.of(FieldError("data.targets", str(error))) from error
    y = targets.y.astype(config.dtype)
    if (
        before
        and before.table is table
        and np.array_equal(before.examples.y, y)
        and before.config.dtype == config.dtype
    ):
        y = before.examples.y
    return Examples(x, y, table.train_rows, table.classes, targets.middle), standardization


def _features(
    spec: ResolvedSpec, table: ExampleTable, config: TrainingConfig, before: "NetworkSetup | None"
) -> tuple[Array, Standardization | None]:
    if (
        before
        and before.table is table
        and before.spec.features == spec.features
        and before.spec.data.standardize == spec.data.standardize
        and before.config.dtype == config.dtype
    ):
        return before.examples.x, before.standardization
    raw = table.x[table.order]
    features = compute(spec.features, raw)
    try:
        check_finite(spec.features, table.x, features[table.places])
    except ValueError as error:
        raise InvalidRequest.of(FieldError("features", str(error))) from error
    standardization = None
    if spec.data.standardize:
        standardization = Standardization.of(features[: table.train_rows])
        if not standardization.possible:
            message = "these inputs are too large or too close together to be standardized; turn this off"
            raise InvalidRequest.of(FieldError("data.standardize", message))
        features = standardization.apply(features)
    return features.astype(config.dtype), standardization
