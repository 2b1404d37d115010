"""Frames: decoded binary records with the network's parameters layer by layer."""

import json
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.client.models import Layer
from app.schemas.spec import ResolvedSpec
from app.trainer.frames import FORMAT, HEADER, STATUSES
from engine.metrics import Score
from engine.network import Architecture, LayerSpec, blocks


@dataclass(frozen=True)
class Frame:
    """A network at one moment (docs/frames.md).

    status: paused, playing, reached or diverged. epoch: finished ones. test: None without test rows.
    theta (P,): all parameters, float32; layers: views of it.
    """

    status: str
    version: int
    step: int
    epoch: int
    train: Score
    test: Score | None
    theta: NDArray[np.float32]
    layers: list[Layer]


class Feed:
    """What comes over a live socket, put together: events say what the network is, frames how it is."""

    def __init__(self) -> None:
        self._architecture: Architecture | None = None

    def take(self, message: str | bytes) -> Frame | None:
        """The frame that a message is; None for an event. Raises ValueError for a format it does not know."""
        if isinstance(message, bytes):
            return decode_frame(message, self._architecture)
        if state := json.loads(message).get("state"):
            self._architecture = architecture_of(ResolvedSpec.model_validate(state["spec"]))
        return None


def decode_frame(body: bytes, architecture: Architecture | None = None) -> Frame:
    """Return the frame in these bytes. Its layers need the architecture. Raises ValueError."""
    if len(body) < HEADER.size or body[0] != FORMAT:
        raise ValueError(f"a frame of format {FORMAT} is needed, got {len(body)} bytes starting {body[:1]!r}")
    _, status, _, version, step, epoch, loss, test_loss, *shares, count, _ = HEADER.unpack_from(body)
    theta = np.frombuffer(body, "<f4", offset=HEADER.size)
    if len(theta) != count:
        raise ValueError(f"a frame of {count} parameters is needed, this one has {len(theta)}")
    accuracy, test_accuracy, r2, test_r2 = (None if math.isnan(share) else share for share in shares)
    train, test = Score(loss, accuracy, r2), Score(test_loss, test_accuracy, test_r2)
    layers = layers_of_theta(architecture, theta) if architecture else []
    has_test = not (math.isnan(test_loss) and test_accuracy is None and test_r2 is None)
    return Frame(
        STATUSES[status], version, int(step), int(epoch), train, test if has_test else None, theta, layers
    )


def layers_of_theta(architecture: Architecture, theta: NDArray[Any]) -> list[Layer]:
    """W and b of every layer, as views of theta (P,)."""
    return [Layer(block[:, 1:], block[:, 0]) for block in blocks(architecture, theta)]


def architecture_of(spec: ResolvedSpec) -> Architecture:
    """Return the shape of the network that a spec describes."""
    layers = tuple(LayerSpec(layer.units, layer.activation, layer.dropout) for layer in spec.layers)
    return Architecture(len(spec.features), layers)
