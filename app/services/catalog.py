"""Catalog: the entries of every registry, with which a page or a program offers choices."""

from collections.abc import Callable
from typing import Any

from app.domain.dataset_info import dataset_info
from app.domain.spec_defaults import resolve_spec
from app.schemas.spec import DataSpec, Spec
from app.settings import Limits
from engine.activations import ACTIVATIONS, Activation
from engine.data import DATASETS, NOISE_LIMIT, Dataset
from engine.data.features import FEATURES
from engine.explain.source_code import source_of
from engine.expression import parse
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES, Loss
from engine.optimizers import OPTIMIZERS
from engine.penalties import PENALTIES
from engine.rng import rng_for
from engine.schedules import SCHEDULES

THUMBNAIL_POINTS = 80
Entry = dict[str, Any]


def catalog(limits: Limits) -> Entry:
    """Return all choices, the limits, and the default spec."""
    return {
        "activations": [_activation(entry) for entry in ACTIVATIONS.values()],
        "losses": [_loss(entry) for entry in LOSSES.values()],
        "optimizers": [
            {
                **_with_parameters(entry),
                "learning_rate": entry.learning_rate,
                "full_batch": entry.full_batch,
            }
            for entry in OPTIMIZERS.values()
        ],
        "schedules": [_with_parameters(entry) for entry in SCHEDULES.values()],
        "penalties": [{**_named(entry), "step": entry.step} for entry in PENALTIES.values()],
        "initializers": [_with_parameters(entry) for entry in INITIALIZERS.values()],
        "datasets": [_dataset(entry) for entry in DATASETS.values()],
        "features": [
            {
                "formula": entry.formula,
                "label": entry.label,
                "tex": entry.tex,
                "nodes": parse(entry.formula).node_list(),
            }
            for entry in FEATURES.values()
        ],
        "limits": {**limits.model_dump(), "noise": NOISE_LIMIT},
        "defaults": resolve_spec(Spec(), dataset_info(DataSpec(), None), limits).model_dump(),
    }


def _activation(entry: Activation) -> Entry:
    source = {"slope": _source(entry.derivative)}
    return {
        **_named(entry), "derivative": entry.slope, "kinks": list(entry.kinks), "source": source,
    }  # fmt: skip


def _loss(entry: Loss) -> Entry:
    source = {"value": _source(entry.terms), "slope": _source(entry.gradient)}
    return {
        **_named(entry), "reads_logits": entry.reads_logits, "classes": entry.classes, "source": source,
    }  # fmt: skip


def _source(function: Callable[..., Any]) -> str:
    return "\n\n".join(source_of(function))


def _named(entry: Any) -> Entry:
    return {"name": entry.name, "label": entry.label, "formula": entry.formula}


def _with_parameters(entry: Any) -> Entry:
    return {**_named(entry), "parameters": dict(entry.parameters)}


def _dataset(dataset: Dataset) -> Entry:
    x, labels = dataset.generate(THUMBNAIL_POINTS, 0.0, rng_for(0, "data"))
    points = [
        [round(float(number), 3) for number in (*point, label)]
        for point, label in zip(x, labels, strict=True)
    ]
    return {
        **_named(dataset),
        "task": dataset.task,
        "classes": dataset.classes,
        "plane": {"x1": list(dataset.plane[0]), "x2": list(dataset.plane[1])},
        "examples": dataset.examples,
        "train_fraction": dataset.train_fraction,
        "batch_size": dataset.batch_size,
        "thumbnail": points,
    }
