"""TensorFlow Playground links: `{"tfplayground": link}` as a spec of ours, with the very points and start."""

from typing import Any

from app.services.refusals import FieldError, Unfit
from engine.tfplayground import PlaygroundLink, read_link

Json = dict[str, Any]
FIELD = "tfplayground"
PLANE = {"x1": [-6.0, 6.0], "x2": [-6.0, 6.0]}


def spec_of_link(given: Json) -> tuple[Json, list[str]]:
    """The spec that a link stands for, with notes on what differs; any other spec as it is. Raises Unfit."""
    if FIELD not in given:
        return given, []
    if len(given) > 1:
        others = ", ".join(sorted(set(given) - {FIELD}))
        raise Unfit.of(
            FieldError(FIELD, f"a link is a whole spec: leave out {others}, or PATCH it afterwards")
        )
    try:
        link = read_link(given[FIELD])
    except ValueError as error:
        raise Unfit.of(FieldError(FIELD, str(error)[:400])) from error
    return _spec(link), list(link.notes)


def _spec(link: PlaygroundLink) -> Json:
    points = link.points
    testing = len(points.x) - points.train_rows
    hidden = [{"units": units, "activation": link.activation} for units in link.hidden]
    return {
        "data": {
            "inputs": points.x.tolist(),
            "targets": points.labels.tolist(),
            "split": ["train"] * points.train_rows + ["test"] * testing,
            "task": "regression" if link.output_activation == "linear" else "classification",
            "plane": PLANE,
        },
        "features": list(link.features),
        "layers": [*hidden, {"units": 1, "activation": link.output_activation}],
        "parameters": [{"W": W.tolist(), "b": b.tolist()} for W, b in link.start],
        "loss": "half_squared_error",
        "optimizer": {"name": "sgd", "learning_rate": link.learning_rate},
        "penalty": {"name": link.penalty, "rate": link.penalty_rate},
        "batch_size": link.batch_size,
        "shuffle": False,
    }
