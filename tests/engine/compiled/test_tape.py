"""The tape: what it replays is the formula, bit for bit, in memory of its own."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.compiled.tape import RecordedOp, Tape
from tests.engine.strategies import SEEDS

SHAPE = (3, 4)
Formula = Callable[..., Any]

UNARY: list[Formula] = [
    np.tanh, np.exp, np.sin, np.negative, np.sign, abs, lambda a: a * a, lambda a: 1 - a,
    lambda a: np.heaviside(a, 0), lambda a: np.maximum(a, 0), lambda a: 0.1 * a + 3,
]  # fmt: skip
BINARY: list[Formula] = [
    np.add,
    np.subtract,
    np.multiply,
    np.maximum,
    np.minimum,
    np.logaddexp,
    lambda a, b: a / (b * b + 1),
]
REDUCED: list[Formula] = [
    lambda a: np.add.reduce(a, axis=-2, keepdims=True),
    lambda a: a - np.maximum.reduce(a, axis=-1, keepdims=True),
]


def replay(formula: Formula, *arrays: np.ndarray, into: np.ndarray) -> list[Any]:
    tape = Tape(arrays[0].dtype)
    tape.store(formula(*(tape.tracer(array) for array in arrays)), into)
    calls = tape.calls()
    with np.errstate(all="ignore"):
        for call in calls:
            call()
    return calls


@st.composite
def formulas(draw: st.DrawFn) -> Formula:
    """A small program: each operation reads results before it, any number of times."""
    steps = draw(
        st.lists(
            st.tuples(st.sampled_from(UNARY + BINARY + REDUCED), st.integers(0, 9), st.integers(0, 9)),
            min_size=1,
            max_size=10,
        )
    )

    def formula(a: Any, b: Any) -> Any:
        known = [a, b]
        for operation, first, second in steps:
            operands = (known[first % len(known)], known[second % len(known)])
            known.append(operation(*operands) if operation in BINARY else operation(operands[0]))
        return known[-1] + a

    return formula


@settings(max_examples=150)
@given(formula=formulas(), seed=SEEDS, dtype=st.sampled_from(["float64", "float32"]))
def test_a_replay_is_the_formula_bit_for_bit(formula, seed, dtype):
    a, b = np.random.default_rng(seed).normal(size=(2, *SHAPE)).astype(dtype)
    result = np.zeros(SHAPE, dtype)
    calls = replay(formula, a, b, into=result)
    with np.errstate(all="ignore"):
        np.testing.assert_array_equal(result, formula(a, b))
        a += 1
        for call in calls:
            call()
        np.testing.assert_array_equal(result, formula(a, b))


@settings(max_examples=60)
@given(formula=formulas(), seed=SEEDS)
def test_a_result_may_replace_one_of_its_own_operands(formula, seed):
    a, b = np.random.default_rng(seed).normal(size=(2, *SHAPE))
    with np.errstate(all="ignore"):
        expected = formula(a, b)
    replay(formula, a, b, into=a)
    np.testing.assert_array_equal(a, expected)


def test_nothing_is_computed_while_a_formula_is_recorded():
    a, into = np.ones(SHAPE), np.zeros(SHAPE)
    tape = Tape(float)
    tape.store(2 * tape.tracer(a), into)
    tape.calls()
    np.testing.assert_array_equal(into, 0)


def test_a_slope_by_value_is_two_calls_on_one_buffer():
    a, into = np.full(SHAPE, 0.5), np.zeros(SHAPE)
    calls = replay(lambda a: 1 - a * a, a, into=into)
    assert [call.func for call in calls] == [np.multiply, np.subtract]
    assert np.shares_memory(calls[-1].args[-1], into)
    np.testing.assert_array_equal(into, 0.75)


def test_once_a_number_is_that_number_and_no_call():
    a, into = np.full(SHAPE, 0.5), np.zeros(SHAPE)
    calls = replay(lambda a: 3 - 1 * a * 1, a, into=into)
    assert [call.func for call in calls] == [np.subtract]
    np.testing.assert_array_equal(into, 2.5)


def test_a_long_chain_needs_one_buffer():
    def chain(a: Any) -> Any:
        for _ in range(20):
            a = np.tanh(a) + 1
        return a

    calls = replay(chain, np.ones(SHAPE), into=np.zeros(SHAPE))
    assert len({call.args[-1].__array_interface__["data"] for call in calls[:-1]}) == 1


def test_a_value_needed_later_keeps_its_buffer():
    a, into = np.random.default_rng(0).normal(size=SHAPE), np.zeros(SHAPE)

    def formula(a: Any) -> Any:
        early = np.exp(a)
        late = np.tanh(np.sin(a) * 2) + 1
        return early * late

    replay(formula, a, into=into)
    np.testing.assert_array_equal(into, formula(a))


def test_what_is_stored_early_does_not_disturb_who_reads_the_old_numbers_later():
    a, b, into = np.ones(SHAPE), np.full(SHAPE, 2.0), np.zeros(SHAPE)
    tape = Tape(float)
    x, y = tape.tracer(a), tape.tracer(b)
    moved = x + y
    old = x * 10
    tape.store(moved, a)
    tape.store(old + moved, into)
    for call in tape.calls():
        call()
    np.testing.assert_array_equal(a, 3)
    np.testing.assert_array_equal(into, 13)


def test_a_store_waits_for_a_call_that_may_read_the_place():
    a, seen = np.ones(SHAPE), np.zeros(SHAPE)
    tape = Tape(float)
    doubled = 2 * tape.tracer(a)
    tape.call(np.copyto, seen, a)
    tape.store(doubled, a)
    for call in tape.calls():
        call()
    np.testing.assert_array_equal(seen, 1)
    np.testing.assert_array_equal(a, 2)


def test_a_value_stored_twice_is_in_both_places():
    a, first, second = np.ones(SHAPE), np.zeros(SHAPE), np.zeros(SHAPE)
    tape = Tape(float)
    value = tape.tracer(a) + 1
    tape.store(value, first)
    tape.store(value, second)
    for call in tape.calls():
        call()
    np.testing.assert_array_equal([first, second], 2)


def test_a_number_fills_the_place_it_is_stored_in():
    a, into = np.ones((3, 1)), np.zeros(SHAPE)
    replay(lambda a: a + 1, a, into=into)
    np.testing.assert_array_equal(into, 2)


@pytest.mark.parametrize(
    "formula",
    [
        np.add.accumulate,
        lambda a: np.add.outer(a, a),
        lambda a: np.add(a, a, out=np.ones(SHAPE)),
        lambda a: np.add.reduce(a, axis=0, initial=5),
        lambda a: np.add.reduce(a, axis=0, where=np.zeros(SHAPE, bool)),
        np.modf,
        lambda a: np.matmul(a, a),
        lambda a: np.where(a > 0, a, 0),
        lambda a: max(0, a),
    ],
)
def test_what_cannot_be_recorded_is_refused_and_not_left_out(formula):
    tape = Tape(float)
    with pytest.raises(TypeError, match="a tape records"):
        formula(tape.tracer(np.ones((3, 3))))


def test_a_reduction_without_an_axis_is_along_the_first_as_in_numpy():
    a, into = np.arange(12.0).reshape(SHAPE), np.zeros(4)
    replay(np.add.reduce, a, into=into)
    np.testing.assert_array_equal(into, np.add.reduce(a))


def test_a_formula_of_shapes_that_do_not_fit_is_refused_when_recorded():
    tape = Tape(float)
    with pytest.raises(ValueError, match="shape mismatch"):
        tape.tracer(np.ones(3)) + tape.tracer(np.ones(4))


def test_constants_have_the_number_type_of_the_tape():
    tape = Tape("float32")
    tape.store(tape.tracer(np.ones(3, "float32")) * 0.1, np.zeros(3, "float32"))
    (note,) = (entry for entry in tape._entries if isinstance(entry, RecordedOp))
    assert [operand.array.dtype for operand in note.operands if operand.array is not None] == ["float32"] * 2
