"""Parameters: layer by layer as clients write them, one flat vector as the engine stores them."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from app.domain.exceptions import FieldError, InvalidRequest, shorten
from app.schemas.requests import ParameterChange
from app.schemas.spec import LayerFrozen, LayerParameters
from engine.network import Architecture, Network, blocks
from engine.types import Array, Mask


def flat_parameters(layers: Sequence[LayerParameters], architecture: Architecture, field: str) -> Array:
    """Return theta (P,) from W and b of every layer.

    Raises InvalidRequest for a shape that the architecture does not have.
    """
    theta = np.empty(architecture.parameter_count)
    _check_count(len(layers), architecture, field)
    for index, (layer, block) in enumerate(zip(layers, blocks(architecture, theta), strict=True)):
        _fill(block[:, 1:], layer.W, f"{field}.{index}.W", index)
        _fill(block[:, 0], layer.b, f"{field}.{index}.b", index)
    return theta


def changed_parameters(changes: Sequence[ParameterChange], network: Network) -> Array:
    """Return theta (P,) with single parameters changed.

    Raises InvalidRequest for a name that the network does not have.
    """
    places = parameter_indices(network)
    theta = network.theta.astype(float)
    for index, change in enumerate(changes):
        theta[index_of(change.parameter, places, f"changes.{index}.parameter")] = change.value
    return theta


def parameter_indices(network: Network) -> dict[str, int]:
    """Return the index in theta of each parameter, by its name in the lecture's notation."""
    return {name: place for place, name in enumerate(network.parameter_names())}


def index_of(name: str, places: dict[str, int], field: str) -> int:
    """Return the index of the parameter with this name. Raises InvalidRequest if there is none."""
    if name not in places:
        first, last = next(iter(places)), next(reversed(places))
        message = f"no parameter is called {shorten(name)}; the first is {first}, the last is {last}"
        raise InvalidRequest.of(FieldError(field, message))
    return places[name]


def flat_frozen(layers: Sequence[LayerFrozen] | None, architecture: Architecture) -> Mask:
    """Return the mask (P,) of the frozen parameters. Raises InvalidRequest for a wrong shape."""
    mask: Mask = np.zeros(architecture.parameter_count, bool)
    if layers is None:
        return mask
    _check_count(len(layers), architecture, "frozen")
    for index, (layer, block) in enumerate(zip(layers, _blocks(architecture, mask), strict=True)):
        for name, target, given in (("W", block[:, 1:], layer.W), ("b", block[:, 0], layer.b)):
            if isinstance(given, bool):
                target[...] = given
            else:
                _fill(target, given, f"frozen.{index}.{name}", index)
    return mask


def layered_parameters(architecture: Architecture, theta: Array) -> list[dict[str, Array]]:
    """Return [{"W", "b"}] of theta (P,), one entry per layer."""
    return [{"W": block[:, 1:], "b": block[:, 0]} for block in blocks(architecture, theta)]


def layered_frozen(architecture: Architecture, mask: Mask) -> list[LayerFrozen] | None:
    """Return the mask per layer, as one value if all its entries agree; None if nothing is frozen."""
    if not mask.any():
        return None
    return [
        LayerFrozen(W=_brief(block[:, 1:]), b=_brief(block[:, 0])) for block in _blocks(architecture, mask)
    ]


def _blocks(architecture: Architecture, mask: Any) -> list[Any]:
    """Return the `blocks` of a mask, which has the layout of the parameters."""
    return list(blocks(architecture, mask))


def _brief(entries: Any) -> Any:
    return bool(entries.flat[0]) if (entries == entries.flat[0]).all() else entries.tolist()


def _check_count(given: int, architecture: Architecture, field: str) -> None:
    needed = len(architecture.layers)
    if given != needed:
        raise InvalidRequest.of(FieldError(field, f"{given} layers were given, but the network has {needed}"))


def _fill(target: Any, given: Any, field: str, index: int) -> None:
    """Copy lists into an array of exactly their shape."""
    ragged = any(isinstance(row, list) and len(row) != len(given[0]) for row in given)
    shape = (len(given), len(given[0])) if given and isinstance(given[0], list) else (len(given),)
    if ragged or shape != target.shape:
        got = "rows of different lengths" if ragged else " × ".join(map(str, shape))
        needed = " × ".join(map(str, target.shape))
        units, inputs = target.shape[0], f" and {target.shape[1]} inputs" if target.ndim == 2 else ""
        raise InvalidRequest.of(
            FieldError(
                field,
                f"this array is {got}, but layer {index} has {units} units{inputs}, so it must be {needed}",
            )
        )
    target[...] = np.array(given, target.dtype)
