"""A trained network leaves as a file and comes back, or lives on in NumPy without the playground."""

import json
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from backprop_playground import Client
from engine.activations import ACTIVATIONS
from engine.expression import FUNCTIONS

OWN = {"inputs": [[1.0], [2.0], [4.0], [5.0]], "targets": [0, 1, 2, 1], "split": ["train", "test"] * 2}
FORMULAS = [
    "x1",
    "-x2^2",
    "2^(x1/4) - (x1 - x2)*x2",
    "max(x1, sin(x2), 2)",
    "1/(3 + x1^2)",
    "exp(1)",
    "x1 - (x2 - 1)",
]
PYTORCH = {
    "abs", "cos", "exp", "full_like", "log", "maximum", "minimum", "no_grad", "sigmoid", "sin", "sqrt",
    "stack", "tan", "tanh", "tensor",
}  # fmt: skip
PYTORCH_FUNCTIONAL = {"elu", "gelu", "leaky_relu", "mish", "relu", "selu", "silu", "softplus"}
"""What PyTorch is called for; `python -m benchmarks.reference.pytorch_exports` loads it for real."""
SPECS: dict[str, dict[str, Any]] = {
    "logits of three classes": {"data": {"name": "spirals"}},
    "logits of two classes": {
        "loss": "binary_cross_entropy",
        "layers": [{"units": 3}, {"activation": "linear"}],
    },
    "features, standardised": {"features": FORMULAS, "data": {"name": "moons", "standardize": True}},
    "every function": {
        "features": [
            f"{name}({'x1, x2' if entry.arity == 2 else 'x1^2 + 1'})" for name, entry in FUNCTIONS.items()
        ]
    },
    "regression": {"data": {"name": "reg-gauss"}},
    "own data of one input": {"data": OWN},
    "own data, all for training": {"data": {"points": [[0, 0, -1], [0, 1, 1], [1, 0, 1], [1, 1, -1]]}},
}


@pytest.fixture
def client(service) -> Iterator[Client]:
    with Client(service.address) as client:
        yield client


def trained(client: Client, spec: dict[str, Any]) -> str:
    network = client.create_network(spec)
    client.step_network(network.id, 30)
    return network.id


def spread(client: Client, network: str) -> "np.ndarray[Any, Any]":
    """1,000 rows of raw inputs."""
    inputs = len(client.get_data(network).inputs)
    return np.random.default_rng(1).uniform(-6, 6, (1000, inputs))


def farthest(client: Client, network: str) -> float:
    """How far the NumPy source is from the service, at worst, on 1,000 points."""
    names: dict[str, Any] = {}
    exec(client.export_network(network, "numpy").decode(), names)
    x = spread(client, network)
    told = client.compute_activations(network, x)
    output = np.abs(names["forward"](x) - told.layers[-1].a).max()
    return float(max(output, np.abs(names["predict"](x) - told.prediction).max()))


def test_the_pytorch_source_calls_only_what_pytorch_has(client):
    network = trained(client, SPECS["every function"])
    source = client.export_network(network, "pytorch").decode()
    assert set(re.findall(r"\bF\.(\w+)\(", source)) <= PYTORCH_FUNCTIONAL
    assert set(re.findall(r"\btorch\.(\w+)\(", source)) <= PYTORCH
    assert source.count("F.leaky_relu(x1**2 + 1, 0.01)") == 1


@pytest.mark.parametrize("what", SPECS)
def test_the_numpy_source_says_what_the_service_says(client, what):
    assert farthest(client, trained(client, SPECS[what])) <= 1e-12


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_numpy_source_has_every_activation(client, activation):
    layers = [{"units": 5, "activation": activation}, {"units": 3, "activation": activation}, {}]
    assert farthest(client, trained(client, {"layers": layers})) <= 1e-12


@pytest.mark.parametrize("what", SPECS)
@pytest.mark.parametrize("form", ["json", "npz"])
def test_what_was_exported_comes_back_as_the_same_network(client, what, form):
    network = trained(client, SPECS[what])
    file = client.export_network(network, form)
    again = client.create_network(json.loads(file) if form == "json" else file)
    assert (again.train, again.test) == (client.get_network(network).train, client.get_network(network).test)
    for mine, theirs in zip(client.get_parameters(network), client.get_parameters(again.id), strict=True):
        np.testing.assert_array_equal(mine.W, theirs.W)
        np.testing.assert_array_equal(mine.b, theirs.b)
    np.testing.assert_array_equal(client.get_data(network).x, client.get_data(again.id).x)
    np.testing.assert_array_equal(client.get_data(network).split, client.get_data(again.id).split)
    assert client.export_network(again.id) == client.export_network(network)


def test_an_export_names_its_file(service):
    network = service.create()
    answer = service.http.get(f"/networks/{network.id}/export?format=pytorch")
    assert answer.headers["content-disposition"] == 'attachment; filename="network.py"'
    compile(answer.text, "network.py", "exec")
