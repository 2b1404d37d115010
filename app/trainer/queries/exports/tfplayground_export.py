"""Links to TensorFlow Playground: the same set-up there, or every reason why it cannot be had there."""

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
OTHER_DRAW = "Points and first weights will be others of the same kind: that page has a generator of its own."
CARRIED = "That page carries the gradients of a last batch that is not full over into the next epoch."
MIXED = "That page takes the points in the same order in every epoch; here they are mixed each time."
Check = tuple[bool, str, str]
"""Whether it can be had there, the field it is about, and why it cannot."""


def link_of(spec: ResolvedSpec, modified: bool) -> dict[str, Any]:
    """{"tfplayground": link, "notes": what is not the same there}. Raises Unfit with every obstacle."""
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
    """The link that this still is, points, start and all."""
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
    """Everything that the page does not have."""
    for holds, field, why in (*_of_data(spec.data), *_of_layers(spec), *_of_training(spec)):
        if not holds:
            yield FieldError(field, why)


def _of_data(data: ResolvedData) -> Iterable[Check]:
    share = 100 * data.train_fraction
    known = data.name in (*CLASSIFICATION, *REGRESSION)
    yield known, "data.name", f"{data.name} is no data set of that page"
    if known:
        count = DATASETS[data.name].examples
        yield data.examples == count, "data.examples", f"{data.examples:,}, there are always {count:,}"
    yield not data.standardize, "data.standardize", "that page shows the inputs as they are"
    least, most = SHARES
    yield least <= share <= most, "data.train_fraction", f"{share:g} %, there it is {least} to {most} %"


def _of_layers(spec: ResolvedSpec) -> Iterable[Check]:
    hidden, output = spec.layers[:-1], spec.layers[-1]
    inputs, functions = ", ".join(INPUTS.values()), ", ".join(ACTIVATIONS)
    fits = len(hidden) <= MOST_LAYERS and all(layer.units <= MOST_UNITS for layer in hidden)
    alike = len({layer.activation for layer in hidden}) <= 1
    known = all(layer.activation in ACTIVATIONS for layer in hidden)
    needed = "linear" if spec.data.name in REGRESSION else "tanh"
    place = f"layers.{len(hidden)}.activation"
    yield set(spec.features) <= set(INPUTS.values()), "features", f"that page has the inputs {inputs}"
    yield fits, "layers", f"that page has at most {MOST_LAYERS} hidden layers of {MOST_UNITS} units"
    yield alike, "layers", "there all hidden layers have the same activation"
    yield known, "layers", f"that page has the activations {functions}"
    yield not any(layer.dropout for layer in spec.layers), "layers", "that page has no dropout"
    yield output.activation == needed, place, f"{output.activation}, there the output is {needed}"


def _of_training(spec: ResolvedSpec) -> Iterable[Check]:
    optimizer, batch = spec.optimizer, spec.batch_size
    starts_alike = spec.initializer.model_dump() in (START, ZERO_START)
    yield starts_alike, "initializer", "there weights start from -0.5 to 0.5, and biases at 0.1"
    yield spec.loss == "half_squared_error", "loss", f"{spec.loss}, that page has half_squared_error only"
    yield optimizer.name == "sgd", "optimizer.name", f"{optimizer.name}, that page has sgd only"
    yield optimizer.schedule.name == "constant", "optimizer.schedule", "the rate there is constant"
    yield optimizer.clip_norm is None, "optimizer.clip_norm", "that page clips no gradients"
    yield batch <= MOST_BATCH, "batch_size", f"{batch}, there it is at most {MOST_BATCH}"
    yield spec.frozen is None, "frozen", "that page freezes no weights"
