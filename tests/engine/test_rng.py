import numpy as np
import pytest

from engine.rng import normal, shuffled_order, uniform


class Counted:
    """A source that counts what is drawn from it."""

    def __init__(self):
        self.rng = np.random.default_rng(5)
        self.drawn = 0

    def random(self, size):
        numbers = self.rng.random(size)
        self.drawn += numbers.size
        return numbers


def test_uniform_fills_row_by_row_so_that_each_rows_numbers_are_drawn_together():
    first, second = uniform(np.random.default_rng(1), 3, (0, 1), (10, 20))
    stream = np.random.default_rng(1).random(6)
    np.testing.assert_array_equal(first, stream[::2])
    np.testing.assert_array_equal(second, 10 + 10 * stream[1::2])


def test_normal_numbers_have_mean_zero_variance_one_and_the_bells_tails():
    numbers = normal(np.random.default_rng(2), (200, 100))
    assert numbers.shape == (200, 100)
    assert np.mean(numbers) == pytest.approx(0, abs=0.03)
    assert np.var(numbers) == pytest.approx(1, abs=0.05)
    assert np.mean(np.abs(numbers) < 1) == pytest.approx(0.6827, abs=0.01)


def test_normal_draws_as_one_number_at_a_time_would():
    source, one_by_one = Counted(), Counted()
    together = normal(source, (50,))
    np.testing.assert_array_equal(together, [normal(one_by_one, (1,))[0] for _ in range(50)])
    assert source.drawn == one_by_one.drawn


def test_shuffling_keeps_every_row_and_reaches_every_order():
    rng = np.random.default_rng(3)
    orders = [tuple(shuffled_order(3, rng)) for _ in range(600)]
    assert all(sorted(order) == [0, 1, 2] for order in orders)
    counts = [orders.count(order) for order in set(orders)]
    assert len(counts) == 6
    assert min(counts) > 70
