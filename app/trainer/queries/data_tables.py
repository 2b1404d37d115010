"""Table queries: parameters, history and data, as JSON and as files for other programs."""

from typing import Any

from app.messages.queries import DataQuery, HistoryQuery, ParametersQuery
from app.messages.reports import EncodedResponse
from app.trainer.persistence.progress import history_until_now
from app.trainer.queries.serialization import csv_response, json_response, npz_response
from app.trainer.session import TrainingSession
from app.trainer.setup.parameters import layered_parameters

SCORES = ("loss", "accuracy", "r2")
NUMBERS_PER_SECOND = 2e6


def parameters(session: TrainingSession, body: ParametersQuery) -> EncodedResponse:
    """Return W and b of every layer."""
    run = session.run
    layers = layered_parameters(run.network.architecture, run.network.theta)
    if body.format == "npz":
        return npz_response(
            {
                f"{name}{index}": array
                for index, layer in enumerate(layers, 1)
                for name, array in layer.items()
            }
        )
    return json_response({"step": run.step, "layers": layers})


def history(session: TrainingSession, body: HistoryQuery) -> EncodedResponse:
    """Return the scores at the ends of epochs, and those of now."""
    told = history_until_now(session.run)
    if body.format == "csv":
        header = ("epoch", "step", *(f"{part}_{name}" for part in ("train", "test") for name in SCORES))
        return csv_response(header, ([row["epoch"], row["step"], *_cells(row)] for row in told))
    return json_response({"rows": told})


def _cells(told: dict[str, Any]) -> list[Any]:
    return [(told[part] or {}).get(name) for part in ("train", "test") for name in SCORES]


def data(session: TrainingSession, body: DataQuery) -> EncodedResponse:
    """Return all examples, in the order in which `example` counts them."""
    setup, table = session.setup, session.setup.table
    names = [f"x{number}" for number in range(1, setup.source.inputs + 1)]
    if body.format == "csv":
        labels = table.labels.reshape(len(table.x), -1)
        columns = labels.shape[1]
        targets = ["y"] if columns == 1 else [f"y{number}" for number in range(1, columns + 1)]
        told: list[list[Any]] = labels.tolist()
        if class_names := setup.spec.data.class_names:
            told = [[class_names[int(max(label, 0))]] for (label,) in told]
        rows = zip(table.x.tolist(), told, table.split, strict=True)
        return csv_response((*names, *targets, "split"), ([*x, *label, split] for x, label, split in rows))
    return json_response(
        {
            "task": setup.source.task,
            "classes": setup.source.classes,
            "inputs": names,
            "x": table.x,
            "y": setup.examples.y[table.places],
            "class_names": setup.spec.data.class_names,
            "labels": table.labels[:, 0] if table.labels.shape[1:] == (1,) else table.labels,
            "split": table.split,
            "plane": setup.plane,
        }
    )


def estimate_data_seconds(session: TrainingSession, _: DataQuery) -> float:
    """Estimate the seconds to write all numbers."""
    table = session.setup.table
    return (table.x.size + table.labels.size) / NUMBERS_PER_SECOND
