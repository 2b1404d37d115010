"""TensorFlow Playground export: a link to the same set-up, or every reason why there is none."""

from collections.abc import Iterable
from typing import Any

from app.domain.exceptions import FieldError, InvalidRequest
from app.schemas.spec import ResolvedData, ResolvedSpec
from app.trainer.setup.tfplayground_import import ZERO_START, imported
from engine.data import DATASETS, train_rows
from engine.tfplayground.link import ACTIVATIONS, CLASSIFICATION, INPUTS, REGRESSION, PlaygroundLink

ADDRESS = "https://playground.tensorflow.org/#"
MOST_LAYERS, MOST_UNITS, MOST_BATCH = 6, 8, 30
SHARES = (10, 90)
START = {"name": "uniform", "limit": 0.5, "bias": 0.1}
OTHER_DRAW = "Points and initial weights will differ, because TensorFlow Playground draws its own."
CARRIED = "TensorFlow Playground carries the gradients of an incomplete last batch over into the next epoch."
MIXED = "TensorFlow Playground keeps the order of the points; here they are shuffled in every epoch."
Check = tuple[bool, str, str]
"""Whether the other page supports a field, the field, and the reason if it does not."""


def link_of(spec: ResolvedSpec, modified: bool) -> dict[str, Any]:
    """Return {"tfplayground": link, "notes": differences}.

    Raises InvalidRequest with every obstacle.
    """
    if errors := [*_obstacles(spec)]:
        raise InvalidRequest.of(*errors)
    link = _link(spec)
    notes = [] if link and not modified else [OTHER_DRAW]
    rows = train_rows(spec.data.examples, spec.data.train_fraction)
    notes += [CARRIED] if rows % spec.batch_size else []
    noise, seed = (link.noise, link.seed) if link else (spec.data.noise or 0, str(spec.seed))
    settings = _settings(spec) | {"noise": f"{100 * noise:.12g}", "seed": seed}
    text = "&".join(f"{name}={value}" for name, value in settings.items())
    return {"tfplayground": ADDRESS + text, "notes": notes + ([MIXED] if spec.shuffle else [])}


def _link(spec: ResolvedSpec) -> PlaygroundLink | None:
    """Return the imported link if its points and start still hold."""
    found = imported({"tfplayground": spec.tfplayground}, spec)
    return found.link if found.table and found.start is not None else None


def _settings(spec: ResolvedSpec) -> dict[str, str]:
    regression = spec.data.name in REGRESSION
    hidden = spec.layers[:-1]
    rates = {"learningRate": spec.optimizer.learning_rate, "regularizationRate": spec.penalty.rate}
    shown = {name: str(formula in spec.features).lower() for name, formula in INPUTS.items()}
    return {
        "activation": hidden[0].activation if hidden else "tanh",
        **({"regularization": spec.penalty.name.upper()} if spec.penalty.name != "none" else {}),
        "batchSize": str(spec.batch_size),
        "regDataset" if regression else "dataset": spec.data.name,
        **{name: f"{rate:.12g}" for name, rate in rates.items()},
        "networkShape": ",".join(str(layer.units) for layer in hidden),
        "percTrainData": f"{100 * spec.data.train_fraction:.12g}",
        **shown,
        **({"initZero": "true"} if spec.initializer.model_dump() == ZERO_START else {}),
        "problem": "regression" if regression else "classification",
    }


def _obstacles(spec: ResolvedSpec) -> Iterable[FieldError]:
    """Yield an error for everything that the other page does not support."""
    for holds, field, why in (*_of_data(spec.data), *_of_layers(spec), *_of_training(spec)):
        if not holds:
            yield FieldError(field, why)


def _of_data(data: ResolvedData) -> Iterable[Check]:
    share = 100 * data.train_fraction
    known = data.name in (*CLASSIFICATION, *REGRESSION)
    yield known, "data.name", f"TensorFlow Playground has no data set {data.name}"
    if known:
        count = DATASETS[data.name].examples
        yield (
            data.examples == count,
            "data.examples",
            f"TensorFlow Playground always has {count:,} examples, not {data.examples:,}",
        )
    yield not data.standardize, "data.standardize", "TensorFlow Playground cannot standardize inputs"
    least, most = SHARES
    yield (
        least <= share <= most,
        "data.train_fraction",
        f"TensorFlow Playground allows {least} to {most} %, not {share:g} %",
    )


def _of_layers(spec: ResolvedSpec) -> Iterable[Check]:
    hidden, output = spec.layers[:-1], spec.layers[-1]
    inputs, functions = ", ".join(INPUTS.values()), ", ".join(ACTIVATIONS)
    fits = len(hidden) <= MOST_LAYERS and all(layer.units <= MOST_UNITS for layer in hidden)
    alike = len({layer.activation for layer in hidden}) <= 1
    known = all(layer.activation in ACTIVATIONS for layer in hidden)
    needed = "linear" if spec.data.name in REGRESSION else "tanh"
    place = f"layers.{len(hidden)}.activation"
    yield (
        set(spec.features) <= set(INPUTS.values()),
        "features",
        f"TensorFlow Playground has only the inputs {inputs}",
    )
    yield (
        fits,
        "layers",
        f"TensorFlow Playground has at most {MOST_LAYERS} hidden layers of {MOST_UNITS} units",
    )
    yield alike, "layers", "TensorFlow Playground has the same activation in all hidden layers"
    yield known, "layers", f"TensorFlow Playground has only the activations {functions}"
    yield not any(layer.dropout for layer in spec.layers), "layers", "TensorFlow Playground has no dropout"
    yield (
        output.activation == needed,
        place,
        f"TensorFlow Playground has the output activation {needed}, not {output.activation}",
    )


def _of_training(spec: ResolvedSpec) -> Iterable[Check]:
    optimizer, batch = spec.optimizer, spec.batch_size
    starts_alike = spec.initializer.model_dump() in (START, ZERO_START)
    yield (
        starts_alike,
        "initializer",
        "TensorFlow Playground draws weights from -0.5 to 0.5 and sets biases to 0.1",
    )
    yield (
        spec.loss == "half_squared_error",
        "loss",
        f"TensorFlow Playground has only half_squared_error, not {spec.loss}",
    )
    yield (
        optimizer.name == "sgd",
        "optimizer.name",
        f"TensorFlow Playground has only sgd, not {optimizer.name}",
    )
    yield (
        optimizer.schedule.name == "constant",
        "optimizer.schedule",
        "TensorFlow Playground has only a constant learning rate",
    )
    yield optimizer.clip_norm is None, "optimizer.clip_norm", "TensorFlow Playground cannot clip gradients"
    yield (
        batch <= MOST_BATCH,
        "batch_size",
        f"TensorFlow Playground has batches of at most {MOST_BATCH}, not {batch}",
    )
    yield spec.frozen is None, "frozen", "TensorFlow Playground cannot freeze weights"
