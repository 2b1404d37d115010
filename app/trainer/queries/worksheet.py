"""Worksheets: an exhibit's network with other numbers, short enough for paper, drawn from a seed."""

from typing import Any

import numpy as np

from app.domain.exceptions import FieldError, Unfit
from app.messages.reports import Content
from app.schemas.exhibits import WORKSHEET_PARAMETERS
from app.settings import Limits
from app.trainer.queries.quiz import every_question, judged, picked_from, told_key, told_question
from app.trainer.queries.serialization import json_content
from app.trainer.setup.network_setup import Setup, build, first_run
from engine.rng import stream

Told = dict[str, Any]
SLOWEST = 0.1
USUAL_RATE = 0.5
WEIGHTS = [k / 10 for k in range(-10, 11) if k]
INPUTS = [k / 2 for k in range(-4, 5) if k]
TARGETS = {"sigmoid": [0.0, 1.0], "tanh": [-1.0, 1.0]}


def worksheet(asked: Told) -> Content:
    """form "sheet": the questions; "key": their answers; "judge": what somebody answered."""
    given = drawn(asked["given"], asked["seed"])
    run = first_run(build(given, Limits()))
    every = every_question(run, 0)
    picked = picked_from(every, asked["count"], asked["seed"])
    named = {"exhibit": asked["exhibit"], "seed": asked["seed"]}
    if asked["form"] == "judge":
        return json_content(judged(every, asked["answers"]))
    if asked["form"] == "key":
        return json_content({**named, "answers": [told_key(question) for question in picked]})
    return json_content(
        {
            **named,
            "title": asked["title"],
            "x": given["data"]["inputs"][0],
            "y": given["data"]["targets"][0],
            "rate": given["optimizer"]["learning_rate"],
            "loss": given["loss"],
            "layers": given["parameters"],
            "activations": [layer.activation.formula for layer in run.network.layers],
            "spec": given,
            "questions": [told_question(question) for question in picked],
        }
    )


def drawn(given: Told, seed: int) -> Told:
    """The spec of a network of the same shape with numbers of one decimal. Raises Unfit for a large one."""
    like = build(given, Limits())
    layers = like.recipe.architecture.layers
    shapes = like.recipe.architecture.block_shapes
    size = sum(units * columns for units, columns in shapes)
    if size > WORKSHEET_PARAMETERS:
        message = f"its network has {size} parameters; a worksheet has at most {WORKSHEET_PARAMETERS}"
        raise Unfit.of(FieldError("exhibit", message))
    rng = stream(seed, "sheet")
    x = [float(rng.choice(INPUTS)) for _ in range(like.source.inputs)]
    wanted = TARGETS.get(layers[-1].activation, INPUTS)
    return {
        "data": {
            "inputs": [x],
            "targets": [[float(rng.choice(wanted)) for _ in range(layers[-1].units)]],
            "task": "regression",
        },
        "features": like.spec.features,
        "layers": [{"units": layer.units, "activation": layer.activation} for layer in layers],
        "parameters": [_block(rng, units, columns) for units, columns in shapes],
        "frozen": given.get("frozen"),
        "loss": "half_squared_error",
        "optimizer": {"name": "sgd", "learning_rate": _rate(like)},
        "batch_size": 1,
    }


def _block(rng: np.random.Generator, units: int, columns: int) -> Told:
    numbers = rng.choice(WEIGHTS, (units, columns))
    return {"W": numbers[:, 1:].tolist(), "b": numbers[:, 0].tolist()}


def _rate(like: Setup) -> float:
    """The exhibit's own, where a step of it can be seen on paper."""
    rate = like.recipe.learning_rate
    return rate if like.recipe.optimizer == "sgd" and rate and rate >= SLOWEST else USUAL_RATE
