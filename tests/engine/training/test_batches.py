"""Batches: every row exactly once an epoch, in an order that the seed decides."""

from collections import Counter
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.compiled.batch_buffer import BatchBuffer
from engine.compiled.plan import Plan
from engine.training.batches import Batches
from engine.training.loop import train_epochs, train_examples, train_steps
from engine.training.run import TrainingRun
from engine.update import Update
from tests.engine.strategies import SEEDS, architecture, run

SHAPE = architecture(2, 2, 1)


def rows_of_an_epoch(training: TrainingRun) -> list[int]:
    """The rows that each update names before it is made, until the epoch ends."""
    rows, epoch = [], training.epoch
    while training.epoch == epoch:
        rows += training.next_batch().tolist()
        train_steps(training, 1)
    return rows


def filled(batches: Batches, inputs: int, steps: int, size: int) -> BatchBuffer:
    """The next batches of so many examples, in the slots of one place."""
    window = BatchBuffer.zeros(Update(architecture(inputs, 1)), size, 1)[:steps, 0]
    batches.fill(window)
    return window


@given(rows=st.integers(1, 40), batch_size=st.integers(1, 50), shuffle=st.booleans(), seed=SEEDS)
def test_every_row_is_used_exactly_once_an_epoch(rows, batch_size, shuffle, seed):
    training = run(SHAPE, seed, train=rows, test=3, batch_size=batch_size, shuffle=shuffle)
    for _ in range(2):
        assert sorted(rows_of_an_epoch(training)) == list(range(rows))


@given(rows=st.integers(1, 30), units=st.lists(st.sampled_from(["step", "example", "epoch"]), max_size=12))
def test_every_row_is_used_once_an_epoch_whatever_units_are_mixed(rows, units):
    training = run(SHAPE, train=rows, batch_size=4)
    seen: Counter[int] = Counter()
    fill = training.batches.fill

    def noted(buffer: BatchBuffer, weight: Any = 1.0) -> None:
        fill(buffer, weight)
        x = buffer.x[buffer.example_weight[:, 0] > 0][:, 1]
        seen.update((training.examples.x[:, 0, np.newaxis] == x).argmax(axis=0).tolist())

    training.batches.fill = noted  # type: ignore[method-assign]
    for unit in [*units, "epoch"]:
        train_one = {"step": train_steps, "example": train_examples, "epoch": train_epochs}[unit]
        train_one(training, 1)
    assert training.batches.position == 0
    assert seen == dict.fromkeys(range(rows), training.epoch)


def test_the_next_batch_is_the_one_that_the_update_sees():
    training = run(SHAPE, batch_size=4)
    train_steps(training, 3)
    rows = training.next_batch()
    window = filled(training.batches, 2, 1, 4)
    np.testing.assert_array_equal(window.x[0, :, 0], 1)
    np.testing.assert_array_equal(window.x[0, :, 1:], training.examples.x[rows])
    np.testing.assert_array_equal(window.y[0].T, training.examples.y[rows])
    np.testing.assert_array_equal(window.example_weight[0], [[1 / 4] * 4])


def test_a_short_batch_is_filled_up_with_an_example_that_has_no_share():
    x = np.arange(5.0)[:, np.newaxis]
    window = filled(Batches(x, 10 * x, 0, shuffle=False), 1, 2, 3)
    np.testing.assert_array_equal(window.x, [[[1, 0], [1, 1], [1, 2]], [[1, 3], [1, 4], [1, 4]]])
    np.testing.assert_array_equal(window.y, [[[0, 10, 20]], [[30, 40, 40]]])
    np.testing.assert_array_equal(window.example_weight, [[[1 / 3] * 3], [[1 / 2, 1 / 2, 0]]])


def test_each_epoch_has_an_order_of_its_own_and_each_seed_too():
    first, again, other = (run(SHAPE, seed, batch_size=7) for seed in (1, 1, 2))
    orders = [rows_of_an_epoch(first), rows_of_an_epoch(first), rows_of_an_epoch(other)]
    assert len({tuple(order) for order in orders}) == 3
    assert rows_of_an_epoch(again) == orders[0]


def test_without_shuffling_the_rows_come_as_they_lie():
    training = run(SHAPE, batch_size=7, shuffle=False)
    assert rows_of_an_epoch(training) == list(range(30))


def test_shuffling_switched_off_lets_the_epoch_that_has_begun_end_as_it_began():
    training = run(SHAPE, batch_size=7)
    order = training.batches.order.tolist()
    train_steps(training, 1)
    training.change(run(SHAPE, batch_size=7, shuffle=False).config)
    assert rows_of_an_epoch(training) == order[7:]
    assert rows_of_an_epoch(training) == list(range(30))


def test_no_test_row_is_ever_trained_on():
    training = run(SHAPE, train=5, test=20, batch_size=3)
    assert max(rows_of_an_epoch(training)) == 4


def test_dropout_leaves_the_order_of_the_batches_alone():
    plain, dropping = run(SHAPE), run(architecture(2, 2, 1, dropout=0.5))
    train_epochs(plain, 1)
    train_epochs(dropping, 1)
    np.testing.assert_array_equal(plain.batches.order, dropping.batches.order)


def test_batches_are_copies_so_that_nobody_can_write_into_the_rows():
    x = np.arange(6.0).reshape(6, 1)
    batches = Batches(x, x, 0, shuffle=False)
    window = filled(batches, 1, 2, 3)
    for array in window.arrays:
        array[...] = 99
    np.testing.assert_array_equal(filled(batches, 1, 2, 3).x[..., 1].ravel(), x[:, 0])


def test_the_rate_is_in_the_shares_where_a_step_is_no_more_than_rate_times_gradient(monkeypatch):
    seen: list[BatchBuffer] = []
    run_slots = Plan.run

    def noted(plan: Plan, slots: slice) -> None:
        seen.append(plan.buffer[slots, 0].copy())
        run_slots(plan, slots)

    monkeypatch.setattr(Plan, "run", noted)
    warming: dict[str, Any] = {"schedule": ("warmup", {"steps": 4}), "learning_rate": 0.5, "batch_size": 5}
    for penalty in ("none", "l1", "l2"):
        train_steps(run(SHAPE, train=12, penalty=penalty, **warming), 3)
    rates, shares = (
        np.array([[1 / 8], [1 / 4], [3 / 8]]),
        np.array([[0.2] * 5, [0.2] * 5, [0.5, 0.5, 0, 0, 0]]),
    )
    plain, l1, l2 = seen
    for window, share in ((plain, rates * shares), (l1, rates * shares), (l2, shares)):
        np.testing.assert_allclose(window.example_weight[:, 0], share, rtol=1e-15)
    assert not plain.coefficients.size
    for window in (l1, l2):
        np.testing.assert_array_equal(window.coefficients[:, :, 0], rates)
