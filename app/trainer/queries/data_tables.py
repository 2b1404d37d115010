"""Tables: parameters, history and data, as JSON and as files for other programs."""

from typing import Any

from app.messages.reports import Content
from app.trainer.persistence.progress import told_until_now
from app.trainer.queries.serialization import csv_content, json_content, npz_content
from app.trainer.session import Resident
from app.trainer.setup.parameters import layered_parameters

Question = dict[str, Any]
SCORES = ("loss", "accuracy", "r2")
NUMBERS_PER_SECOND = 2e6


def parameters(resident: Resident, asked: Question) -> Content:
    """W and b of every layer."""
    run = resident.run
    layers = layered_parameters(run.network.architecture, run.network.theta)
    if asked["format"] == "npz":
        return npz_content(
            {
                f"{name}{index}": array
                for index, layer in enumerate(layers, 1)
                for name, array in layer.items()
            }
        )
    return json_content({"step": run.step, "layers": layers})


def history(resident: Resident, asked: Question) -> Content:
    """The scores at the ends of epochs, and those of now."""
    told = told_until_now(resident.run)
    if asked["format"] == "csv":
        header = ("epoch", "step", *(f"{part}_{name}" for part in ("train", "test") for name in SCORES))
        return csv_content(header, ([row["epoch"], row["step"], *_cells(row)] for row in told))
    return json_content({"rows": told})


def _cells(told: dict[str, Any]) -> list[Any]:
    return [(told[part] or {}).get(name) for part in ("train", "test") for name in SCORES]


def data(resident: Resident, asked: Question) -> Content:
    """All examples, in the order in which `example` counts them."""
    setup, table = resident.setup, resident.setup.table
    names = [f"x{number}" for number in range(1, setup.source.inputs + 1)]
    if asked["format"] == "csv":
        labels = table.labels.reshape(len(table.x), -1)
        columns = labels.shape[1]
        targets = ["y"] if columns == 1 else [f"y{number}" for number in range(1, columns + 1)]
        told: list[list[Any]] = labels.tolist()
        if class_names := setup.spec.data.class_names:
            told = [[class_names[int(max(label, 0))]] for (label,) in told]
        rows = zip(table.x.tolist(), told, table.split, strict=True)
        return csv_content((*names, *targets, "split"), ([*x, *label, split] for x, label, split in rows))
    return json_content(
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


def seconds_of_data(resident: Resident, _: Question) -> float:
    """Writing numbers is what takes time."""
    table = resident.setup.table
    return (table.x.size + table.labels.size) / NUMBERS_PER_SECOND
