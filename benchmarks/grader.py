"""Grader for homework: `python -m benchmarks.grader` scores 100 networks on a hidden test set, with the time.

`python -m benchmarks.grader FOLDER` scores the *.json files of a folder instead. See docs/grader.md.
"""

import json
import sys
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backprop_playground import Client, ProblemError
from backprop_playground.models.spec import ResolvedSpec
from benchmarks.servers import running

SUBMISSIONS = 100
SECONDS_ALLOWED = 60
HIDDEN = {"name": "spiral", "examples": 2000, "noise": 0.1, "seed": 20_251}


class Grade(NamedTuple):
    """Grade of a file. accuracy: on the hidden rows; None, with a reason, for a file that has no score."""

    name: str
    accuracy: float | None
    reason: str = ""


def hidden_rows(client: Client) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the hidden test set: x (rows, 2) and labels (rows,), −1 or +1."""
    teacher = client.create_network({"data": HIDDEN})
    data = client.get_data(teacher.id)
    client.delete_network(teacher.id)
    return data.x, data.labels


def grade(
    client: Client, name: str, submission: str, x: NDArray[np.float64], labels: NDArray[np.float64]
) -> Grade:
    """Return the grade of one exported network."""
    try:
        network = client.create_network(json.loads(submission))
    except (ProblemError, ValueError) as problem:
        return Grade(name, None, str(problem))
    try:
        prediction = client.compute_activations(network.id, x).prediction
    except ProblemError as problem:
        return Grade(name, None, str(problem))
    finally:
        client.delete_network(network.id)
    if prediction.shape[1] != 1:
        return Grade(name, None, f"one output is needed, this network has {prediction.shape[1]}")
    predicts_class_1 = prediction[:, 0] >= decision_threshold(network.spec)
    return Grade(name, float(np.mean(predicts_class_1 == (labels > 0))))


def decision_threshold(spec: ResolvedSpec) -> float:
    """Return the threshold between the predictions of the two classes."""
    is_probability = spec.loss == "binary_cross_entropy" or spec.layers[-1].activation == "sigmoid"
    return 0.5 if is_probability else 0.0


def homework(client: Client) -> dict[str, str]:
    """Return the files of a hundred made-up students: trained networks of many shapes."""
    files = {}
    for number in range(SUBMISSIONS):
        units, activation = 4 + number % 5, ("tanh", "relu", "sigmoid")[number % 3]
        layers = [{"units": units, "activation": activation}] * (1 + number % 3)
        optimizer = {"name": "adam", "learning_rate": 0.02}
        data = {"name": "spiral", "seed": number}
        network = client.create_network(
            {"seed": number, "data": data, "layers": [*layers, {}], "optimizer": optimizer}
        )
        client.step_network(network.id, 20, "epoch")
        files[f"student {number}"] = client.export_network(network.id).decode()
        client.delete_network(network.id)
    return files


def main(folder: str | None = None) -> int:
    """Print every grade and the time, and return 1 if it took too long."""
    with running() as address, Client(address) as client:
        if folder is None:
            submissions = homework(client)
        else:
            submissions = {
                path.name: path.read_text(encoding="utf-8") for path in sorted(Path(folder).glob("*.json"))
            }
        begin = time.perf_counter()
        x, labels = hidden_rows(client)
        grades = [grade(client, name, text, x, labels) for name, text in submissions.items()]
        seconds = time.perf_counter() - begin
    for name, accuracy, reason in grades:
        print(f"{name:<20} {reason if accuracy is None else f'{accuracy:.1%}'}")
    print(f"{len(grades)} networks on {len(x):,} hidden rows in {seconds:.1f} s")
    return int(seconds > SECONDS_ALLOWED)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
