"""Scores: loss, accuracy, R² and who is taken for whom."""

import numpy as np
import pytest

from engine.data.targets import encode
from engine.losses import LOSSES
from engine.metrics import confusion_matrix, predicted_classes, r_squared, score

HALF_SQUARED = LOSSES["half_squared_error"]


def column(*values: float) -> np.ndarray:
    return np.array(values, float)[:, np.newaxis]


def test_an_output_at_the_middle_of_the_two_targets_means_the_second_class():
    np.testing.assert_array_equal(predicted_classes(column(-0.1, 0.0, 0.1), 0.0), [0, 1, 1])
    np.testing.assert_array_equal(predicted_classes(column(0.4, 0.5, 0.6), 0.5), [0, 1, 1])


def test_of_several_outputs_the_largest_wins():
    np.testing.assert_array_equal(predicted_classes(np.array([[0.1, 0.3, 0.2], [-1, -2, -3]]), None), [1, 0])


@pytest.mark.parametrize(
    ("activation", "loss", "outputs"),
    [
        ("tanh", "half_squared_error", (-0.9, -0.1, 0.1, 0.9)),
        ("sigmoid", "half_squared_error", (0.1, 0.4, 0.6, 0.9)),
        ("linear", "binary_cross_entropy", (-3.0, -0.1, 0.1, 3.0)),
        ("linear", "hinge", (-3.0, -0.1, 0.1, 3.0)),
    ],
)
def test_accuracy_is_the_share_on_the_right_side_whatever_the_targets_are(activation, loss, outputs):
    targets = encode(np.array([-1, 1, 1, -1]), 2, activation, loss)
    scored = score(column(*outputs), targets.y, LOSSES[loss], targets.middle, 2)
    assert scored.accuracy == 0.5
    assert scored.r2 is None


def test_the_loss_is_that_of_the_outputs_and_not_of_the_winners():
    assert score(column(0.5, -1), column(1, -1), HALF_SQUARED, 0.0, 2).loss == pytest.approx(0.125 / 2)


def test_of_three_classes_the_softmax_winner_counts():
    targets = encode(np.array([0, 1, 2, 2]), 3, "linear", "cross_entropy")
    logits = np.array([[5, 0, 0], [0, 5, 0], [0, 5, 0], [0, 0, 5.0]])
    scored = score(logits, targets.y, LOSSES["cross_entropy"], targets.middle, 3)
    assert scored.accuracy == 0.75


def test_regression_has_r_squared_and_no_accuracy():
    scored = score(column(1, 2, 3), column(1, 2, 4), HALF_SQUARED, None, 0)
    assert scored.accuracy is None
    assert scored.r2 == pytest.approx(1 - 1 / (14 / 3))


def test_r_squared_is_one_for_the_targets_themselves_and_zero_for_their_mean():
    y = column(1, 2, 6)
    assert r_squared(y, y) == 1
    assert r_squared(column(3, 3, 3), y) == 0
    assert r_squared(y, column(2, 2, 2)) is None


def test_the_confusion_matrix_counts_truth_by_row_and_prediction_by_column():
    targets = encode(np.array([0, 0, 1, 2, 2, 2]), 3, "linear", "cross_entropy")
    taken_for = np.eye(3)[[0, 1, 1, 2, 2, 0]] * 5
    matrix = confusion_matrix(taken_for, targets.y, LOSSES["cross_entropy"], targets.middle, 3)
    np.testing.assert_array_equal(matrix, [[1, 1, 0], [0, 1, 0], [1, 0, 2]])


def test_the_confusion_matrix_of_two_classes_reads_one_output():
    targets = encode(np.array([-1, -1, 1, 1]), 2, "linear", "binary_cross_entropy")
    outputs = column(-2, 2, 2, 2)
    matrix = confusion_matrix(outputs, targets.y, LOSSES["binary_cross_entropy"], targets.middle, 2)
    np.testing.assert_array_equal(matrix, [[1, 1], [0, 2]])


def test_outputs_that_overflow_are_scored_without_a_warning():
    scored = score(column(1e300, -1e300), column(1, -1), HALF_SQUARED, 0.0, 2)
    assert scored.loss == np.inf
    assert scored.accuracy == 1
