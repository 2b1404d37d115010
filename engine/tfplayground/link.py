"""Reader of TensorFlow Playground links: from a link to the same data, split and initial network.

The part of a link after its # has a seed, and the settings that differ from the defaults. TensorFlow
Playground starts its random stream from the seed, draws the points, shuffles them, and draws the
weights by layer, unit and input. `read_link` does the same with the same stream. So points, split and
initial weights are equal to the last bit.

The network there has the loss ½(a − y)², plain gradient descent, and a tanh output (linear for
regression). Its batches always keep the order of the rows. `notes` has a sentence for each setting
of a link that has no exact equivalent here.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from engine.data import DATASETS, Points, split
from engine.initializers import INITIALIZERS
from engine.rng import RandomSource
from engine.tfplayground.arc4 import ARC4
from engine.tfplayground.query import LinkQuery
from engine.types import Array

MAX_HIDDEN_LAYERS = 10
MAX_UNITS = 64

INPUTS = {
    "x": "x1",
    "y": "x2",
    "xSquared": "x1^2",
    "ySquared": "x2^2",
    "xTimesY": "x1*x2",
    "sinX": "sin(x1)",
    "sinY": "sin(x2)",
}
"""Features by their names in links, in the order of TensorFlow Playground. By default x and y are on."""

ACTIVATIONS = ("tanh", "relu", "sigmoid", "linear")
CLASSIFICATION = ("circle", "xor", "gauss", "spiral")
REGRESSION = ("reg-plane", "reg-gauss")

NOISE_FALLBACK = 50
MAX_NOISE = 80
"""A noise above this percentage counts as NOISE_FALLBACK, as in TensorFlow Playground."""

WEIGHT_LIMIT = 0.5
BIAS = 0.1

SEED = "0.50000"
"""Seed for a link that has none; TensorFlow Playground would draw one."""


@dataclass(frozen=True)
class PlaygroundLink:
    """Settings of a link in the engine's names, with its points and initial parameters.

    noise, train_fraction: fractions, not percentages; noise is at most 0.8.
    hidden: units of each hidden layer. points: raw inputs (rows, 2) with the training rows first.
    start: W (units, inputs) and b (units,) of every layer, the output layer last.
    notes: a sentence for each setting that has no exact equivalent here.
    """

    seed: str
    dataset: str
    noise: float
    train_fraction: float
    features: tuple[str, ...]
    hidden: tuple[int, ...]
    activation: str
    output_activation: str
    learning_rate: float
    batch_size: int
    penalty: str
    penalty_rate: float
    zero_start: bool
    points: Points
    start: tuple[tuple[Array, Array], ...]
    notes: tuple[str, ...]


def read_link(link: str) -> PlaygroundLink:
    """Read a link, or the part after its #.

    Raises ValueError for a text that is no such link, and for a network too large or without inputs.
    """
    keys = LinkQuery(link)
    seed = keys.text("seed")
    if seed is None:
        seed = SEED
        keys.notes.append(f"The link has no seed; TensorFlow Playground would draw one. Here it is {SEED}.")
    regression = keys.choice("problem", ("classification", "regression")) == "regression"
    dataset = keys.choice(*("regDataset", REGRESSION) if regression else ("dataset", CLASSIFICATION))
    noise = _noise(keys)
    train_fraction = keys.number("percTrainData", 50, 1, 100) / 100
    features, hidden = _features(keys), _hidden(keys)
    rng = ARC4(seed)
    x, labels = DATASETS[dataset].generator(DATASETS[dataset].examples, noise, rng)
    points = split(x, labels, train_fraction, rng)
    zero_start = keys.flag("initZero", False)
    start = _start((len(features), *hidden, 1), zero_start, rng)
    batch_size = int(keys.number("batchSize", 10, 1, whole=True))
    _note_short_batch(keys, batch_size, points.train_rows)
    _note_hidden_controls(keys)
    _note_idle_keys(keys)
    return PlaygroundLink(
        seed=seed,
        dataset=dataset,
        noise=noise,
        train_fraction=train_fraction,
        features=features,
        hidden=hidden,
        activation=keys.choice("activation", ACTIVATIONS),
        output_activation="linear" if regression else "tanh",
        learning_rate=keys.number("learningRate", 0.03, 1e-12),
        batch_size=batch_size,
        penalty=keys.choice("regularization", ("none", "L1", "L2")).lower(),
        penalty_rate=keys.number("regularizationRate", 0, 0),
        zero_start=zero_start,
        points=points,
        start=start,
        notes=tuple(keys.notes),
    )


def _noise(keys: LinkQuery) -> float:
    """Return the noise as a fraction; below 0 counts as 0, above MAX_NOISE as the slider's maximum."""
    noise = keys.number("noise", 0)
    if noise > MAX_NOISE:
        noise = NOISE_FALLBACK
    if noise > NOISE_FALLBACK:
        keys.notes.append(f"The points have a noise of {noise:g}, which is more than can be set here.")
    return max(noise, 0) / 100


def _features(keys: LinkQuery) -> tuple[str, ...]:
    """Return the features that are on; a hidden one counts as off, as in TensorFlow Playground."""
    features = tuple(
        formula
        for name, formula in INPUTS.items()
        if keys.flag(name, name in ("x", "y")) and name not in keys.hidden
    )
    if not features:
        raise ValueError("the link turns off every input, but a network needs at least one")
    return features


def _hidden(keys: LinkQuery) -> tuple[int, ...]:
    hidden = keys.sizes("networkShape", (4, 2))
    if len(hidden) > MAX_HIDDEN_LAYERS or max(hidden, default=1) > MAX_UNITS:
        raise ValueError(
            f"the link asks for hidden layers of {', '.join(map(str, hidden[:20]))} units; "
            f"at most {MAX_HIDDEN_LAYERS} layers of at most {MAX_UNITS} units are allowed"
        )
    return hidden


def _start(widths: tuple[int, ...], zero: bool, rng: RandomSource) -> tuple[tuple[Array, Array], ...]:
    """Return W and b of every layer by TensorFlow Playground's rule, which is our `uniform`."""
    layers = []
    for inputs, units in pairwise(widths):
        W, b = INITIALIZERS["uniform"].draw(units, inputs, rng, limit=WEIGHT_LIMIT, bias=BIAS)
        # Weights that start at 0 are drawn all the same: the numbers after them must not shift.
        layers.append((np.zeros_like(W), np.zeros_like(b)) if zero else (W, b))
    return tuple(layers)


def _note_short_batch(keys: LinkQuery, batch_size: int, train_rows: int) -> None:
    rest = train_rows % batch_size
    if batch_size > train_rows:
        keys.notes.append(
            f"A batch of {batch_size} is never full with {train_rows} training points, so TensorFlow "
            "Playground never learns; here the batch is all of them."
        )
    elif rest:
        keys.notes.append(
            f"The last {rest} training points of an epoch do not fill a batch of {batch_size}. TensorFlow "
            "Playground adds their gradients to the first step of the next epoch; here they make their own "
            "step, so the numbers differ after the first epoch."
        )


def _note_hidden_controls(keys: LinkQuery) -> None:
    controls = sorted(keys.hidden - INPUTS.keys())
    if controls:
        keys.notes.append(
            f"The link hides controls ({', '.join(controls)[:200]}); this page hides those it has."
        )


def _note_idle_keys(keys: LinkQuery) -> None:
    if keys.idle:
        keys.notes.append(f"These settings have no effect on the network: {', '.join(keys.idle)[:200]}.")
