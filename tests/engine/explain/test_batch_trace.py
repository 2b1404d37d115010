"""A batch on the board: the mean of its examples' lines."""

import numpy as np
import pytest

from engine.data.examples import Examples
from engine.explain.batch_trace import REST, batch_trace
from engine.explain.trace import trace
from engine.network import Architecture, LayerSpec
from engine.training.config import TrainingConfig
from engine.training.run import TrainingRun


def run_of(rows: int) -> TrainingRun:
    rng = np.random.default_rng(4)
    architecture = Architecture(2, (LayerSpec(3, "tanh"), LayerSpec(2, "sigmoid")))
    config = TrainingConfig(architecture, learning_rate=0.5, batch_size=rows)
    examples = Examples(rng.normal(size=(rows, 2)), rng.uniform(size=(rows, 2)), rows, classes=0, middle=None)
    return TrainingRun(config, examples, rng.normal(size=17), np.zeros(17, bool))


def test_every_gradient_is_the_mean_of_the_examples_own():
    run = run_of(5)
    rows = np.array([3, 0, 4])
    lines = {
        line.symbol: line for line in batch_trace(run, rows, [13, 10, 14]).lines if line.phase != "update"
    }
    own = [{line.symbol: line.value for line in trace(run, row)} for row in rows]
    assert len(lines) == 18
    for symbol, line in lines.items():
        assert line.value == pytest.approx(np.mean([values[symbol] for values in own]), abs=1e-14)
        assert len(line.terms) == 3
    line = lines["∂E/∂w_11^(1)"]
    assert line.terms[0].symbols == ("1/3", "∂E_13/∂w_11^(1)")
    assert line.tex.endswith(r"\frac{1}{3} \sum_k \frac{\partial E_k}{\partial w_{11}^{(1)}}")


def test_of_a_large_batch_the_others_are_one_term():
    run = run_of(30)
    batch = batch_trace(run, np.arange(30), range(30))
    assert len(batch.each) == 8
    line = batch.lines[0]
    assert (line.symbol, len(line.terms), line.terms[-1].symbols) == ("E", 9, (REST,))
    assert sum(term.product for term in line.terms) == pytest.approx(line.value, abs=1e-15)


def test_of_a_large_network_fewer_examples_stand_by_their_own_lines():
    config = TrainingConfig(Architecture(2, (*[LayerSpec(60, "tanh")] * 2, LayerSpec(1))), batch_size=9)
    x = np.random.default_rng(5).normal(size=(9, 2))
    run = TrainingRun(config, Examples(x, np.sign(x[:, :1]), 9))
    batch = batch_trace(run, np.arange(9), range(9))
    assert run.network.theta.size * len(batch.each) <= 20_000
    assert {len(line.terms) for line in batch.lines if line.phase == "backward"} == {len(batch.each) + 1}
