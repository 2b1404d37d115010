"""A history: rows wait for their scores, and have those of their moment whenever they get them."""

import numpy as np
import pytest

from engine.data.examples import Examples
from engine.network import Architecture
from engine.training.config import TrainingConfig
from engine.training.history import MAX_PENDING_NUMBERS, MAX_PENDING_WORK, ROW_LIMIT, History, HistoryRow
from engine.training.loop import train_epochs
from engine.training.run import TrainingRun
from tests.engine.strategies import architecture, twin


def run(shape: Architecture, rows: int = 40) -> TrainingRun:
    rng = np.random.default_rng(3)
    x, y = rng.normal(size=(rows, shape.inputs)), rng.choice([-1.0, 1.0], (rows, 1))
    return TrainingRun(TrainingConfig(shape), Examples(x, y, rows // 2))


def test_rows_that_waited_have_the_scores_of_their_moment():
    late, early = run(architecture(2, 3, 1)), run(architecture(2, 3, 1))
    for _ in range(9):
        train_epochs(late, 1)
        train_epochs(early, 1)
        assert early.history.rows[-1].metrics == twin(late).metrics()
    assert late.history.pending == 10
    assert late.history.rows == early.history.rows
    assert late.history.pending == 0


def test_scores_that_were_asked_for_are_not_worked_out_again():
    training = run(architecture(2, 3, 1))
    train_epochs(training, 2)
    metrics = training.metrics()
    assert training.history.entries[-1] == HistoryRow(2, training.step, metrics)
    training.set_parameters(training.network.theta + 1)
    assert training.metrics() != metrics
    assert training.history.rows[-1].metrics == metrics


@pytest.mark.parametrize(("units", "rows"), [(3, 40), (3, 20_000), (60, 40)])
def test_only_so_much_waits(units, rows):
    history = run(architecture(2, units, units, 1), rows).history
    theta = np.zeros(history.evaluator.key.architecture.parameter_count)
    for epoch in range(1, 200):
        history.append(epoch, epoch, theta)
        assert history.pending * theta.size <= MAX_PENDING_NUMBERS
        assert history.pending * theta.size * rows <= MAX_PENDING_WORK


def test_a_row_that_is_thinned_out_is_never_scored():
    history = run(architecture(1, 1), 4).history
    for epoch in range(1, ROW_LIMIT + 1):
        history.append(epoch, epoch, np.zeros(2))
    assert history.pending == len(history.entries) == ROW_LIMIT // 2 + 1
    assert [row.epoch for row in history.rows] == list(range(0, ROW_LIMIT + 1, 2))


def test_a_history_stays_short_and_keeps_its_first_row():
    training = run(architecture(1, 1), 4)
    history = History(training.history.evaluator)
    for epoch in range(10 * ROW_LIMIT):
        history.append(epoch, epoch, training.network.theta)
    epochs = [row.epoch for row in history.rows]
    assert epochs[0] == 0
    assert len(epochs) <= ROW_LIMIT
    assert set(np.diff(epochs)) == {history.stride}
