import numpy as np

from engine.data.standardization import Standardization


def test_the_rows_it_was_measured_on_get_mean_0_and_deviation_1():
    x = np.random.default_rng(0).normal(40, 7, size=(200, 3)) * (1, 100, 0.01)
    standardized = Standardization.of(x).apply(x)
    np.testing.assert_allclose(standardized.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(standardized.std(axis=0), 1)


def test_other_rows_are_moved_by_what_was_measured_before():
    measured = Standardization.of(np.array([[0.0], [2.0]]))
    np.testing.assert_array_equal(measured.apply(np.array([[5.0]])), [[4.0]])


def test_a_constant_column_keeps_its_scale_even_where_its_mean_is_rounded():
    x = np.full((3, 2), (0.1, -7.0))
    standardization = Standardization.of(x)
    np.testing.assert_array_equal(standardization.scale, [1, 1])
    np.testing.assert_allclose(standardization.apply(x), 0, atol=1e-15)
