"""Compiled evaluator: its scores are those of the readable forward pass, in any order of use."""

import numpy as np
import pytest

from engine.activations import ACTIVATIONS
from engine.compiled.evaluator import Evaluator, evaluate_many
from engine.data.examples import Examples
from engine.data.targets import encode
from engine.forward import forward
from engine.losses import LOSSES
from engine.metrics import score
from engine.network import Architecture, Network
from tests.engine.strategies import architecture_for, network

ROWS, TRAIN = 20, 13
TASKS = [(loss, classes) for loss in LOSSES for classes in (0, 2, 3)]


def examples_for(shape: Architecture, loss: str, classes: int, train: int) -> Examples:
    rng = np.random.default_rng(classes)
    x = rng.normal(size=(ROWS, shape.inputs))
    if not classes:
        return Examples(x, rng.normal(size=(ROWS, shape.outputs)), train, 0, None)
    labels = rng.choice([-1.0, 1.0] if classes == 2 else [0.0, 1.0, 2.0], ROWS)
    targets = encode(labels, classes, shape.layers[-1].activation, loss)
    return Examples(x, targets.y, train, classes, targets.middle)


def assert_scores_match(net: Network, exam: Evaluator, examples: Examples, loss: str) -> None:
    metrics = exam.metrics(net.theta)
    output = forward(net, examples.x).output
    parts = (slice(examples.train_rows), slice(examples.train_rows, None))
    for got, rows in zip((metrics.train, metrics.test), parts, strict=True):
        if got is None:
            assert examples.train_rows == ROWS
            continue
        said = score(output[rows], examples.y[rows], LOSSES[loss], examples.middle, examples.classes)
        assert got.loss == pytest.approx(said.loss, rel=1e-12)
        assert got.accuracy == said.accuracy
        assert got.r2 == (None if said.r2 is None else pytest.approx(said.r2, rel=1e-11))


@pytest.mark.parametrize("train", [TRAIN, ROWS])
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize(("loss", "classes"), TASKS)
def test_an_exam_gives_the_scores_of_the_readable_pass(loss, classes, activation, train):
    outputs = 3 if classes == 3 or loss == "cross_entropy" else 1
    if classes == 2 and outputs == 3:
        classes = 3
    shape = architecture_for(loss, 2, 4, outputs, activation=activation)
    examples = examples_for(shape, loss, classes, train)
    exam = Evaluator(shape, loss, examples)
    for seed in (1, 2):
        assert_scores_match(network(shape, seed), exam, examples, loss)


def test_exams_of_the_same_shape_do_not_mix_their_examples():
    shape = architecture_for("half_squared_error", 2, 3, 1)
    first, second = (examples_for(shape, "half_squared_error", classes, TRAIN) for classes in (0, 2))
    exams = [Evaluator(shape, "half_squared_error", examples) for examples in (first, second)]
    for _ in range(2):
        for exam, examples in zip(exams, (first, second), strict=True):
            assert_scores_match(network(shape, 3), exam, examples, "half_squared_error")


def test_a_network_that_overflows_is_scored_without_a_warning():
    shape = architecture_for("half_squared_error", 2, 3, 1, activation="relu")
    examples = examples_for(shape, "half_squared_error", 0, TRAIN)
    theta = np.full(shape.parameter_count, 1e200)
    assert not np.isfinite(Evaluator(shape, "half_squared_error", examples).metrics(theta).train.loss)


@pytest.mark.parametrize("rows", [ROWS, 4000])
@pytest.mark.parametrize(("loss", "outputs"), [("half_squared_error", 1), ("cross_entropy", 3)])
def test_those_who_are_scored_together_get_the_scores_they_would_get_alone(loss, outputs, rows):
    shape = architecture_for(loss, 2, 4, outputs)
    rng = np.random.default_rng(5)
    papers = []
    for seed in range(23):
        labels = rng.choice([-1.0, 1.0] if outputs == 1 else [0.0, 1.0, 2.0], rows)
        targets = encode(labels, max(2, outputs), shape.layers[-1].activation, loss)
        train = (rows, rows // 2, 13)[seed % 3]
        examples = Examples(rng.normal(size=(rows, 2)), targets.y, train, max(2, outputs), targets.middle)
        papers.append((Evaluator(shape, loss, examples), network(shape, seed).theta))
    assert evaluate_many(papers) == [exam.metrics(theta) for exam, theta in papers]


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize(("loss", "classes"), [("half_squared_error", 0), ("binary_cross_entropy", 2)])
def test_rough_scores_agree_to_about_six_digits(loss, classes, activation):
    shape = architecture_for(loss, 2, 4, 1, activation=activation)
    exam = Evaluator(shape, loss, examples_for(shape, loss, classes, TRAIN))
    theta = network(shape, 4).theta
    exact, rough = exam.metrics(theta), exam.single_precision.metrics(theta)
    assert rough.train.loss == pytest.approx(exact.train.loss, rel=1e-5)
    assert exact.test is not None
    assert rough.test is not None
    assert rough.test.loss == pytest.approx(exact.test.loss, rel=1e-5)
    assert rough.test.r2 == (None if classes else pytest.approx(exact.test.r2, rel=1e-4, abs=1e-5))
