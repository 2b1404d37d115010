"""Codec: plain values and arrays as bytes whose format does not depend on the code.

The first line is JSON. An array in it is an object with its number type and shape. The bytes of all arrays
follow the line, one after the other. Tuples are decoded as lists.
"""

import json
from math import prod
from typing import Any

import numpy as np

ARRAY = "$array"


def encode(value: dict[str, Any]) -> bytes:
    """Return the bytes of a value made of dictionaries, lists, arrays, strings, numbers and None."""
    pieces: list[bytes] = []

    def encode_array(other: object) -> dict[str, Any]:
        if not isinstance(other, np.ndarray):
            raise TypeError(f"a record holds plain values and arrays, not {type(other).__name__}")
        pieces.append(other.tobytes())
        return {ARRAY: [other.dtype.str, list(other.shape)]}

    head = json.dumps(value, default=encode_array, separators=(",", ":")).encode()
    return b"\n".join((head, b"".join(pieces)))


def decode(body: bytes) -> dict[str, Any]:
    """Return the value of these bytes."""
    head, _, data = body.partition(b"\n")
    offset = 0

    def decode_array(entry: dict[str, Any]) -> Any:
        nonlocal offset
        if ARRAY not in entry:
            return entry
        dtype, shape = np.dtype(entry[ARRAY][0]), entry[ARRAY][1]
        array = np.frombuffer(data, dtype, prod(shape), offset).reshape(shape).copy()
        offset += array.nbytes
        return array

    value: dict[str, Any] = json.loads(head, object_hook=decode_array)
    return value
