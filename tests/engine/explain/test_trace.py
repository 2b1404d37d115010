"""The board: one example forward, back and into the weights, term by term."""

import json
from pathlib import Path

import numpy as np
import pytest

from engine import notation
from engine.data.examples import Examples
from engine.explain.trace import Line, trace
from engine.losses import LOSSES
from engine.network import Architecture, LayerSpec
from engine.training.config import TrainingConfig
from engine.training.loop import train_steps
from engine.training.run import TrainingRun

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "lecture.json").read_text())["worked_example"]


def worked_example() -> TrainingRun:
    blocks = [np.column_stack([GOLDEN[b], GOLDEN[W]]).ravel() for b, W in (("b1", "W1"), ("b2", "W2"))]
    config = TrainingConfig(
        Architecture(2, (LayerSpec(2, "sigmoid"), LayerSpec(2, "sigmoid"))), learning_rate=GOLDEN["rate"]
    )
    examples = Examples(np.array([GOLDEN["x"]]), np.array([GOLDEN["y"]]), 1, classes=0, middle=None)
    biases = np.tile([True, False, False], 4)
    return TrainingRun(config, examples, np.concatenate(blocks), biases)


def lines(run: TrainingRun, phase: str) -> dict[str, Line]:
    return {line.symbol: line for line in trace(run, 0) if line.phase == phase}


def test_the_worked_example_reads_as_in_the_article():
    run = worked_example()
    forward, backward, update = (lines(run, phase) for phase in ("forward", "backward", "update"))
    hidden = [forward[f"a_{i}^(2)"].value for i in (1, 2)]
    output = [forward[f"a_{i}^(3)"].value for i in (1, 2)]
    np.testing.assert_allclose(hidden + output, GOLDEN["hidden"] + GOLDEN["output"], atol=1e-12)
    assert lines(run, "loss")["E"].value == pytest.approx(GOLDEN["E"], abs=1e-12)
    deltas = [backward[f"δ_{i}^({layer})"].value for layer in (3, 2) for i in (1, 2)]
    np.testing.assert_allclose(deltas, GOLDEN["delta_output"] + GOLDEN["delta_hidden"], atol=1e-12)
    for layer, golden in ((1, "W1_after"), (2, "W2_after")):
        after = [[update[f"w_{i}{j}^({layer})"].value for j in (1, 2)] for i in (1, 2)]
        np.testing.assert_allclose(after, GOLDEN[golden], atol=1e-12)


def test_every_sum_is_the_sum_of_its_terms():
    for line in trace(worked_example(), 0):
        if line.terms and not line.symbol.startswith("a_"):
            assert line.value == pytest.approx(sum(term.product for term in line.terms), abs=1e-15)


def test_a_hidden_delta_gathers_from_every_unit_above():
    line = lines(worked_example(), "backward")["∂E/∂a_1^(2)"]
    assert [term.symbols for term in line.terms] == [("δ_1^(3)", "w_11^(2)"), ("δ_2^(3)", "w_21^(2)")]
    assert line.tex.endswith(r"= \delta_{1}^{(3)}\,w_{11}^{(2)} + \delta_{2}^{(3)}\,w_{21}^{(2)}")


def test_a_frozen_bias_says_so_and_keeps_its_value():
    line = lines(worked_example(), "update")["w_10^(1)"]
    assert line.value == 0.35
    assert "frozen" in line.tex


def test_the_slope_of_the_loss_is_written_of_the_output_it_is_of():
    line = lines(worked_example(), "backward")["∂E/∂a_2^(3)"]
    assert line.tex == r"\frac{\partial E}{\partial a_{2}^{(3)}} = a_{2}^{(3)} - y_{2}"
    softmax = notation.at_unit(LOSSES["cross_entropy"].slope, 3, 2)
    assert softmax == r"\operatorname{softmax}(z)_{2} - y_{2}"


@pytest.mark.parametrize(
    ("penalty", "of_a_weight"),
    [
        ("l2", r"{g},\;\; g \mathrel{+}= \lambda w,\;\; {step}"),
        ("l1", r"{g},\;\; {step},\;\; w \mathrel{-}= \eta\lambda \operatorname{sgn} w"),
    ],
)
def test_an_update_says_what_clipping_and_the_penalty_do_and_spares_the_biases(penalty, of_a_weight):
    shape = Architecture(2, (LayerSpec(1),))
    config = TrainingConfig(shape, penalty=penalty, penalty_rate=0.1, clip_norm=0.5)
    update = lines(TrainingRun(config, Examples(np.eye(2), np.ones((2, 1)), 2)), "update")
    clipped = r"\cdot \min\Bigl(1, \frac{0.5}{\lVert \partial E/\partial\theta \rVert}\Bigr)"
    parts = {
        "{g}": rf"g = \frac{{\partial E}}{{\partial w}} {clipped}",
        "{step}": r"\theta \mathrel{-}= \eta\,g",
    }
    for part, tex in parts.items():
        of_a_weight = of_a_weight.replace(part, tex)
    assert update["w_11^(1)"].tex == of_a_weight
    assert update["w_10^(1)"].tex == r",\;\; ".join(parts.values())


@pytest.mark.parametrize("optimizer", ["momentum", "adam"])
@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"penalty": "l2", "penalty_rate": 0.1},
        {"penalty": "l1", "penalty_rate": 0.1},
        {"clip_norm": 0.01},
        {"schedule": ("warmup", {"steps": 10})},
    ],
    ids=lambda settings: " ".join(settings) or "plain",
)
def test_the_update_is_the_one_that_training_makes(optimizer, settings):
    shape = Architecture(2, (LayerSpec(3), LayerSpec(1)))
    config = TrainingConfig(shape, optimizer=optimizer, batch_size=1, shuffle=False, **settings)
    x = np.random.default_rng(3).normal(size=(5, 2))
    frozen = np.arange(shape.parameter_count) % 4 == 0
    run = TrainingRun(config, Examples(x, np.sign(x[:, :1]), 5), frozen=frozen)
    train_steps(run, 2)
    promised = [line.value for line in trace(run, 2) if line.phase == "update"]
    train_steps(run, 1)
    np.testing.assert_allclose(run.network.theta, promised, rtol=0, atol=1e-14)


def test_a_trace_changes_nothing():
    run = worked_example()
    before = run.network.theta.copy()
    trace(run, 0)
    np.testing.assert_array_equal(run.network.theta, before)
    assert run.step == 0


def test_an_example_that_is_not_there_is_named_with_the_range():
    with pytest.raises(IndexError, match=r"example 7 does not exist; choose one from 0 to 0"):
        trace(worked_example(), 7)
