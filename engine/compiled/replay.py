"""Replay: the recorded calls of a tape, compiled to one function that runs them slot by slot."""

from collections.abc import Callable
from typing import Any

import numpy as np

from engine.compiled.tape import Call
from engine.types import Array

Replay = Callable[[slice], None]


def compile_calls(calls: list[Call], *buffers: Array) -> Replay:
    """Return a function that makes the calls for every slot of a slice.

    buffers (slots, …): the calls were recorded on the first slot of each. For another slot, the function
    replaces the views of the first slot; all other arguments stay the same. It is generated Python code
    with a name for every argument: `for v7, v9 in slots: dot1(v7, v3); tanh4(v3, v5); …`. A loop over
    the list of calls would add a twentieth to a small step.
    """
    names: dict[int, str] = {}
    values: list[Any] = []

    def name(value: Any, kind: str = "v") -> str:
        if id(value) not in names:
            names[id(value)] = f"{kind}{len(names)}"
            values.append(value)
        return names[id(value)]

    lines = []
    for call in calls:
        arguments = [name(value) for value in call.args]
        arguments += [f"{keyword}={name(value)}" for keyword, value in call.keywords.items()]
        lines.append(f"        {name(call.func, call.func.__name__)}({', '.join(arguments)})\n")
    per_slot = [(value, buffer) for value in values for buffer in buffers if _in_first_slot(value, buffer)]
    fixed = [value for value in values if not any(_in_first_slot(value, buffer) for buffer in buffers)]
    head = f"def replay(slots, {', '.join(map(name, fixed))}):\n"
    loop = f"    for [{', '.join(name(value) for value, _ in per_slot)}] in slots:\n        pass\n"
    scope: dict[str, Any] = {}
    exec("".join([head, loop, *lines]), scope)
    count = min(map(len, buffers), default=1)
    slots = [[_moved_to_slot(slot, *pair) for pair in per_slot] for slot in range(count)]
    return lambda chosen: scope["replay"](slots[chosen], *fixed)


def _in_first_slot(value: Any, buffer: Array) -> bool:
    """Return whether the value is a view of the buffer's first slot."""
    return isinstance(value, np.ndarray) and np.may_share_memory(value, buffer[0])


def _moved_to_slot(slot: int, value: Array, buffer: Array) -> Array:
    """Return the view of this slot that corresponds to `value`, a view of the first slot."""
    start, first = (array.__array_interface__["data"][0] for array in (value, buffer))
    return np.ndarray(
        value.shape, value.dtype, buffer, start - first + slot * buffer.strides[0], value.strides
    )
