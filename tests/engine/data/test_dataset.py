import json
from pathlib import Path

import numpy as np
import pytest

from engine.data import DATASETS, NOISE_LIMIT, split
from engine.tfplayground.arc4 import ARC4

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "tfplayground.json").read_text())
SEEDED_CASES = pytest.mark.parametrize("case", GOLDEN["cases"], ids=lambda case: case["dataset"])
EVERY_SET = pytest.mark.parametrize("dataset", DATASETS.values(), ids=lambda dataset: dataset.name)
TABLES = {
    "and-table": [-1, -1, -1, 1],
    "or-table": [-1, 1, 1, 1],
    "xor-table": [-1, 1, 1, -1],
    "xnor-table": [1, -1, -1, 1],
}


def draw(name, examples=400, noise=0.0, seed=3):
    return DATASETS[name].generate(examples, noise, np.random.default_rng(seed))


@EVERY_SET
@pytest.mark.parametrize("examples", [1, 2, 3, 4, 7, 501])
def test_a_set_gives_exactly_the_rows_asked_for(dataset, examples):
    x, labels = dataset.generate(examples, 0.25, np.random.default_rng(0))
    assert x.shape == (examples, 2)
    assert labels.shape == (examples,)
    assert x.dtype == labels.dtype == np.float64


@EVERY_SET
def test_labels_are_signs_for_two_classes_and_counts_for_more(dataset):
    _, labels = dataset.generate(600, 0.0, np.random.default_rng(0))
    expected = {0: None, 2: {-1.0, 1.0}}.get(dataset.classes, set(range(dataset.classes)))
    if expected is None:
        assert len(set(labels)) > 100
    else:
        assert set(labels) == expected


@EVERY_SET
def test_without_noise_every_point_is_on_the_plane_shown(dataset):
    x, _ = dataset.generate(2000, 0.0, np.random.default_rng(1))
    if dataset.name in {"gauss", "blobs"}:  # the tails of a cloud have no end
        x = x[np.hypot(*x.T) < 6]
    for column, (low, high) in zip(x.T, dataset.plane, strict=True):
        assert low <= column.min() < column.max() <= high


@EVERY_SET
def test_the_same_seed_gives_the_same_points_and_another_seed_others(dataset):
    first, again, other = (dataset.generate(50, 0.3, np.random.default_rng(seed))[0] for seed in (4, 4, 5))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


@EVERY_SET
def test_noise_changes_points_or_labels(dataset):
    clean_x, clean_labels = dataset.generate(400, 0.0, np.random.default_rng(2))
    noisy_x, noisy_labels = dataset.generate(400, 0.5, np.random.default_rng(2))
    assert not np.array_equal(clean_x, noisy_x) or not np.array_equal(clean_labels, noisy_labels)


@EVERY_SET
def test_two_classes_are_about_equally_large(dataset):
    if dataset.classes and dataset.name not in TABLES:
        _, labels = dataset.generate(900, 0.0, np.random.default_rng(6))
        _, counts = np.unique(labels, return_counts=True)
        assert counts.min() > 0.8 * 900 / dataset.classes


@SEEDED_CASES
def test_with_tensorflow_playgrounds_stream_its_first_training_points_come_out(case):
    dataset = DATASETS[case["dataset"]]
    points = dataset.points(dataset.examples, case["noise"], case["percTrainData"] / 100, ARC4(case["seed"]))
    first = np.column_stack([points.x, points.labels])[:3]
    np.testing.assert_array_equal(first, case["first_train_points"])


def test_the_circles_label_is_read_where_noise_has_moved_the_point_to():
    x, labels = draw("circle", noise=0.0)
    np.testing.assert_array_equal(labels, np.where(np.hypot(*x.T) < 2.5, 1, -1))
    noisy_x, noisy_labels = draw("circle", noise=0.5)
    np.testing.assert_array_equal(noisy_x, x)
    assert np.mean(noisy_labels != labels) > 0.1


def test_xor_leaves_a_gap_of_three_tenths_along_both_axes():
    x, labels = draw("xor")
    assert 0.3 <= np.abs(x).min() < 0.35
    np.testing.assert_array_equal(labels, np.sign(x[:, 0] * x[:, 1]))


def test_gauss_has_its_variance_grow_from_a_half_to_four():
    for noise, variance in ((0.0, 0.5), (0.5, 4.0)):
        x, labels = draw("gauss", examples=20_000, noise=noise)
        assert np.var(x - 2 * labels[:, np.newaxis]) == pytest.approx(variance, rel=0.05)


def test_the_spirals_second_arm_is_the_first_turned_by_half_a_turn():
    x, labels = draw("spiral", examples=10)
    np.testing.assert_allclose(x[labels == -1], -x[labels == 1], atol=1e-12)
    np.testing.assert_allclose(np.hypot(*x[:5].T), [0, 1, 2, 3, 4], atol=1e-12)


def test_reg_plane_is_a_tenth_of_the_sum():
    x, labels = draw("reg-plane")
    np.testing.assert_allclose(labels, x.sum(axis=1) / 10)


