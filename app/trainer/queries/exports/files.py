"""Export formats: a trained network as a file. To add one, write it and add it to FORMATS."""

from collections.abc import Callable
from typing import Any

import numpy as np

from app.messages.queries import ExportFormat, ExportQuery
from app.messages.reports import EncodedResponse
from app.schemas.spec import OWN_DATA
from app.trainer.persistence.progress import progress_to_dict
from app.trainer.queries.exports.python_source import numpy_source, pytorch_source
from app.trainer.queries.exports.tfplayground_export import link_of
from app.trainer.queries.serialization import json_response, npz_response
from app.trainer.session import TrainingSession
from app.trainer.setup.parameters import layered_parameters

PYTHON = "text/x-python; charset=utf-8"
CHARACTERS_PER_SECOND = 5e6


def json_file(session: TrainingSession) -> EncodedResponse:
    """Return the spec with the current parameters, a body for POST /networks."""
    return json_response({**_spec(session), "parameters": _layers(session)})


def npz_file(session: TrainingSession) -> EncodedResponse:
    """Return the arrays W1, b1, W2, b2, …, and `spec`, the rest of the JSON file, as text."""
    arrays: dict[str, np.ndarray[Any, Any]] = {"spec": np.array(json_response(_spec(session)).body)}
    for number, layer in enumerate(_layers(session), 1):
        arrays[f"W{number}"], arrays[f"b{number}"] = layer["W"], layer["b"]
    return npz_response(arrays)


def numpy_file(session: TrainingSession) -> EncodedResponse:
    """Return Python source that needs NumPy only."""
    return EncodedResponse(numpy_source(session).encode(), PYTHON)


def pytorch_file(session: TrainingSession) -> EncodedResponse:
    """Return Python source that needs PyTorch only."""
    return EncodedResponse(pytorch_source(session).encode(), PYTHON)


def playground_link(session: TrainingSession) -> EncodedResponse:
    """Return a link to TensorFlow Playground, with notes on the differences."""
    return json_response(link_of(session.setup.spec, session.start_modified))


FORMATS: dict[ExportFormat, Callable[[TrainingSession], EncodedResponse]] = {
    "json": json_file,
    "npz": npz_file,
    "numpy": numpy_file,
    "pytorch": pytorch_file,
    "tfplayground": playground_link,
}


def export(session: TrainingSession, body: ExportQuery) -> EncodedResponse:
    """Return the network as a file of the requested format."""
    return FORMATS[body.format](session)


def estimate_export_seconds(session: TrainingSession, body: ExportQuery) -> float:
    """Estimate the seconds to write all numbers."""
    table = session.setup.table
    rows = table.x.size if session.setup.rows and body.format in ("json", "npz") else 0
    return 20 * (session.run.network.theta.size + rows) / CHARACTERS_PER_SECOND


def _layers(session: TrainingSession) -> list[dict[str, Any]]:
    return layered_parameters(session.run.network.architecture, session.run.network.theta)


def _spec(session: TrainingSession) -> dict[str, Any]:
    """Return the completed spec with the client's own rows and the progress of the training."""
    setup = session.setup
    spec = setup.spec.model_dump(exclude_none=True)
    data = spec["data"]
    if setup.plane is not None:
        data["plane"] = {"x1": list(setup.plane.x1), "x2": list(setup.plane.x2)}
    if data["name"] == OWN_DATA:
        table = setup.table
        labels = np.eye(table.classes)[table.labels.astype(int)] if table.classes > 2 else table.labels
        del data["name"], data["examples"], data["train_fraction"]
        data |= {"inputs": table.x, "targets": labels, "split": table.split}
    return {**spec, "progress": progress_to_dict(session.run, session.start_modified)}
