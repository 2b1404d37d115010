"""Codec: plain values and arrays as bytes that do not depend on the code, and back.

A line of JSON in which an array is told by number type, shape and size, then the arrays' own bytes
one after the other. Tuples come back as lists.
"""

import json
from math import prod
from typing import Any

import numpy as np

ARRAY = "$array"


def encode(value: dict[str, Any]) -> bytes:
    """Return the value, of dictionaries, lists, arrays, strings, numbers and None."""
    pieces: list[bytes] = []

    def told(other: object) -> dict[str, Any]:
        if not isinstance(other, np.ndarray):
            raise TypeError(f"a record holds plain values and arrays, not {type(other).__name__}")
        pieces.append(other.tobytes())
        return {ARRAY: [other.dtype.str, list(other.shape)]}

    head = json.dumps(value, default=told, separators=(",", ":")).encode()
    return b"\n".join((head, b"".join(pieces)))


def decode(body: bytes) -> dict[str, Any]:
    """Return the value again."""
    head, _, data = body.partition(b"\n")
    place = 0

    def untold(found: dict[str, Any]) -> Any:
        nonlocal place
        if ARRAY not in found:
            return found
        dtype, shape = np.dtype(found[ARRAY][0]), found[ARRAY][1]
        array = np.frombuffer(data, dtype, prod(shape), place).reshape(shape).copy()
        place += array.nbytes
        return array

    value: dict[str, Any] = json.loads(head, object_hook=untold)
    return value
