"""Frames: decoder of binary frames, with the network's parameters layer by layer (docs/frames.md)."""

import json
import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backprop_playground.models.network import Layer, Score

FORMAT = 1
STATUSES = ("paused", "playing", "reached", "diverged")
HEADER = struct.Struct("<BBHIdddd4fII")


@dataclass(frozen=True)
class Frame:
    """Network at one moment.

    status: paused, playing, reached, or diverged. epoch: finished epochs. test: None without test rows.
    theta (P,): all parameters, float32. layers: views of theta.
    """

    status: str
    version: int
    step: int
    epoch: int
    train: Score
    test: Score | None
    theta: NDArray[np.float32]
    layers: list[Layer]


class FrameDecoder:
    """Decoder of one live socket: events describe the network's layers, and frames its parameters."""

    def __init__(self) -> None:
        self._sizes: list[int] = []

    def decode(self, message: str | bytes) -> Frame | None:
        """Return the frame of a binary message, or None for an event. Raise ValueError for another format."""
        if isinstance(message, bytes):
            return decode_frame(message, self._sizes)
        if state := json.loads(message).get("state"):
            spec = state["spec"]
            self._sizes = [len(spec["features"]), *(layer["units"] for layer in spec["layers"])]
        return None


def decode_frame(body: bytes, sizes: Sequence[int] = ()) -> Frame:
    """Return the frame in these bytes. Raise ValueError for bytes of another format.

    sizes: the number of features, then the units of each layer. Without sizes the frame has no layers.
    """
    if len(body) < HEADER.size or body[0] != FORMAT:
        raise ValueError(f"a frame of format {FORMAT} is needed, got {len(body)} bytes starting {body[:1]!r}")
    _, status, _, version, step, epoch, loss, test_loss, *shares, count, _ = HEADER.unpack_from(body)
    theta = np.frombuffer(body, "<f4", offset=HEADER.size)
    if len(theta) != count:
        raise ValueError(f"a frame of {count} parameters is needed, this one has {len(theta)}")
    accuracy, test_accuracy, r2, test_r2 = (None if math.isnan(share) else share for share in shares)
    train = Score(loss=loss, accuracy=accuracy, r2=r2)
    test = Score(loss=test_loss, accuracy=test_accuracy, r2=test_r2)
    has_test = not (math.isnan(test_loss) and test_accuracy is None and test_r2 is None)
    return Frame(
        status=STATUSES[status],
        version=version,
        step=int(step),
        epoch=int(epoch),
        train=train,
        test=test if has_test else None,
        theta=theta,
        layers=split_layers(sizes, theta),
    )


def split_layers(sizes: Sequence[int], theta: NDArray[Any]) -> list[Layer]:
    """Return W and b of every layer as views of theta (P,): each unit's bias, then its weights."""
    layers, start = [], 0
    for inputs, units in pairwise(sizes):
        stop = start + units * (1 + inputs)
        block = theta[start:stop].reshape(units, 1 + inputs)
        layers.append(Layer(block[:, 1:], block[:, 0]))
        start = stop
    return layers
