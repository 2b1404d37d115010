"""The lecture's numbers, to nine places and more, out of the engine."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.backward import backward
from engine.data.examples import Examples
from engine.forward import forward
from engine.losses import LOSSES, mean_loss
from engine.network import Architecture, Network
from engine.training.config import TrainingConfig
from engine.training.loop import train_steps
from engine.training.run import TrainingRun
from tests.engine.strategies import architecture

GOLDEN: dict[str, Any] = json.loads((Path(__file__).parents[1] / "golden" / "lecture.json").read_text())
TABLE = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], float)
HALF_SQUARED = LOSSES["half_squared_error"]


def assert_exact(value: Any, expected: Any) -> None:
    np.testing.assert_allclose(value, expected, rtol=0, atol=1e-9)


def neuron(*bias_then_weights: float) -> Network:
    shape = architecture(len(bias_then_weights) - 1, 1, activation="sigmoid")
    return Network(shape, np.array(bias_then_weights, float))


def stacked(*layers: tuple[list[float], list[list[float]]]) -> np.ndarray:
    """The flat vector of layers given as (biases, weights)."""
    return np.concatenate([np.column_stack(layer).ravel() for layer in layers])


def regression(
    shape: Architecture, x: Any, y: Any, theta: np.ndarray, frozen: np.ndarray, rate: float
) -> TrainingRun:
    examples = Examples(np.array([x], float), np.array([y], float), 1, classes=0, middle=None)
    return TrainingRun(TrainingConfig(shape, learning_rate=rate), examples, theta, frozen)


@pytest.mark.parametrize("gate", ["and", "or", "nor"])
def test_one_neuron_is_a_gate(gate):
    golden = GOLDEN[gate]
    layer = forward(neuron(*golden["bias_then_weights"]), TABLE).layers[0]
    assert_exact(layer.z[:, 0], golden["z"])
    assert_exact(layer.a[:, 0], golden["a"])


def test_a_hidden_layer_of_and_and_nor_makes_xnor():
    golden = GOLDEN["xnor"]
    theta = np.concatenate([*golden["hidden"], golden["output"]]).astype(float)
    output = forward(Network(architecture(2, 2, 1, activation="sigmoid"), theta), TABLE).output
    assert_exact(output[:, 0], golden["a"])


def test_one_neuron_alone_never_learns_xnor():
    config = TrainingConfig(architecture(2, 1, activation="sigmoid"), learning_rate=1, batch_size=4)
    run = TrainingRun(config, Examples(TABLE, np.array([[1.0], [0], [0], [1]]), 4, middle=0.5))
    train_steps(run, 2000)
    accuracy = run.metrics().train.accuracy
    assert accuracy is not None
    assert accuracy <= 0.75


def weight_update() -> TrainingRun:
    """The slides' neuron, whose third input is the constant 1 of the bias, put third by them."""
    golden = GOLDEN["weight_update"]
    w0, w1, bias = golden["w"]
    shape, nothing = architecture(2, 1, activation="sigmoid"), np.zeros(3, bool)
    x, theta = golden["x"][:2], np.array([bias, w0, w1], float)
    return regression(shape, x, [golden["target"]], theta, nothing, golden["rate"])


def test_all_19_rounds_of_the_weight_update_come_out():
    run = weight_update()
    for golden in GOLDEN["weight_update"]["rounds"]:
        train_steps(run, 1)
        bias, w0, w1 = run.network.theta
        assert_exact([w0, w1, bias], golden["w"])
        a = forward(run.network, run.examples.x).output
        assert_exact(a[0], [golden["a"]])
    assert run.step == 19


def test_round_19_is_the_first_that_comes_closer_than_a_ten_thousandth():
    run, close = weight_update(), []
    for _ in range(25):
        train_steps(run, 1)
        a = forward(run.network, run.examples.x).output
        close.append(abs(float(a[0, 0]) - 0.43) < 1e-4)
    assert close.index(True) + 1 == 19


def worked_example() -> TrainingRun:
    golden = GOLDEN["worked_example"]
    theta = stacked((golden["b1"], golden["W1"]), (golden["b2"], golden["W2"]))
    shape, biases = architecture(2, 2, 2, activation="sigmoid"), np.tile([True, False, False], 4)
    return regression(shape, golden["x"], golden["y"], theta, biases, golden["rate"])


def test_the_worked_example_goes_forward_and_backward_as_in_the_article():
    golden, run = GOLDEN["worked_example"], worked_example()
    x, y = run.examples.x, run.examples.y
    trace = forward(run.network, x)
    first, second = backward(run.network, trace, y, HALF_SQUARED).layers
    assert float(mean_loss(HALF_SQUARED, trace.output, y)) == pytest.approx(golden["E"], abs=1e-9)
    for value, expected in (
        (trace.layers[0].a[0], golden["hidden"]), (trace.output[0], golden["output"]),
        (second.delta[0], golden["delta_output"]), (first.delta[0], golden["delta_hidden"]),
        (second.dW, golden["dW2"]), (first.dW, golden["dW1"]),
    ):  # fmt: skip
        assert_exact(value, expected)


def test_the_worked_example_is_updated_as_in_the_article_with_its_biases_kept():
    golden, run = GOLDEN["worked_example"], worked_example()
    train_steps(run, 1)
    for layer, W, b in zip(run.network.layers, ("W1_after", "W2_after"), ("b1", "b2"), strict=True):
        assert_exact(layer.W, golden[W])
        np.testing.assert_array_equal(layer.b, golden[b])


def test_ten_thousand_rounds_of_the_worked_example_reach_the_error_of_the_article():
    run = worked_example()
    train_steps(run, 10_000)
    assert run.step == 10_000
    assert run.metrics().train.loss == pytest.approx(3.51e-5, abs=5e-8)
    np.testing.assert_array_equal(run.network.layers[0].b, [0.35, 0.35])
