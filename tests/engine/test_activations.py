"""Activations: known values, slopes that match the functions, and nothing overflows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.activations import ACTIVATIONS

ALL = sorted(ACTIVATIONS)
H = 1e-5

KNOWN: dict[str, dict[float, float]] = {
    "linear": {-2: -2, 0.5: 0.5},
    "sigmoid": {0: 0.5, 1: 0.7310585786300049, -30: 9.357622968839299e-14},
    "tanh": {0: 0, 1: 0.7615941559557649},
    "relu": {-2: 0, 0: 0, 2: 2},
    "leaky_relu": {-2: -0.02, 0: 0, 2: 2},
    "elu": {-1: -0.6321205588285577, 2: 2},
    "selu": {-1: -1.1113307378125627, 1: 1.0507009873554805},
    "gelu": {0: 0, 1: 0.8411919906082768, -1: -0.15880800939172324},
    "softplus": {0: 0.6931471805599453, 1: 1.3132616875182228},
    "silu": {0: 0, 1: 0.7310585786300049, -1: -0.2689414213699951},
    "mish": {0: 0, 1: 0.8650983882673103, -1: -0.3034014613741089},
    "sine": {0: 0, 1: 0.8414709848078965},
}


def slope(name: str, z: np.ndarray) -> np.ndarray:
    entry = ACTIVATIONS[name]
    return np.broadcast_to(entry.derivative(z, entry.function(z)), z.shape)


@pytest.mark.parametrize("name", ALL)
def test_the_values_are_the_known_ones(name):
    z, a = (np.array(numbers, float) for numbers in (list(KNOWN[name]), list(KNOWN[name].values())))
    np.testing.assert_allclose(ACTIVATIONS[name].function(z), a, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("name", ALL)
@given(z=st.floats(-12, 12))
def test_the_derivative_is_the_slope_between_two_near_points(name, z):
    if abs(z) < 10 * H:
        z += 1
    function = ACTIVATIONS[name].function
    numerical = (function(np.array(z + H)) - function(np.array(z - H))) / (2 * H)
    assert slope(name, np.array([z]))[0] == pytest.approx(numerical, rel=1e-8, abs=1e-9)


@pytest.mark.parametrize("name", ALL)
def test_value_and_slope_are_finite_far_from_zero(name):
    z = np.array([-1e4, -800.0, -50.0, 0.0, 50.0, 800.0, 1e4])
    with np.errstate(over="ignore"):
        assert np.isfinite(ACTIVATIONS[name].function(z)).all()
        assert np.isfinite(slope(name, z)).all()


@pytest.mark.parametrize("name", ALL)
def test_the_slope_jumps_exactly_at_the_kinks_that_are_declared(name):
    sides = np.array([-1e-9, 1e-9])
    jump = np.ptp(slope(name, sides)) > 1e-6
    assert ACTIVATIONS[name].kinks == ((0.0,) if jump else ())


@pytest.mark.parametrize(("name", "at_zero"), [("relu", 0), ("leaky_relu", 0.01), ("elu", 1)])
def test_the_slope_at_a_corner_is_the_one_from_the_left_as_in_pytorch(name, at_zero):
    assert slope(name, np.zeros(1))[0] == at_zero


@pytest.mark.parametrize("name", ALL)
def test_float32_in_gives_float32_out(name):
    z = np.linspace(-2, 2, 5, dtype=np.float32)
    entry = ACTIVATIONS[name]
    a = entry.function(z)
    assert a.dtype == np.float32
    assert np.result_type(entry.derivative(z, a), z) == np.float32


@pytest.mark.parametrize("name", ALL)
def test_every_entry_is_named_as_it_is_filed_and_has_a_label_and_formulas(name):
    entry = ACTIVATIONS[name]
    assert entry.name == name
    assert entry.label
    assert entry.formula
    assert entry.slope
    assert "z" in entry.javascript


def test_selu_keeps_mean_zero_and_variance_one():
    z = np.random.default_rng(0).standard_normal(400_000)
    a = ACTIVATIONS["selu"].function(z)
    assert a.mean() == pytest.approx(0, abs=0.01)
    assert a.var() == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize("name", ALL)
def test_no_activation_is_further_from_zero_than_one_more_than_its_z(name):
    z = np.concatenate([np.linspace(-60, 60, 9001), [-1e6, 1e6]])
    with np.errstate(over="ignore"):
        a = np.abs(ACTIVATIONS[name].function(z))
    assert (a <= 1 + 1.06 * np.abs(z) + 0.8 * (name == "selu")).all()
    assert ACTIVATIONS[name].bounded == bool((a <= 1).all())
