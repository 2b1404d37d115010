"""Exported PyTorch sources: `python -m benchmarks.reference.pytorch_exports`, with the extra `bench`.

The script exports a network for every activation, loss, feature and kind of output. It runs each
exported source in PyTorch and compares 1,000 points. The exit status is 1 for a difference above 1e-9.
"""

import sys
from typing import Any

import numpy as np
import torch

from backprop_playground import Client
from benchmarks.servers import running
from engine.activations import ACTIVATIONS
from engine.expression import FUNCTIONS
from engine.losses import LOSSES

POINTS = 1000
TOLERANCE = 1e-9
FORMULAS = [f"{name}({'x1, x2' if entry.arity == 2 else 'x1^2 + 1'})" for name, entry in FUNCTIONS.items()]
FOUR = np.random.default_rng(2).normal(size=(40, 4))
CLASSES = {"cross_entropy": "spirals"}
SPECS: dict[str, dict[str, Any]] = {
    **{f"activation {name}": {"layers": [{"units": 5, "activation": name}, {}]} for name in ACTIVATIONS},
    "every function as a feature": {"features": [*FORMULAS, "max(x1, 2)", "exp(1)", "-(x1 - x2)^2 / 3"]},
    **{f"loss {name}": {"loss": name, "data": {"name": CLASSES.get(name, "circle")}} for name in LOSSES},
    "four inputs, two outputs": {"data": {"inputs": FOUR, "targets": FOUR[:, :2] ** 2}},
    "six layers, dropout": {"layers": [{"units": 6, "activation": "relu", "dropout": 0.2}] * 5 + [{}]},
    "sigmoid output": {"layers": [{"units": 4}, {"activation": "sigmoid"}]},
    "three classes, tanh": {
        "data": {"name": "spirals"},
        "layers": [{"units": 4}, {"activation": "tanh"}],
        "loss": "half_squared_error",
    },
    "three classes, standardized": {"data": {"name": "spirals", "standardize": True}},
    "two classes, logits": {"loss": "binary_cross_entropy"},
    "regression": {"data": {"name": "reg-gauss"}},
}


def distance(client: Client, spec: dict[str, Any]) -> float:
    """Return the largest difference between PyTorch and the service."""
    network = client.create_network(spec)
    client.step_network(network.id, 30)
    names: dict[str, Any] = {}
    exec(client.export_network(network.id, "pytorch").decode(), names)
    x = np.random.default_rng(1).uniform(-6, 6, (POINTS, client.get_data(network.id).x.shape[1]))
    response = client.compute_activations(network.id, x)
    module, rows = names["Network"](), torch.tensor(x)
    with torch.no_grad():
        output, prediction = module(rows).numpy(), module.predict(rows).numpy()
    output_difference = np.abs(output - response.layers[-1].a).max()
    return float(max(output_difference, np.abs(prediction - response.prediction).max()))


def main() -> int:
    """Print the difference of each network, and return 1 if one is too large."""
    with running() as address, Client(address) as client:
        distances = {name: distance(client, spec) for name, spec in SPECS.items()}
    for name, value in distances.items():
        print(f"{value:.1e}  {name}")
    print(f"PyTorch {torch.__version__}: at most {max(distances.values()):.1e} off on {POINTS:,} points")
    return int(max(distances.values()) > TOLERANCE)


if __name__ == "__main__":
    sys.exit(main())
