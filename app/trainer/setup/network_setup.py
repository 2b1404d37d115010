"""Setups: from a spec to what the engine trains: a recipe, and examples ready for the network.

A setup is a value. A change makes the next setup from the one before and reuses its arrays where
nothing about them changed, so that the engine can tell what did.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from pydantic import ValidationError

from app.domain.dataset_info import Source, source_of
from app.domain.exceptions import FieldError, Unfit
from app.domain.problems import unfit
from app.domain.spec_defaults import complete
from app.domain.user_data import Rows, labelled, own_rows
from app.schemas.spec import OWN, DataSpec, FullData, FullPlane, FullSpec, Progress, Spec
from app.settings import Limits
from app.trainer.persistence.progress import take_up
from app.trainer.setup.example_table import Table, examples_of, generated_table, own_table
from app.trainer.setup.parameters import flat_frozen, flat_parameters, layered_frozen
from app.trainer.setup.plane import covers, fitted_plane, given_plane
from app.trainer.setup.tfplayground_import import FIELD, imported
from engine.data import DATASETS
from engine.data.examples import Examples
from engine.data.standardization import Standardization
from engine.network import Architecture, LayerSpec
from engine.training.config import Recipe
from engine.training.run import TrainingRun
from engine.types import Array, Mask

Json = dict[str, Any]


@dataclass(frozen=True)
class Kept:
    """What a network has besides its spec: rows of the client's own, and the plane that is shown."""

    rows: Rows | None = None
    plane: FullPlane | None = None


@dataclass(frozen=True)
class Setup:
    """given: what the client said, without rows, parameters and plane. spec: all of it, completed.

    rows: the client's own examples. table: all examples before features, in the order clients see.
    parameters, frozen (P,): as given, None for drawn ones. start (P,): where a link draws it, not we.
    progress: how far it had come elsewhere.
    plane: None unless there are two inputs.
    """

    given: Json
    spec: FullSpec
    source: Source
    rows: Rows | None
    table: Table
    recipe: Recipe
    examples: Examples
    standardization: Standardization | None
    parameters: Array | None
    start: Array | None
    progress: Progress | None
    frozen: Mask
    plane: FullPlane | None
    notes: list[str]

    @property
    def kept(self) -> Kept:
        """What goes on into the next setup."""
        return Kept(self.rows, self.plane)


def build(given: Json, limits: Limits, before: Setup | None = None, kept: Kept | None = None) -> Setup:
    """A setup from a spec as given. before: the one it changes. kept: in place of its own. Raises Unfit."""
    kept = kept or (before.kept if before else Kept())
    spec = _validated(given)
    data = spec.data or DataSpec()
    rows = own_rows(data, limits) or _kept_rows(data, kept)
    source = source_of(data, rows)
    full = complete(spec, source, limits)
    link = imported(given, full)
    full.tfplayground = given[FIELD] if link.table or link.start is not None else None
    recipe = _recipe(full)
    table = link.table or _table(full.data, rows, before)
    examples, standardization = examples_of(full, table, recipe, before)
    architecture = recipe.architecture
    frozen = flat_frozen(spec.frozen, architecture)
    full.frozen = layered_frozen(architecture, frozen)
    start = spec.parameters
    parameters = None if start is None else flat_parameters(start, architecture, "parameters")
    return Setup(
        _remembered(given, full), full, source, rows, table, recipe, examples, standardization,
        parameters, link.start, spec.progress, frozen, _plane(data, source, table, kept.plane), link.notes,
    )  # fmt: skip


def first_run(setup: Setup) -> TrainingRun:
    """The training of a new network."""
    start = setup.start if setup.parameters is None or setup.progress else setup.parameters
    run = TrainingRun(setup.recipe, setup.examples, start, setup.frozen)
    if setup.progress:
        take_up(run, setup.progress, setup.parameters)
    return run


def rows_of(setup: Setup) -> Rows:
    """All examples as rows of the client's own, each with its split."""
    table = setup.table
    training = np.zeros(len(table.x), bool)
    training[table.order[: table.train_rows]] = True
    names = setup.spec.data.class_names
    labels = table.labels if table.classes else table.labels.reshape(len(table.x), -1)
    return Rows(table.x, labels, table.classes, training, names)


def _validated(given: Json) -> Spec:
    try:
        return Spec.model_validate(given)
    except ValidationError as error:
        raise unfit(error) from error


def _kept_rows(data: DataSpec, kept: Kept) -> Rows | None:
    if data.name != OWN or kept.rows is None:
        return None
    rows = kept.rows
    if data.task not in (None, rows.task):
        rows = labelled(rows.x, rows.labels.reshape(len(rows.x), -1), data.task)
    if data.train_fraction is not None and rows.training is not None:
        rows = replace(rows, training=None)
    return rows


def _table(data: FullData, rows: Rows | None, before: Setup | None) -> Table:
    if before and before.spec.data == data and before.rows is rows:
        return before.table
    return generated_table(data) if rows is None else own_table(data, rows)


def _recipe(spec: FullSpec) -> Recipe:
    layers = tuple(LayerSpec(layer.units, layer.activation, layer.dropout) for layer in spec.layers)
    optimizer, schedule, initializer = spec.optimizer, spec.optimizer.schedule, spec.initializer
    try:
        return Recipe(
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
        raise Unfit.of(FieldError("", str(error))) from error


def _plane(data: DataSpec, source: Source, table: Table, kept: FullPlane | None) -> FullPlane | None:
    if source.inputs != 2:
        return None
    if data.plane is not None:
        return given_plane(data.plane)
    if source.name != OWN:
        (x1, x2) = DATASETS[source.name].plane
        return FullPlane(x1=x1, x2=x2)
    if kept and covers(kept, table.x):
        return kept
    return fitted_plane(table.x)


def _remembered(given: Json, full: FullSpec) -> Json:
    """The spec as later patches change it: without rows and start, and with the data's seed fixed."""
    left_behind = {"parameters", "progress"} | ({FIELD} if full.tfplayground is None else set())
    kept = {name: value for name, value in given.items() if name not in left_behind}
    data = {
        name: value
        for name, value in (given.get("data") or {}).items()
        if name not in ("points", "inputs", "targets", "split", "task", "class_names")
    }
    name = {"name": OWN} if full.data.name == OWN else {}
    return {**kept, "data": {**data, **name, "seed": full.data.seed}}
