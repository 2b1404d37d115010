"""Targets: the numbers that fit what an output can say."""

import numpy as np
import pytest

from engine.data.targets import encode

TWO = np.array([-1, 1, 1])
BINARY = np.array([0, 1, 1])
THREE = np.array([0, 2, 1])


@pytest.mark.parametrize(
    ("activation", "loss", "pair"),
    [
        ("tanh", "half_squared_error", (-1, 1)),
        ("linear", "half_squared_error", (-1, 1)),
        ("relu", "huber", (-1, 1)),
        ("linear", "hinge", (-1, 1)),
        ("sigmoid", "half_squared_error", (0, 1)),
        ("linear", "binary_cross_entropy", (0, 1)),
    ],
)
@pytest.mark.parametrize("labels", [TWO, BINARY])
def test_two_classes_are_the_pair_that_the_output_can_say(labels, activation, loss, pair):
    targets = encode(labels, 2, activation, loss)
    np.testing.assert_array_equal(targets.y, [[pair[0]], [pair[1]], [pair[1]]])
    assert targets.pair == pair
    assert targets.middle == sum(pair) / 2


@pytest.mark.parametrize(
    ("activation", "loss", "labels", "pair"),
    [
        ("sigmoid", "huber", TWO, (0, 1)),
        ("linear", "binary_cross_entropy", TWO, (0, 1)),
        ("tanh", "huber", BINARY, (-1, 1)),
        ("linear", "hinge", BINARY, (-1, 1)),
        ("linear", "huber", BINARY, (0, 1)),
        ("relu", "huber", BINARY, (0, 1)),
        ("linear", "huber", TWO, (-1, 1)),
    ],
)
def test_own_labels_are_recoded_only_where_the_output_could_not_say_them(activation, loss, labels, pair):
    targets = encode(labels, 2, activation, loss, own=True)
    np.testing.assert_array_equal(targets.y, [[pair[0]], [pair[1]], [pair[1]]])
    assert targets.pair == pair


@pytest.mark.parametrize(
    ("activation", "loss", "off"),
    [
        ("linear", "cross_entropy", 0),
        ("sigmoid", "half_squared_error", 0),
        ("linear", "half_squared_error", 0),
        ("tanh", "half_squared_error", -1),
        ("linear", "hinge", -1),
    ],
)
def test_three_classes_have_one_output_each_of_which_one_is_on(activation, loss, off):
    targets = encode(THREE, 3, activation, loss)
    np.testing.assert_array_equal(targets.y, [[1, off, off], [off, off, 1], [off, 1, off]])
    assert targets.middle is None


def test_ten_classes_have_ten_outputs():
    np.testing.assert_array_equal(encode(np.arange(10.0), 10, "linear", "cross_entropy").y, np.eye(10))


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "linear"])
def test_regression_targets_are_never_touched(activation):
    labels = np.array([0.0, 1.0, -7.5])
    np.testing.assert_array_equal(encode(labels, 0, activation, "huber").y[:, 0], labels)
    assert encode(labels, 0, activation, "huber").middle is None


def test_regression_may_have_several_outputs():
    labels = np.arange(6.0).reshape(3, 2)
    np.testing.assert_array_equal(encode(labels, 0, "linear", "huber").y, labels)


def test_labels_that_are_no_classes_are_shown_with_what_was_needed():
    with pytest.raises(ValueError, match="−1 and \\+1 or 0 and 1, got 1, 2"):
        encode(np.array([1, 2]), 2, "tanh", "huber")
    with pytest.raises(ValueError, match="labels of 3 classes must be 0 to 2, got 0, 1, 3"):
        encode(np.array([0, 1, 3]), 3, "linear", "cross_entropy")
    with pytest.raises(ValueError, match="got 0, 1, 2, 3, 4, …"):
        encode(np.arange(9.0), 3, "linear", "cross_entropy")
