"""Files: a trained network in each format there is. To add one, write it and add it to FORMATS."""

from collections.abc import Callable
from typing import Any

import numpy as np

from app.messages.reports import Content
from app.schemas.spec import OWN
from app.trainer.persistence.progress import told_progress
from app.trainer.queries.exports.python_source import numpy_source, pytorch_source
from app.trainer.queries.exports.tfplayground_export import link_of
from app.trainer.queries.serialization import json_content, npz_content
from app.trainer.session import Resident
from app.trainer.setup.parameters import layered_parameters

PYTHON = "text/x-python; charset=utf-8"
CHARACTERS_PER_SECOND = 5e6


def json_file(resident: Resident) -> Content:
    """The spec with the parameters of this moment: POST /networks takes it as it is."""
    return json_content({**_spec(resident), "parameters": _layers(resident)})


def npz_file(resident: Resident) -> Content:
    """The arrays W1, b1, W2, b2, …, and `spec`, the rest of the JSON file, as text."""
    arrays: dict[str, np.ndarray[Any, Any]] = {"spec": np.array(json_content(_spec(resident)).body)}
    for number, layer in enumerate(_layers(resident), 1):
        arrays[f"W{number}"], arrays[f"b{number}"] = layer["W"], layer["b"]
    return npz_content(arrays)


def numpy_file(resident: Resident) -> Content:
    """Python that needs NumPy and nothing else."""
    return Content(numpy_source(resident).encode(), PYTHON)


def pytorch_file(resident: Resident) -> Content:
    """Python that needs PyTorch and nothing else."""
    return Content(pytorch_source(resident).encode(), PYTHON)


def playground_link(resident: Resident) -> Content:
    """A link to TensorFlow Playground, with notes on what is not the same there."""
    return json_content(link_of(resident.setup.spec, resident.modified))


FORMATS: dict[str, Callable[[Resident], Content]] = {
    "json": json_file,
    "npz": npz_file,
    "numpy": numpy_file,
    "pytorch": pytorch_file,
    "tfplayground": playground_link,
}


def export(resident: Resident, asked: dict[str, Any]) -> Content:
    """The network as a file of the format asked for."""
    return FORMATS[asked["format"]](resident)


def seconds_of_export(resident: Resident, asked: dict[str, Any]) -> float:
    """Writing numbers is what takes time."""
    table = resident.setup.table
    rows = table.x.size if resident.setup.rows and asked["format"] in ("json", "npz") else 0
    return 20 * (resident.run.network.theta.size + rows) / CHARACTERS_PER_SECOND


def _layers(resident: Resident) -> list[dict[str, Any]]:
    return layered_parameters(resident.run.network.architecture, resident.run.network.theta)


def _spec(resident: Resident) -> dict[str, Any]:
    """The completed spec, with the rows where they are the client's own, and how far it has come."""
    setup = resident.setup
    spec = setup.spec.model_dump(exclude_none=True)
    data = spec["data"]
    if setup.plane is not None:
        data["plane"] = {"x1": list(setup.plane.x1), "x2": list(setup.plane.x2)}
    if data["name"] == OWN:
        table = setup.table
        labels = np.eye(table.classes)[table.labels.astype(int)] if table.classes > 2 else table.labels
        del data["name"], data["examples"], data["train_fraction"]
        data |= {"inputs": table.x, "targets": labels, "split": table.split}
    return {**spec, "progress": told_progress(resident.run, resident.modified)}
