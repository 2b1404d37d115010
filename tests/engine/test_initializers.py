import numpy as np
import pytest

from engine.initializers import INITIALIZERS
from engine.tfplayground.arc4 import ARC4

UNITS, INPUTS = 80, 120
EVERY_RULE = pytest.mark.parametrize("initializer", INITIALIZERS.values(), ids=lambda entry: entry.name)
VARIANCES = {
    "uniform": 1 / 12,
    "glorot_uniform": 2 / (INPUTS + UNITS),
    "glorot_normal": 2 / (INPUTS + UNITS),
    "he_uniform": 2 / INPUTS,
    "he_normal": 2 / INPUTS,
    "lecun": 1 / INPUTS,
    "orthogonal": 1 / INPUTS,
    "zeros": 0,
    "constant": 0,
}
LIMITS = {
    "uniform": 0.5,
    "glorot_uniform": np.sqrt(6 / (INPUTS + UNITS)),
    "he_uniform": np.sqrt(6 / INPUTS),
}


@EVERY_RULE
def test_weights_and_biases_have_the_layers_shape(initializer):
    W, b = initializer.draw(3, 5, np.random.default_rng(0))
    assert W.shape == (3, 5)
    assert b.shape == (3,)
    assert W.dtype == b.dtype == np.float64


@EVERY_RULE
def test_weights_have_the_variance_that_the_rule_promises(initializer):
    W, _ = initializer.draw(UNITS, INPUTS, np.random.default_rng(1))
    assert np.var(W) == pytest.approx(VARIANCES[initializer.name], rel=0.05, abs=1e-12)


@pytest.mark.parametrize(("name", "limit"), LIMITS.items())
def test_a_uniform_rule_reaches_but_never_passes_its_limit(name, limit):
    W, _ = INITIALIZERS[name].draw(UNITS, INPUTS, np.random.default_rng(2))
    assert 0.99 * limit < np.abs(W).max() <= limit


@EVERY_RULE
def test_biases_start_at_0_but_for_uniform_at_a_tenth_and_can_be_set(initializer):
    _, b = initializer.draw(4, 3, np.random.default_rng(0))
    np.testing.assert_array_equal(b, np.full(4, 0.1 if initializer.name == "uniform" else 0.0))
    _, b = initializer.draw(4, 3, np.random.default_rng(0), bias=-2)
    np.testing.assert_array_equal(b, np.full(4, -2.0))


@EVERY_RULE
def test_the_same_seed_gives_the_same_start(initializer):
    first, _ = initializer.draw(4, 3, np.random.default_rng(7))
    again, _ = initializer.draw(4, 3, np.random.default_rng(7))
    np.testing.assert_array_equal(first, again)


def test_uniform_draws_unit_by_unit_and_input_by_input():
    W, _ = INITIALIZERS["uniform"].draw(2, 3, ARC4("0.59704"))
    np.testing.assert_array_equal(W.ravel(), ARC4("0.59704").random(6) - 0.5)


@pytest.mark.parametrize("shape", [(5, 5), (3, 7), (7, 3), (1, 4)])
def test_orthogonal_rows_or_columns_are_at_right_angles_and_of_length_one(shape):
    units, inputs = shape
    W, _ = INITIALIZERS["orthogonal"].draw(units, inputs, np.random.default_rng(3))
    product = W @ W.T if units <= inputs else W.T @ W
    np.testing.assert_allclose(product, np.eye(min(shape)), atol=1e-12)


def test_orthogonal_prefers_no_direction():
    rng = np.random.default_rng(4)
    corners = [INITIALIZERS["orthogonal"].draw(2, 2, rng)[0][0, 0] for _ in range(2000)]
    assert np.mean(corners) == pytest.approx(0, abs=0.06)


def test_constant_and_uniform_take_their_size_as_a_parameter():
    W, _ = INITIALIZERS["constant"].draw(2, 2, np.random.default_rng(0), value=0.7)
    np.testing.assert_array_equal(W, np.full((2, 2), 0.7))
    W, _ = INITIALIZERS["uniform"].draw(20, 20, np.random.default_rng(0), limit=3)
    assert 2.9 < np.abs(W).max() <= 3


def test_an_unknown_parameter_is_refused_and_the_known_ones_are_named():
    with pytest.raises(ValueError, match="constant has no parameter 'scale'; its parameters: value, bias"):
        INITIALIZERS["constant"].draw(2, 2, np.random.default_rng(0), scale=1)


def test_a_parameter_that_is_no_number_is_refused():
    with pytest.raises(ValueError, match="uniform's limit must be a finite number, got nan"):
        INITIALIZERS["uniform"].draw(2, 2, np.random.default_rng(0), limit=float("nan"))
