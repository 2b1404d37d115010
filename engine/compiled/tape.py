"""Tape: formulas written once with NumPy, recorded as calls into memory that is allocated once.

NumPy spends far longer on a call's surroundings (new arrays, checks, converting Python numbers)
than on the few dozen numbers of a small layer. So a formula such as `1 - a * a` is run once on
stand-ins, `Symbol`s, which compute nothing and note every ufunc they meet. From the notes the
tape makes a list of bound calls, `multiply(a, a, t)` and `subtract(one, t, t)`, whose results
land in buffers of its own; running the list again is running the formula again: see `replay`.

Buffers are shared out by last use, and a result takes over the memory of an operand that is not
needed any more. The order of operations is the formula's, so the numbers are too, bit for bit.
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
    """A stand-in for an array. `array` is its memory, None until the tape hands it a buffer."""

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
    """One recorded operation: `ufunc` (or its reduction) of the operands gives the result."""

    ufunc: np.ufunc
    operands: tuple[Tracer, ...]
    result: Tracer
    axis: int | None = None
    keepdims: bool = False

    def bind(self) -> Call:
        """Return the call on the arrays, with the result's place as the last argument."""
        arrays: list[Any] = [operand.array for operand in self.operands]
        into: Any = self.result.array
        if self.axis is not None:
            return partial(self.ufunc.reduce, arrays[0], axis=self.axis, out=into, keepdims=self.keepdims)
        *arrays, into = _flat([*arrays, into])
        if self.ufunc in (np.maximum, np.minimum):
            return partial(self.ufunc, *arrays, out=into)  # by position is deprecated for these
        return partial(self.ufunc, *arrays, into)


def _flat(arrays: list[Array]) -> list[Array]:
    """Arrays of one shape that are each one stretch of memory, as vectors: the fewest axes cost the least."""
    full = [array for array in arrays if array.ndim]
    if any(array.shape != full[0].shape or not array.flags.c_contiguous for array in full):
        return arrays
    return [array.reshape(-1) if array.ndim else array for array in arrays]


class Tape:
    """Records formulas over arrays that stay where they are, and replays them."""

    def __init__(self, dtype: DTypeLike) -> None:
        self.dtype = np.dtype(dtype)
        self._entries: list[RecordedOp | Call] = []

    def tracer(self, array: Array) -> Any:
        """A stand-in for an array that exists, to call formulas with: a Symbol, typed as what it plays.

        The numbers that the array has at the time of the replay are used.
        """
        return Tracer(self, array.shape, array)

    def record(
        self, ufunc: np.ufunc, method: str, inputs: tuple[Any, ...], keywords: dict[str, Any]
    ) -> Tracer:
        """Note one ufunc call, or a reduction along one axis; called by NumPy through Symbol.

        1 · a is a, bit for bit, and needs no call.
        """
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
        """Have `value` end up in the array `into`: computed straight into it where that is safe."""
        value = self._operand(value)
        if value.array is into:
            return
        if value.array is None and self._may_compute_into(value, into):
            value.array = into
        else:
            self._entries.append(RecordedOp(np.positive, (value,), Tracer(self, into.shape, into)))

    def _may_compute_into(self, value: Tracer, into: Array) -> bool:
        """Whether nothing reads `into` after `value` is computed: its old numbers are still good there."""
        for entry in reversed(self._entries):
            if not isinstance(entry, RecordedOp):
                return False
            if entry.result is value:
                return value.shape == into.shape
            read = (operand.array for operand in entry.operands if operand.array is not None)
            if any(np.may_share_memory(array, into) for array in read):
                return False
        return False

    def call(self, function: Callable[..., Any], *arguments: Any) -> None:
        """Note any other call, on arrays that exist: a matrix product into its place, say."""
        self._entries.append(partial(function, *arguments))

    def calls(self) -> list[Call]:
        """Return the recorded calls, in order, bound to memory. Run them all to run the formulas.

        Equal views of one stretch of memory are one object in them: a ufunc that writes over its
        operand would otherwise find out first how the two overlap, and take half as long again.
        """
        self._assign_buffers()
        bound = [entry.bind() if isinstance(entry, RecordedOp) else entry for entry in self._entries]
        views: dict[Any, Any] = {}

        def one(value: Any) -> Any:
            return views.setdefault(_identity(value), value)

        return [
            partial(
                call.func, *map(one, call.args), **{name: one(value) for name, value in call.keywords.items()}
            )
            for call in bound
        ]

    def _assign_buffers(self) -> None:
        """Give every result that has no memory a buffer, one that is not needed any more if there is one."""
        notes = [entry for entry in self._entries if isinstance(entry, RecordedOp)]
        last_use = {id(operand): index for index, note in enumerate(notes) for operand in note.operands}
        transient = {id(note.result) for note in notes if note.result.array is None}
        free: list[Array] = []
        for index, note in enumerate(notes):
            finished = {
                id(operand): operand.array
                for operand in note.operands
                if id(operand) in transient and last_use[id(operand)] == index and operand.array is not None
            }
            if note.axis is None:
                free.extend(finished.values())
            if note.result.array is None:
                note.result.array = self._take_buffer(free, note.result.shape)
            if note.axis is not None:
                free.extend(finished.values())

    def _take_buffer(self, free: list[Array], shape: tuple[int, ...]) -> Array:
        for index in reversed(range(len(free))):
            if free[index].shape == shape:
                return free.pop(index)
        return np.empty(shape, self.dtype)


def _identity(value: Any) -> Any:
    """Return what tells the arguments of calls apart."""
    if isinstance(value, np.ndarray):
        return value.__array_interface__["data"][0], value.shape, value.strides
    return id(value)
