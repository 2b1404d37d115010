"""Worksheet query: an exhibit's network with other numbers, short enough for paper, drawn from a seed."""

from typing import Any

import numpy as np

from app.domain.exceptions import FieldError, InvalidRequest
from app.messages.queries import WorksheetGradesQuery, WorksheetKeyQuery, WorksheetQuery, WorksheetSource
from app.messages.reports import EncodedResponse
from app.schemas.exhibits import WORKSHEET_PARAMETERS
from app.settings import Limits
from app.trainer.queries.quiz import all_questions, grade_all, key_to_dict, pick_questions, question_to_dict
from app.trainer.queries.serialization import json_response
from app.trainer.setup.network_setup import NetworkSetup, build_setup, first_run
from engine.explain.quiz import Question
from engine.rng import rng_for

Told = dict[str, Any]
SLOWEST = 0.1
USUAL_RATE = 0.5
WEIGHTS = [k / 10 for k in range(-10, 11) if k]
INPUTS = [k / 2 for k in range(-4, 5) if k]
TARGETS = {"sigmoid": [0.0, 1.0], "tanh": [-1.0, 1.0]}


def worksheet(body: WorksheetQuery) -> EncodedResponse:
    """Return a network with numbers for paper, one example, and the values to find."""
    source = body.source
    drawn = DrawnNetwork(source)
    given = drawn.given
    return json_response(
        {
            "exhibit": source.exhibit,
            "seed": source.seed,
            "title": source.title,
            "x": given["data"]["inputs"][0],
            "y": given["data"]["targets"][0],
            "rate": given["optimizer"]["learning_rate"],
            "loss": given["loss"],
            "layers": given["parameters"],
            "activations": [layer.activation.formula for layer in drawn.run.network.layers],
            "spec": given,
            "questions": [question_to_dict(question) for question in drawn.pick(body.count)],
        }
    )


def worksheet_key(body: WorksheetKeyQuery) -> EncodedResponse:
    """Return the answers to the questions of a worksheet."""
    source = body.source
    answers = [key_to_dict(question) for question in DrawnNetwork(source).pick(body.count)]
    return json_response({"exhibit": source.exhibit, "seed": source.seed, "answers": answers})


def grade_worksheet(body: WorksheetGradesQuery) -> EncodedResponse:
    """Return the grades of answers to a worksheet, with hints."""
    return json_response(grade_all(DrawnNetwork(body.source).questions, body.answers))


class DrawnNetwork:
    """The network of a worksheet: its spec, its run, and every question about its one example."""

    def __init__(self, source: WorksheetSource) -> None:
        self._seed = source.seed
        self.given = draw_parameters(source.given, source.seed)
        self.run = first_run(build_setup(self.given, Limits()))
        self.questions = all_questions(self.run, 0)

    def pick(self, count: int) -> list[Question]:
        """Return this number of questions, drawn by the seed."""
        return pick_questions(self.questions, count, self._seed)


def draw_parameters(given: Told, seed: int) -> Told:
    """Return the spec of a network of the same shape with numbers of one decimal.

    Raises InvalidRequest for a large one.
    """
    like = build_setup(given, Limits())
    layers = like.config.architecture.layers
    shapes = like.config.architecture.block_shapes
    size = sum(units * columns for units, columns in shapes)
    if size > WORKSHEET_PARAMETERS:
        message = (
            f"its network has {size} parameters, but a worksheet may have at most {WORKSHEET_PARAMETERS}"
        )
        raise InvalidRequest.of(FieldError("exhibit", message))
    rng = rng_for(seed, "sheet")
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


def _rate(like: NetworkSetup) -> float:
    """Return the exhibit's own, where a step of it can be seen on paper."""
    rate = like.config.learning_rate
    return rate if like.config.optimizer == "sgd" and rate and rate >= SLOWEST else USUAL_RATE
