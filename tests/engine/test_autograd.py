"""Expressions and traces against numbers of PyTorch's autograd (`benchmarks.reference.autograd`)."""

import json
from pathlib import Path

import numpy as np
import pytest

from engine.data.examples import Examples
from engine.explain.trace import trace
from engine.expression import FUNCTIONS, parse
from engine.network import Architecture, LayerSpec
from engine.training.config import TrainingConfig
from engine.training.run import TrainingRun

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "autograd.json").read_text())["cases"]
EXPRESSIONS = [case for case in GOLDEN if "expression" in case]
NETWORKS = [case for case in GOLDEN if "layers" in case]


@pytest.mark.parametrize("case", EXPRESSIONS, ids=lambda case: case["expression"])
def test_an_expression_has_autograds_value_and_gradients(case):
    told = parse(case["expression"]).trace(case["values"])
    assert told.value == pytest.approx(case["value"], abs=1e-12)
    assert told.gradients == pytest.approx(case["gradients"], abs=1e-12)


@pytest.mark.parametrize("case", NETWORKS, ids=lambda case: f"{case['layers']} {case['loss']}")
def test_every_line_of_a_trace_is_autograds_number(case):
    shape = Architecture(case["inputs"], tuple(LayerSpec(units, bend) for units, bend in case["layers"]))
    config = TrainingConfig(shape, loss=case["loss"], learning_rate=0.3, batch_size=1)
    classes = len(case["y"]) if case["loss"] == "cross_entropy" else 0
    examples = Examples(np.array([case["x"]]), np.array([case["y"]]), 1, classes=classes, middle=None)
    run = TrainingRun(config, examples, np.array(case["theta"]), np.zeros(len(case["theta"]), bool))
    told = {f"{line.phase} {line.symbol}": line.value for line in trace(run, 0)}
    assert set(told) == set(case["lines"])
    for name, wanted in case["lines"].items():
        assert told[name] == pytest.approx(wanted, abs=1e-12), name


def test_the_referee_has_seen_expressions_and_networks_of_every_kind():
    assert len(EXPRESSIONS) >= 10
    assert {case["loss"] for case in NETWORKS} >= {"half_squared_error", "cross_entropy", "huber"}
    written = " ".join(case["expression"] for case in EXPRESSIONS)
    assert [
        name for name in ("exp", "log", "sqrt", "max", "tan") if name in FUNCTIONS and name not in written
    ] == []
