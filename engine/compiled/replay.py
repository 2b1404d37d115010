"""Replay: the calls that a tape recorded, as one function that makes them slot by slot."""

from collections.abc import Callable
from typing import Any

import numpy as np

from engine.compiled.tape import Call
from engine.types import Array

Replay = Callable[[slice], None]


def compile_calls(calls: list[Call], *windows: Array) -> Replay:
    """The calls, one after the other, as a function: a Python loop would cost a twentieth of a small step.

    windows (slots, …): what the calls read in the first slot of each. The function makes the calls for
    every slot of a slice, on the same memory but for that. Its code is written down here once, with a
    name for everything: `for v7, v9 in slots: dot1(v7, v3); tanh4(v3, v5); …`
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
    moving = [(value, window) for value in values for window in windows if _is_in(value, window)]
    staying = [value for value in values if not any(_is_in(value, window) for window in windows)]
    head = f"def replay(slots, {', '.join(map(name, staying))}):\n"
    loop = f"    for [{', '.join(name(value) for value, _ in moving)}] in slots:\n        pass\n"
    scope: dict[str, Any] = {}
    exec("".join([head, loop, *lines]), scope)
    count = min(map(len, windows), default=1)
    slots = [[_in_slot(slot, *pair) for pair in moving] for slot in range(count)]
    return lambda chosen: scope["replay"](slots[chosen], *staying)


def _is_in(value: Any, window: Array) -> bool:
    """Return whether the value is a view of the window's first slot."""
    return isinstance(value, np.ndarray) and np.may_share_memory(value, window[0])


def _in_slot(slot: int, value: Array, window: Array) -> Array:
    """Return a view of the window's first slot, as the same view of another."""
    start, first = (array.__array_interface__["data"][0] for array in (value, window))
    return np.ndarray(
        value.shape, value.dtype, window, start - first + slot * window.strides[0], value.strides
    )
