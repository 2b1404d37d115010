"""Whether what an exhibit's parts show is there: formulas that can be read, with a number for every name,
columns that the network has, a row that there is, and a network of the form that a part is for.
"""

import re
from collections.abc import Iterator

from app.schemas.exhibits import Header
from app.schemas.spec import Spec
from app.services.exhibits.shape_checks import layer_widths
from engine.expression import ExpressionError, parse

OUTPUTS = {"a", "a-y", "E"}
NEURON = {"w0", "w1", "w2", "x1", "x2"}
WEIGHT = re.compile(r"w_(\d)(\d)\^\((\d+)\)|w_\{(\d+),(\d+)\}\^\((\d+)\)")


def missing_content(header: Header) -> Iterator[str]:
    """Yield what is lacking, each told with its place in the header."""
    yield from _expressions(header)
    yield from _cell(header)
    if header.network:
        yield from _rows(header, header.network)
        yield from _forms(header, layer_widths(header.network))
        yield from _columns(header, layer_widths(header.network))


def _expressions(header: Header) -> Iterator[str]:
    for index, text in enumerate(header.expressions):
        try:
            names = parse(text).names
        except ExpressionError as error:
            yield f"expressions.{index}: {error}"
            continue
        if unknown := [name for name in names if name not in header.values]:
            yield f"expressions.{index}: no number for {', '.join(unknown)} in `values`"


def _cell(header: Header) -> Iterator[str]:
    if "cell" not in header.parts:
        return
    if "gates" not in header.parts:
        yield "parts: cell shows the numbers of gates, so it needs gates beside it"
    elif not _is_neuron(header.expressions[0]):
        wanted = "one neuron of two inputs first, such as sigmoid(w0 + w1*x1 + w2*x2)"
        yield f"expressions.0: cell is for {wanted}; this is {header.expressions[0]}"


def _is_neuron(text: str) -> bool:
    """Return whether a formula is a function of one sum with these names."""
    try:
        formula = parse(text)
    except ExpressionError:  # it has an error of its own already
        return True
    return set(formula.names) == NEURON and len(formula.nodes[-1].inputs) == 1


def _rows(header: Header, network: Spec) -> Iterator[str]:
    data = network.data
    rows = (data.points or data.inputs) if data else None
    if rows and header.example >= len(rows):
        yield f"example: there are rows 0 … {len(rows) - 1}, got {header.example}"


def _forms(header: Header, widths: list[int | None]) -> Iterator[str]:
    for part, fits, wanted in (
        ("plane", widths[0] in (2, None), "a network of two inputs"),
        ("sliders", len(widths) == 2 and widths[1] in (1, None), "a single neuron"),
        ("product", len(widths) == 3 and widths[2] in (1, None), "one hidden layer and one output"),
    ):
        if part in header.parts and not fits and len(widths) > 1:
            shape = "-".join("?" if width is None else str(width) for width in widths)
            yield f"parts: {part} is for {wanted}; this network is {shape}"


def _columns(header: Header, widths: list[int | None]) -> Iterator[str]:
    rounds = header.rounds
    if rounds and rounds.names and len(rounds.names) != len(rounds.columns):
        yield f"rounds.names: {len(rounds.names)} names for {len(rounds.columns)} columns"
    for column in rounds.columns if rounds else ():
        if column not in OUTPUTS and not _is_weight(column, widths):
            yield f"rounds.columns: {column!r} is neither a weight of this network nor a, a-y or E"


def _is_weight(name: str, widths: list[int | None]) -> bool:
    found = WEIGHT.fullmatch(name)
    if not found:
        return False
    unit, source, layer = (int(number) for number in found.groups() if number is not None)
    if not 1 <= layer < max(len(widths), 2):
        return False
    units = widths[layer] if len(widths) > 1 else None
    below = widths[layer - 1]
    return unit >= 1 and (units is None or unit <= units) and (below is None or source <= below)
