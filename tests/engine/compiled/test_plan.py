"""The plan computes what `forward`, `backward` and `Update.apply` say, for every registry entry."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.activations import ACTIVATIONS
from engine.backward import backward
from engine.compiled.plan import Plan
from engine.forward import forward
from engine.losses import LOSSES
from engine.network import Architecture, LayerSpec, Network, weight_mask
from engine.optimizers import OPTIMIZERS
from engine.penalties import PENALTIES
from engine.types import Array
from engine.update import Update, Updated
from tests.engine.strategies import (
    SEEDS,
    STEPWISE,
    architecture,
    architecture_for,
    inputs,
    network,
    targets,
    widths,
)

PAIRS = [(activation, loss) for activation in ACTIVATIONS for loss in LOSSES]
TIGHT = {"float64": 1e-12, "float32": 2e-4}


class Step:
    """One step of a stack of networks with random parameters, memory and batches."""

    def __init__(self, update: Update, batch: int, stack: int, seed: int) -> None:
        self.update, self.batch, self.stack = update, batch, stack
        shape, rng = update.architecture, np.random.default_rng([seed, 3])
        size, dtype = shape.parameter_count, update.dtype
        self.theta = network(shape, seed, stack).theta.astype(dtype)
        self.x = inputs(seed, stack, batch, shape.inputs).astype(dtype)
        self.y = targets(update.loss, seed, stack, batch, shape.outputs).astype(dtype)
        memory = rng.uniform(0.1, 1, (len(OPTIMIZERS[update.optimizer].state), stack, size))
        self.state = memory.astype(dtype)
        self.free = rng.integers(2, size=(stack, size)).astype(dtype)
        rates = rng.uniform(0, 0.1, (stack, 1))
        self.decay = (rates * weight_mask(shape)).astype(dtype)
        self.clip_norm = rng.uniform(0.01, 1, (stack, 1)).astype(dtype)
        numbers = update.step_coefficients(rng.uniform(0.01, 0.1, (stack, 1)), rng.integers(1, 9, (stack, 1)))
        self.numbers = np.array([np.broadcast_to(n, (stack, 1)) for n in numbers], dtype)
        self.numbers = self.numbers.reshape(-1, stack, 1)
        dropping = (stack, len(shape.dropout_rates), batch)
        self.dropout = 1.5 * rng.integers(2, size=dropping).astype(dtype)

    def planned(self) -> Plan:
        """The plan after the step."""
        plan = Plan(self.update, self.batch, self.stack)
        plan.theta[:], plan.state[:], plan.free[:] = self.theta, self.state, self.free
        plan.decay[:], plan.clip_norm[:] = self.decay, self.clip_norm
        slot = plan.buffer[0]
        slot.x[..., 0], slot.x[..., 1:] = 1, self.x
        slot.y[:], slot.example_weight[:] = self.y.swapaxes(1, 2), 1 / self.batch
        slot.dropout[:], slot.coefficients[:] = self.dropout, self.numbers.swapaxes(0, 1)
        plan.run(slice(1))
        return plan

    def gradient(self) -> Array:
        """By the readable pass, where nothing drops out."""
        nets = Network(self.update.architecture, self.theta)
        return backward(nets, forward(nets, self.x), self.y, LOSSES[self.update.loss]).gradient

    def applied(self, gradient: Array) -> Updated:
        """The update as plain NumPy makes it of this gradient, which may have been times η already."""
        state, numbers = tuple(self.state), tuple(self.numbers)
        if self.update.is_plain_sgd:
            numbers = (1, *numbers)
        return self.update.apply(self.theta, gradient, state, numbers, self.free, self.decay, self.clip_norm)


def assert_close(got: Array, expected: Array, dtype: str) -> None:
    size = float(np.abs(expected).max(initial=1e-3))
    np.testing.assert_allclose(got, expected, rtol=TIGHT[dtype], atol=TIGHT[dtype] * size)


def update_of(shape: Architecture, **settings: Any) -> Update:
    optimizer = settings.get("optimizer", "sgd")
    own = tuple(OPTIMIZERS[optimizer].parameters.items())
    masked = settings.get("has_mask", False) or settings.get("penalty") == "l1"
    return Update(shape, **{**settings, "hyperparameters": own, "has_mask": masked})


@pytest.mark.parametrize("dtype", sorted(TIGHT))
@pytest.mark.parametrize(("activation", "loss"), PAIRS)
@settings(max_examples=3)
@given(shape=widths(), batch=st.integers(1, 6), stack=st.sampled_from([1, 3]), seed=SEEDS)
def test_the_gradient_of_the_plan_is_that_of_the_readable_pass(
    activation, loss, dtype, shape, batch, stack, seed
):
    update = update_of(architecture_for(loss, 2, *shape, activation=activation), loss=loss, dtype=dtype)
    step = Step(update, batch, stack, seed)
    assert_close(step.planned().gradient, step.gradient(), dtype)


@settings(max_examples=60)
@given(
    hidden=st.lists(st.sampled_from(sorted(ACTIVATIONS)), min_size=1, max_size=5),
    loss=st.sampled_from(sorted(LOSSES)),
    stack=st.sampled_from([1, 3]),
    seed=SEEDS,
)
def test_layers_of_any_activations_may_follow_each_other(hidden, loss, stack, seed):
    layers = [LayerSpec(1 + place % 3, name) for place, name in enumerate(hidden)]
    shape = Architecture(2, (*layers, LayerSpec(2, "linear")))
    step = Step(update_of(shape, loss=loss), 4, stack, seed)
    assert_close(step.planned().gradient, step.gradient(), "float64")


@pytest.mark.parametrize("stack", [1, 3])
@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("clipped", [False, True])
@pytest.mark.parametrize("penalty", sorted(PENALTIES))
@pytest.mark.parametrize("optimizer", STEPWISE)
def test_the_update_of_the_plan_is_plain_numpys_bit_for_bit(optimizer, penalty, clipped, masked, stack):
    shape = architecture(2, 4, 2)
    update = update_of(shape, optimizer=optimizer, penalty=penalty, clipped=clipped, has_mask=masked)
    for dtype in ("float64", "float32"):
        step = Step(replace(update, dtype=dtype), 5, stack, seed=0)
        plan = step.planned()
        expected = step.applied(plan.gradient)
        np.testing.assert_array_equal(plan.theta, expected.theta)
        np.testing.assert_array_equal(plan.free, expected.free)
        for vector, remembered in zip(plan.state, expected.state, strict=True):
            np.testing.assert_array_equal(vector, remembered)


def dropped_gradient(step: Step) -> Array:
    """The gradient with factors on the hidden activations, by central differences."""
    shape, loss, h = step.update.architecture, LOSSES[step.update.loss], 1e-6
    factors = np.split(step.dropout[0], np.cumsum([layer.units for layer in shape.layers[:-1]])[:-1])

    def error(theta: Array) -> float:
        a, layers = step.x[0], Network(shape, theta).layers
        for layer, factor in zip(layers, [*factors, np.ones(1)], strict=True):
            a = layer.activation.function(a @ layer.W.T + layer.b) * factor.T
        return float(loss.value(a, step.y[0], -1).mean())

    moved = h * np.eye(shape.parameter_count)
    return np.array([(error(step.theta[0] + m) - error(step.theta[0] - m)) / (2 * h) for m in moved])


@pytest.mark.parametrize("activation", ["tanh", "linear", "relu", "gelu"])
@pytest.mark.parametrize("loss", sorted(LOSSES))
def test_units_that_drop_out_are_silent_forward_and_backward(activation, loss):
    output = "linear" if LOSSES[loss].reads_logits else activation
    shape = architecture(2, 4, 3, 2, activation=activation, output=output, dropout=0.3)
    step = Step(update_of(shape, loss=loss), 5, 1, seed=4)
    assert 0 < np.count_nonzero(step.dropout) < step.dropout.size
    np.testing.assert_allclose(step.planned().gradient[0], dropped_gradient(step), atol=1e-8)


def test_dropout_in_one_layer_leaves_the_others_whole():
    specs = (LayerSpec(4, "tanh"), LayerSpec(3, "tanh", dropout=0.5), LayerSpec(2, "tanh"))
    step = Step(update_of(Architecture(2, specs)), 5, 2, seed=1)
    assert step.dropout.shape == (2, 3, 5)
    step.dropout[:] = 1
    assert_close(step.planned().gradient, step.gradient(), "float64")


def test_a_plan_allocates_nothing_in_a_step():
    step = Step(update_of(architecture(2, 4, 1), optimizer="adam"), 10, 1, seed=0)
    plan = step.planned()
    memory = [plan.theta, plan.gradient, plan.state, *plan.buffer.arrays]
    places = [array.__array_interface__["data"] for array in memory]
    plan.run(slice(5))
    assert places == [array.__array_interface__["data"] for array in memory]
    assert memory[0] is plan.theta


@pytest.mark.parametrize(("optimizer", "calls"), [("sgd", 19), ("momentum", 22), ("adam", 30)])
def test_a_step_of_a_network_with_two_hidden_layers_takes_so_many_calls(optimizer, calls):
    assert len(Plan(update_of(architecture(2, 4, 2, 1), optimizer=optimizer), 10).calls) == calls


@pytest.mark.parametrize("stack", [1, 3])
def test_every_slot_is_a_step_on_its_own_batch_with_its_own_numbers(stack):
    update = update_of(architecture(2, 4, 1), optimizer="adam")
    rng = np.random.default_rng(0)
    slotwise, alone = Plan(update, 5, stack), Plan(update, 5, stack)
    for array in slotwise.buffer.arrays:
        array[:7] = rng.uniform(0.01, 0.1, array[:7].shape)
    slotwise.run(slice(2, 7))
    for slot in range(2, 7):
        alone.buffer[0] = slotwise.buffer[slot]
        alone.run(slice(1))
    np.testing.assert_array_equal(slotwise.theta, alone.theta)
    assert slotwise.theta.any()


def test_numbers_that_overflow_in_a_plan_go_on_without_a_warning():
    step = Step(update_of(architecture(2, 4, 1, activation="softplus")), 5, 1, seed=0)
    step.theta[:] = 1e300
    assert not np.isfinite(step.planned().theta).all()
