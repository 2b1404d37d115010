"""Whether an exhibit's numbers fit its network: weights of a file written by hand are easily one too many.
And whether its networks could be started, as REST would judge them."""

from collections.abc import Iterator
from itertools import pairwise

from app.domain.dataset_info import dataset_info
from app.domain.exceptions import InvalidRequest
from app.domain.spec_defaults import resolve_spec
from app.domain.user_data import parse_user_data
from app.schemas.exhibits import WORKSHEET_PARAMETERS, Gate, Header
from app.schemas.spec import DataSpec, LayerParameters, Spec
from app.settings import Limits

GENERATED = 2
"""Inputs of generated data."""


def shape_errors(header: Header) -> Iterator[str]:
    """Yield what does not fit, each told with its place in the header."""
    for where, spec in _specs(header):
        widths = layer_widths(spec)
        layers = spec.parameters or ()
        if len(layers) >= len(widths) > 1:
            most = len(widths) - 1
            yield f"{where}parameters: {len(layers)} layers, but the network has {most} with weights"
            return
        for index, layer in enumerate(layers):
            for message in _of_a_layer(layer, *widths[index : index + 2]):
                yield f"{where}parameters.{index}.{message}"
    if header.network:
        widths = layer_widths(header.network)
        for name, gate in header.compose.items():
            yield from (f"compose.{name}{message}" for message in _of_a_gate(gate, widths))


def _specs(header: Header) -> Iterator[tuple[str, Spec]]:
    if header.network:
        yield "network.", header.network
    for label, spec in header.beside.items():
        yield f"beside.{label}.", spec


def spec_errors(header: Header, limits: Limits) -> Iterator[str]:
    """Yield the errors that REST would answer for the header's networks, each with its path."""
    for where, spec in _specs(header):
        data = spec.data or DataSpec()
        try:
            resolve_spec(spec, dataset_info(data, parse_user_data(data, limits)), limits)
        except InvalidRequest as refusal:
            yield from (f"{where}{error.field}: {error.message}" for error in refusal.errors)


def layer_widths(spec: Spec) -> list[int | None]:
    """Return the units of each layer, the inputs first; None where the file does not name them."""
    data = spec.data
    inputs = GENERATED
    if data and (rows := data.inputs or data.points):
        inputs = len(rows[0]) - (0 if data.inputs else 1)
    inputs = len(spec.features or ()) or inputs
    return [inputs, *(layer.units for layer in spec.layers or ())]


def fits_a_worksheet(spec: Spec) -> bool:
    """Return whether a network is small enough for paper, as far as the file says."""
    widths = [width or 1 for width in layer_widths(spec)]
    return sum((below + 1) * units for below, units in pairwise(widths)) <= WORKSHEET_PARAMETERS


def _of_a_layer(layer: LayerParameters, below: int | None = None, units: int | None = None) -> Iterator[str]:
    units = units or len(layer.W)
    if len(layer.b) != units:
        yield f"b: {len(layer.b)} numbers, but the layer has {units} units"
    columns = {len(row) for row in layer.W}
    if len(layer.W) != units or (below and columns != {below}):
        shape = f"{len(layer.W)} × {'/'.join(map(str, sorted(columns)))}"
        yield f"W: {shape} numbers, but the layer needs {units} × {below or '…'}"


def _of_a_gate(gate: Gate, widths: list[int | None]) -> Iterator[str]:
    units = widths[gate.layer - 1] if gate.layer <= len(widths) else 0
    below = widths[gate.layer - 2] if gate.layer <= len(widths) else None
    if units is not None and gate.unit > units:
        yield f": the network has no unit {gate.unit} in layer {gate.layer}"
    elif below and len(gate.w) != below + 1:
        yield f".w: {len(gate.w)} numbers, but that unit has a bias and {below} weights"
