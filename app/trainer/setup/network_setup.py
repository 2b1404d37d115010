"""Network set-up: from a spec to a training configuration, and examples ready for the network.

A set-up is an immutable value. A change builds the next set-up from the one before. It reuses all arrays that
did not change, so the engine recognizes by identity which ones did.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from pydantic import ValidationError

from app.domain.dataset_info import DatasetInfo, dataset_info
from app.domain.exceptions import FieldError, InvalidRequest
from app.domain.problems import invalid_request
from app.domain.spec_defaults import resolve_spec
from app.domain.user_data import UserData, infer_classes, parse_user_data
from app.schemas.spec import OWN_DATA, DataSpec, Progress, ResolvedData, ResolvedPlane, ResolvedSpec, Spec
from app.settings import Limits
from app.trainer.persistence.progress import restore_progress
from app.trainer.setup.example_table import ExampleTable, examples_of, generated_table, own_table
from app.trainer.setup.parameters import flat_frozen, flat_parameters, layered_frozen
from app.trainer.setup.plane import covers, fitted_plane, given_plane
from app.trainer.setup.tfplayground_import import FIELD, imported
from engine.data import DATASETS
from engine.data.examples import Examples
from engine.data.standardization import Standardization
from engine.network import Architecture, LayerSpec
from engine.training.config import TrainingConfig
from engine.training.run import TrainingRun
from engine.types import Array, Mask

Json = dict[str, Any]


@dataclass(frozen=True)
class CarriedOver:
    """State of a network besides its spec: the client's own rows, and the plane that is shown."""

    rows: UserData | None = None
    plane: ResolvedPlane | None = None


@dataclass(frozen=True)
class NetworkSetup:
    """given: what the client said, without rows, parameters and plane. spec: all of it, completed.

    rows: the client's own examples. table: all examples before features, in the order clients see.
    parameters, frozen (P,): as given, None for drawn ones. start (P,): where a link draws it, not we.
    progress: how far it had come elsewhere.
    plane: None unless there are two inputs.
    """

    given: Json
    spec: ResolvedSpec
    source: DatasetInfo
    rows: UserData | None
    table: ExampleTable
    config: TrainingConfig
    examples: Examples
    standardization: Standardization | None
    parameters: Array | None
    start: Array | None
    progress: Progress | None
    frozen: Mask
    plane: ResolvedPlane | None
    notes: list[str]

    @property
    def carried_over(self) -> CarriedOver:
        """Rows and plane that the next set-up takes over."""
        return CarriedOver(self.rows, self.plane)


def build_setup(
    given: Json, limits: Limits, before: NetworkSetup | None = None, kept: CarriedOver | None = None
) -> NetworkSetup:
    """Return a setup from a spec as given. before: the one it changes. kept: in place of its own.

    Raises InvalidRequest.
    """
    kept = kept or (before.carried_over if before else CarriedOver())
    spec = _validated(given)
    data = spec.data or DataSpec()
    rows = parse_user_data(data, limits) or _kept_rows(data, kept)
    source = dataset_info(data, rows)
    full = resolve_spec(spec, source, limits)
    link = imported(given, full)
    full.tfplayground = given[FIELD] if link.table or link.start is not None else None
    config = _training_config(full)
    table = link.table or _table(full.data, rows, before)
    examples, standardization = examples_of(full, table, config, before)
    architecture = config.architecture
    frozen = flat_frozen(spec.frozen, architecture)
    full.frozen = layered_frozen(architecture, frozen)
    start = spec.parameters
    parameters = None if start is None else flat_parameters(start, architecture, "parameters")
    return NetworkSetup(
        _patch_base(given, full), full, source, rows, table, config, examples, standardization,
        parameters, link.start, spec.progress, frozen, _plane(data, source, table, kept.plane), link.notes,
    )  # fmt: skip


def first_run(setup: NetworkSetup) -> TrainingRun:
    """Return the training of a new network."""
    start = setup.start if setup.parameters is None or setup.progress else setup.parameters
    run = TrainingRun(setup.config, setup.examples, start, setup.frozen)
    if setup.progress:
        restore_progress(run, setup.progress, setup.parameters)
    return run


def rows_of(setup: NetworkSetup) -> UserData:
    """Return all examples as rows of the client's own, each with its split."""
    table = setup.table
    training = np.zeros(len(table.x), bool)
    training[table.order[: table.train_rows]] = True
    names = setup.spec.data.class_names
    labels = table.labels if table.classes else table.labels.reshape(len(table.x), -1)
    return UserData(table.x, labels, table.classes, training, names)


def _validated(given: Json) -> Spec:
    try:
        return Spec.model_validate(given)
    except ValidationError as error:
        raise invalid_request(error) from error


def _kept_rows(data: DataSpec, kept: CarriedOver) -> UserData | None:
    if data.name != OWN_DATA or kept.rows is None:
        return None
    rows = kept.rows
    if data.task not in (None, rows.task):
        rows = infer_classes(rows.x, rows.labels.reshape(len(rows.x), -1), data.task)
    if data.train_fraction is not None and rows.training is not None:
        rows = replace(rows, training=None)
    return rows


def _table(data: ResolvedData, rows: UserData | None, before: NetworkSetup | None) -> ExampleTable:
    if before and before.spec.data == data and before.rows is rows:
        return before.table
    return generated_table(data) if rows is None else own_table(data, rows)


def _training_config(spec: ResolvedSpec) -> TrainingConfig:
    layers = tuple(LayerSpec(layer.units, layer.activation, layer.dropout) for layer in spec.layers)
    optimizer, schedule, initializer = spec.optimizer, spec.optimizer.schedule, spec.initializer
    try:
        return TrainingConfig(
            Architecture(len(spec.features), layers),
            loss=spec.loss,
            optimizer=optimizer.name,
            hyperparameters=dict(optimizer.__pydantic_extra__ or {}),
            learning_rate=optimizer.learning_rate,
            schedule=(schedule.name, dict(schedule.__pydantic_extra__ or {})),
            clip_norm=optimizer.clip_norm,
            penalty=spec.penalty.name,
            penalty_rate=spec.penalty.rate,
            initializer=(initializer.name, dict(initializer.__pydantic_extra__ or {})),
            batch_size=spec.batch_size,
            shuffle=spec.shuffle,
            seed=spec.seed,
            dtype=spec.dtype,
        )
    except ValueError as error:
        raise InvalidRequest.of(FieldError("", str(error))) from error


def _plane(
    data: DataSpec, source: DatasetInfo, table: ExampleTable, kept: ResolvedPlane | None
) -> ResolvedPlane | None:
    if source.inputs != 2:
        return None
    if data.plane is not None:
        return given_plane(data.plane)
    if source.name != OWN_DATA:
        (x1, x2) = DATASETS[source.name].plane
        return ResolvedPlane(x1=x1, x2=x2)
    if kept and covers(kept, table.x):
        return kept
    return fitted_plane(table.x)


def _patch_base(given: Json, full: ResolvedSpec) -> Json:
    """Return the spec as later patches change it: without rows and start, and with the data's seed fixed."""
    left_behind = {"parameters", "progress"} | ({FIELD} if full.tfplayground is None else set())
    kept = {name: value for name, value in given.items() if name not in left_behind}
    data = {
        name: value
        for name, value in (given.get("data") or {}).items()
        if name not in ("points", "inputs", "targets", "split", "task", "class_names")
    }
    name = {"name": OWN_DATA} if full.data.name == OWN_DATA else {}
    return {**kept, "data": {**data, **name, "seed": full.data.seed}}
