"""TensorFlow Playground import: `{"tfplayground": link}` as a spec, with the same points and weights.

The link stays in the spec beside the fields that were made from it. The points are those of the link while
the fields of the data are. The first weights are those of the link while the fields of the start are.
Where they have been changed, our own generator draws from them as from any spec.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from app.domain.exceptions import FieldError, InvalidRequest
from app.domain.merge_patch import merge
from app.schemas.spec import ResolvedSpec
from app.trainer.setup.example_table import ExampleTable
from engine.data import DATASETS, NOISE_LIMIT
from engine.tfplayground.link import PlaygroundLink, read_link
from engine.types import Array

Json = dict[str, Any]
FIELD = "tfplayground"
SEED = 7
DATA = ("name", "examples", "noise", "train_fraction", "seed")
START = ("seed", "features", "initializer", "dtype")


@dataclass(frozen=True)
class Imported:
    """Data and start of a link. table, start (P,): None if the spec has other fields for them now."""

    table: ExampleTable | None
    start: Array | None
    notes: list[str]
    link: PlaygroundLink | None


NOTHING = Imported(None, None, [], None)
ZERO_START = {"name": "zeros", "bias": 0.0}


def spec_of_link(given: Json) -> Json:
    """Return a new network's spec with the fields of its link. Fields that are given override them.

    Raises InvalidRequest.
    """
    found = _found(given)
    return given if found is None else merge(_fields(found[0]), given)


def imported(given: Json, spec: ResolvedSpec) -> Imported:
    """Return the data and start of the link that still hold for this completed spec."""
    found = _found(given)
    if found is None:
        return NOTHING
    link, table = found
    ours = spec.model_dump()
    fields = _fields(link)
    same_data = all(ours["data"][name] == fields["data"][name] for name in DATA)
    units = [layer["units"] for layer in fields["layers"]]
    same_start = [layer.units for layer in spec.layers] == units and all(
        ours[name] == fields[name] for name in START
    )
    if not same_data and not same_start:
        return NOTHING
    start = _start(link) if same_start else None
    return Imported(table if same_data else None, start, [*link.notes], link)


def _found(given: Json) -> tuple[PlaygroundLink, ExampleTable] | None:
    if given.get(FIELD) is None:
        return None
    try:
        return _read(given[FIELD])
    except ValueError as error:
        raise InvalidRequest.of(FieldError(FIELD, str(error)[:400])) from error


@lru_cache(64)
def _read(text: str) -> tuple[PlaygroundLink, ExampleTable]:
    link = read_link(text)
    points, classes = link.points, DATASETS[link.dataset].classes
    order = np.arange(len(points.x))
    return link, ExampleTable(points.x, points.labels, classes, order, points.train_rows)


def _start(link: PlaygroundLink) -> Array:
    """Return the link's start as theta (P,): unit by unit, the bias first."""
    return np.concatenate([np.column_stack([b, W]).ravel() for W, b in link.start])


def _fields(link: PlaygroundLink) -> Json:
    hidden = [{"units": units, "activation": link.activation} for units in link.hidden]
    return {
        "seed": SEED,
        "dtype": "float64",
        "data": {
            "name": link.dataset,
            "examples": len(link.points.x),
            "noise": min(link.noise, NOISE_LIMIT),
            "train_fraction": link.train_fraction,
            "seed": SEED,
        },
        "features": list(link.features),
        "layers": [*hidden, {"units": 1, "activation": link.output_activation}],
        "initializer": ZERO_START if link.zero_start else {"name": "uniform", "limit": 0.5, "bias": 0.1},
        "loss": "half_squared_error",
        "optimizer": {"name": "sgd", "learning_rate": link.learning_rate},
        "penalty": {"name": link.penalty, "rate": link.penalty_rate},
        "batch_size": link.batch_size,
        "shuffle": False,
    }