def test_reg_gauss_is_a_cone_of_height_one_and_radius_two_at_each_of_six_centres():
    x, labels = draw("reg-gauss", examples=5000)
    near = np.hypot(x[:, 0] - 4, x[:, 1] + 2.5) < 0.5  # the sixth centre, a hollow
    np.testing.assert_allclose(labels[near], np.hypot(x[near, 0] - 4, x[near, 1] + 2.5) / 2 - 1)
    assert np.all(labels[np.abs(x[:, 1]) > 4.5] == 0)
    assert labels.max() <= 1


@pytest.mark.parametrize(("name", "rows"), TABLES.items())
def test_a_truth_table_keeps_its_rows_in_order_and_trains_on_all_of_them(name, rows):
    dataset = DATASETS[name]
    points = dataset.points(dataset.examples, 0.0, dataset.train_fraction, np.random.default_rng(9))
    np.testing.assert_array_equal(points.x, [(0, 0), (0, 1), (1, 0), (1, 1)])
    np.testing.assert_array_equal(points.labels, rows)
    assert points.train_rows == dataset.batch_size == 4


def test_more_examples_than_a_truth_table_has_rows_repeat_the_table():
    x, labels = draw("and-table", examples=6)
    np.testing.assert_array_equal(x[4:], [(0, 0), (0, 1)])
    np.testing.assert_array_equal(labels, [-1, -1, -1, 1, -1, -1])


def test_the_moons_reach_into_each_other():
    x, labels = draw("moons")
    assert x[labels == 1, 1].min() < x[labels == -1, 1].max()
    assert not np.any(np.hypot(x[labels == 1, 0] + 1.5, x[labels == 1, 1] + 0.75) > 3.0001)


def test_rings_change_their_class_from_each_to_the_next():
    x, labels = draw("rings")
    radius = np.hypot(*x.T)
    np.testing.assert_array_equal(labels == 1, (radius <= 1) | ((radius > 3) & (radius <= 4)))


def test_neighbouring_squares_of_the_checkerboard_differ():
    x, labels = draw("checkerboard", examples=4000)
    cells = np.floor(x / 2.5)
    for column in (-2, -1, 0, 1):
        for row in (-2, -1, 0, 1):
            inside = (cells == (column, row)).all(axis=1)
            assert set(labels[inside]) == {1.0 if (column + row) % 2 == 0 else -1.0}


def test_the_curve_divides_its_classes():
    x, labels = draw("curve")
    np.testing.assert_array_equal(labels == 1, x[:, 1] > x[:, 0] ** 3 / 18 - x[:, 0])


def test_the_three_arms_are_a_third_of_a_turn_apart():
    x, labels = draw("spirals", examples=30)
    turned = x[labels == 0, 0] + 1j * x[labels == 0, 1]
    second = x[labels == 1, 0] + 1j * x[labels == 1, 1]
    np.testing.assert_allclose(second[1:] / turned[1:], np.exp(-2j * np.pi / 3))


def test_sine_ignores_x2_and_adds_noise_to_the_value():
    x, labels = draw("sine")
    np.testing.assert_allclose(labels, np.sin(x[:, 0]))
    _, noisy = draw("sine", noise=0.5)
    assert 0.4 < np.abs(noisy - labels).max() <= 0.5


def test_the_first_rows_after_one_shuffle_train_and_no_row_is_lost():
    x, labels = draw("circle", examples=101)
    points = split(x, labels, 0.3, np.random.default_rng(1))
    assert points.train_rows == 30
    assert not np.array_equal(points.x, x)
    assert sorted(map(tuple, points.x)) == sorted(map(tuple, x))
    np.testing.assert_array_equal(points.labels, np.where(np.hypot(*points.x.T) < 2.5, 1, -1))


def test_a_share_is_not_lost_to_the_rounding_of_fractions():
    x = np.zeros((100, 1))
    assert 0.29 * 100 < 29
    assert split(x, x[:, 0], 0.29, np.random.default_rng(0)).train_rows == 29


@pytest.mark.parametrize("fraction", [0.0, -0.1, 1.01, float("nan")])
def test_a_training_share_outside_its_range_is_refused(fraction):
    with pytest.raises(ValueError, match="above 0 and at most 1, got"):
        split(np.zeros((4, 2)), np.zeros(4), fraction, np.random.default_rng(0))


def test_a_split_that_leaves_nothing_to_train_on_is_refused():
    with pytest.raises(ValueError, match=r"0.1 of 4 rows leaves no row to train on"):
        split(np.zeros((4, 2)), np.zeros(4), 0.1, np.random.default_rng(0))


@pytest.mark.parametrize("noise", [-0.01, NOISE_LIMIT + 0.01, float("nan")])
def test_noise_outside_its_range_is_refused(noise):
    with pytest.raises(ValueError, match=r"noise must be from 0 to 0.5, got"):
        draw("circle", noise=noise)


def test_no_examples_at_all_are_refused():
    with pytest.raises(ValueError, match="circle needs at least 1 example, got 0"):
        draw("circle", examples=0)
