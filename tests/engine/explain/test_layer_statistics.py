"""Distributions: every finite number is counted once, and units that cannot learn are found."""

import numpy as np
import pytest

from engine.activations import ACTIVATIONS
from engine.backward import LayerBackward
from engine.explain.layer_statistics import histogram, layer_distribution
from engine.forward import LayerForward


def passed(activation: str, z: np.ndarray):
    entry = ACTIVATIONS[activation]
    units = z.shape[1]
    back = LayerBackward(z * 0, np.full(z.shape, 0.5), np.full((units, 2), 2.0), np.full(units, 1.0))
    return layer_distribution(entry, LayerForward(z, entry.function(z)), back)


def test_every_finite_number_is_counted_in_its_part_of_the_range():
    counted = histogram(np.array([[0.0, 1.0], [np.nan, 25.0]]))
    assert (counted.low, counted.high) == (0.0, 25.0)
    assert counted.counts.tolist() == [1, 1, *[0] * 22, 1]
    assert histogram(np.array([np.inf])).counts.sum() == 0


@pytest.mark.parametrize(
    "numbers",
    [
        [3],
        [1e200, 1e200],
        [2**53, 2**53 + 2],
        [-1.7e308, 1.7e308],
        [1.7e308],
        [5e-324, 1e-323],
        [1, 1 + 2.3e-16],
    ],
)
def test_no_range_is_too_narrow_or_too_wide_to_count_in(numbers):
    counted = histogram(np.array(numbers, float))
    assert counted.counts.sum() == len(numbers)
    assert np.isfinite([counted.low, counted.high]).all()
    assert counted.low < counted.high


@pytest.mark.parametrize(
    ("activation", "columns", "dead", "saturated"),
    [
        ("relu", [(-1, -2), (-1, 3), (1, 2)], [1], []),
        ("tanh", [(5, -6), (0.1, 6), (0, 0)], [], [1]),
        ("sigmoid", [(0, 1), (9, 9), (-9, 9)], [], [2, 3]),
        ("linear", [(9, 9), (0, 0), (1, 2)], [], []),
    ],
)
def test_dead_and_saturated_units_are_named_by_their_numbers(activation, columns, dead, saturated):
    told = passed(activation, np.array(columns, float).T)
    assert (told.dead, told.saturated) == (dead, saturated)


def test_deltas_are_the_examples_own_and_the_norm_is_over_weights_and_biases():
    told = passed("tanh", np.zeros((4, 3)))
    assert told.deltas.low <= 0.5 * 4 <= told.deltas.high
    assert told.gradient_norm == pytest.approx(np.sqrt(6 * 4 + 3 * 1))
