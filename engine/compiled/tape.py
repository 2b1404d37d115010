"""Tape: NumPy formulas, recorded once as calls on preallocated memory.

For the few dozen numbers of a small layer, NumPy spends most of its time on the overhead of a call:
new arrays, checks, conversion of Python numbers. So a formula such as `1 - a * a` runs once on
`Tracer`s, which compute nothing and record every ufunc. From the records the tape makes a list of
bound calls, `multiply(a, a, t)` and `subtract(one, t, t)`, whose results go to buffers of the tape.
Running the list is running the formula: see `replay`.

Buffers are assigned by last use: a result reuses the memory of an operand that no later call reads.
The order of operations is that of the formula, so the results are equal bit for bit.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin
from numpy.typing import DTypeLike

from engine.types import Array

Call = partial[Any]


class Tracer(NDArrayOperatorsMixin):
    """Placeholder for an array. `array` is its memory, None until the tape assigns a buffer."""

    def __init__(self, tape: "Tape", shape: tuple[int, ...], array: Array | None = None) -> None:
        self.tape = tape
        self.shape = shape
        self.array = array

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **keywords: Any) -> "Tracer":
        return self.tape.record(ufunc, method, inputs, keywords)

    def __bool__(self) -> bool:
        raise TypeError("a tape records formulas without branches: use maximum, minimum or heaviside")


@dataclass
class RecordedOp:
    """Recorded operation: a ufunc, or its reduction along `axis`, of the operands."""

    ufunc: np.ufunc
    operands: tuple[Tracer, ...]
    result: Tracer
    axis: int | None = None
    keepdims: bool = False

    def bind(self) -> Call:
        """Return the call on the arrays, with the array of the result as the last argument."""
        arrays: list[Any] = [operand.array for operand in self.operands]
        into: Any = self.result.array
        if self.axis is not None:
            return partial(self.ufunc.reduce, arrays[0], axis=self.axis, out=into, keepdims=self.keepdims)
        *arrays, into = _flattened([*arrays, into])
        if self.ufunc in (np.maximum, np.minimum):
            return partial(self.ufunc, *arrays, out=into)  # by position is deprecated for these
        return partial(self.ufunc, *arrays, into)


def _flattened(arrays: list[Array]) -> list[Array]:
    """Return contiguous arrays of equal shape as vectors, because fewer axes make calls faster."""
    full = [array for array in arrays if array.ndim]  # all but the constants
    if any(array.shape != full[0].shape or not array.flags.c_contiguous for array in full):
        return arrays
    return [array.reshape(-1) if array.ndim else array for array in arrays]


class Tape:
    """Tape of recorded operations. The arrays that its formulas read and write must not be replaced."""

    def __init__(self, dtype: DTypeLike) -> None:
        self.dtype = np.dtype(dtype)
        self._entries: list[RecordedOp | Call] = []

    def tracer(self, array: Array) -> Any:
        """Return a Tracer for an existing array, to pass to formulas; it has type Any to fit them.

        A replay reads the values that the array has then.
        """
        return Tracer(self, array.shape, array)

    def record(
        self, ufunc: np.ufunc, method: str, inputs: tuple[Any, ...], keywords: dict[str, Any]
    ) -> Tracer:
        """Record one ufunc call, or a reduction along one axis. NumPy calls this through Tracer."""
        # 1 · a is a, bit for bit, and needs no call.
        if ufunc is np.multiply and any(isinstance(value, int) and value == 1 for value in inputs):
            return next(value for value in inputs if isinstance(value, Tracer))
        operands = tuple(self._operand(value) for value in inputs)
        axis, keepdims = keywords.get("axis", 0), keywords.get("keepdims", False)
        plain = ufunc.nout == 1 and ufunc.signature is None
        if plain and method == "__call__" and not keywords:
            result = Tracer(self, np.broadcast_shapes(*(operand.shape for operand in operands)))
            self._entries.append(RecordedOp(ufunc, operands, result))
        elif method == "reduce" and keywords.keys() <= {"axis", "keepdims"} and isinstance(axis, int):
            shape = np.broadcast_to(0.0, operands[0].shape).sum(axis=axis, keepdims=keepdims).shape
            result = Tracer(self, shape)
            self._entries.append(RecordedOp(ufunc, operands, result, axis, keepdims))
        else:
            raise TypeError(
                "a tape records ufuncs with one result and reductions along one axis, "
                f"not {ufunc.__name__}.{method} {keywords}"
            )
        return result

    def _operand(self, value: Any) -> Tracer:
        if isinstance(value, Tracer):
            return value
        constant = np.asarray(value, self.dtype)
        return Tracer(self, constant.shape, constant)

    def store(self, value: Any, into: Array) -> None:
        """Record that the array `into` gets `value`, computed directly into it where that is safe."""
        value = self._operand(value)
        if value.array is into:
            return
        if value.array is None and self._may_compute_into(value, into):
            value.array = into
        else:
            self._entries.append(RecordedOp(np.positive, (value,), Tracer(self, into.shape, into)))

    def _may_compute_into(self, value: Tracer, into: Array) -> bool:
        """Return whether no operation between the computation of `value` and now reads `into`."""
        for entry in reversed(self._entries):
            if not isinstance(entry, RecordedOp):  # a plain call, whose operands are not known here
                return False
            if entry.result is value:
                return value.shape == into.shape
            read = (operand.array for operand in entry.operands if operand.array is not None)
            if any(np.may_share_memory(array, into) for array in read):
                return False
        return False

    def call(self, function: Callable[..., Any], *arguments: Any) -> None:
        """Record a call that is no ufunc, such as a matrix product, on existing arrays."""
        self._entries.append(partial(function, *arguments))

    def calls(self) -> list[Call]:
        """Return the recorded calls, in order, bound to memory. Run them all to run the formulas."""
        self._assign_buffers()
        bound = [entry.bind() if isinstance(entry, RecordedOp) else entry for entry in self._entries]
        views: dict[Any, Any] = {}

        # Equal views become one object. A ufunc that overwrites its operand would otherwise first
        # compute how the two overlap, which takes half as long as the call.
        def unique(value: Any) -> Any:
            return views.setdefault(_identity(value), value)

        return [
            partial(
                call.func,
                *map(unique, call.args),
                **{name: unique(value) for name, value in call.keywords.items()},
            )
            for call in bound
        ]

    def _assign_buffers(self) -> None:
        """Assign a buffer to every result without memory, if possible one that no later operation reads."""
        ops = [entry for entry in self._entries if isinstance(entry, RecordedOp)]
        last_use = {id(operand): index for index, op in enumerate(ops) for operand in op.operands}
        transient = {id(op.result) for op in ops if op.result.array is None}
        free: list[Array] = []
        for index, op in enumerate(ops):
            released = {
                id(operand): operand.array
                for operand in op.operands
                if id(operand) in transient and last_use[id(operand)] == index and operand.array is not None
            }
            # An elementwise operation may overwrite its operand, a reduction may not.
            if op.axis is None:
                free.extend(released.values())
            if op.result.array is None:
                op.result.array = self._take_buffer(free, op.result.shape)
            if op.axis is not None:
                free.extend(released.values())

    def _take_buffer(self, free: list[Array], shape: tuple[int, ...]) -> Array:
        for index in reversed(range(len(free))):
            if free[index].shape == shape:
                return free.pop(index)
        return np.empty(shape, self.dtype)


def _identity(value: Any) -> Any:
    """Return the identity of a call's argument; views of the same memory with equal layout share it."""
    if isinstance(value, np.ndarray):
        return value.__array_interface__["data"][0], value.shape, value.strides
    return id(value)
