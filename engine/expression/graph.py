r"""Computation graph: values flow forward through it, gradients flow back.

Forward, each node is computed from the ones before it. Backward, from the last node to the first,
each node hands to its inputs its own gradient times the local gradient, and a node used in
several places adds up what it is handed: that is the chain rule, and all of backpropagation.

    expression = parse("(x + y) * z")
    values = expression.forward({"x": -2, "y": 5, "z": -4})     # -2, 5, 3, -4, -12
    expression.backward(values).gradients                       # -4, -4, -4, 3, 1
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from engine.expression.nodes import ExpressionError, Node
from engine.expression.operations import OPERATIONS, Value
from engine.expression.tex import expression_tex

PLENTY = Context(prec=400)
"""As many digits as the largest number has, and all decimals that may be asked for."""


@dataclass(frozen=True)
class BackwardPass:
    """Per node: gradients[id] = ∂f/∂node, local_gradients[id] = ∂node/∂input for each of its inputs."""

    gradients: tuple[Value, ...]
    local_gradients: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True)
class NodeTrace:
    """A node with its numbers. The formulas are TeX, in the inputs u and v and the value f."""

    id: int
    operation: str
    inputs: tuple[int, ...]
    label: str
    value: float
    gradient: float
    local_gradients: tuple[float, ...]
    formula: str
    local_formulas: tuple[str, ...]


@dataclass(frozen=True)
class GraphTrace:
    """One evaluation, forward and backward: the value, ∂f/∂name for every name, and every node."""

    value: float
    gradients: dict[str, float]
    nodes: tuple[NodeTrace, ...]


@dataclass(frozen=True)
class Expression:
    """A function of the names in it, as nodes in the order of computing; the last one is the value."""

    text: str
    nodes: tuple[Node, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The variables, in the order they first stand in the text."""
        return tuple(node.name for node in self.nodes if node.name is not None)

    @cached_property
    def tex(self) -> str:
        """The whole expression in TeX; empty where that would be too long."""
        return expression_tex(self.nodes)

    def node_list(self) -> list[dict[str, object]]:
        """Return the nodes as plain values, for an interpreter elsewhere."""
        return [node.to_dict() for node in self.nodes]

    def evaluate(self, values: Mapping[str, ArrayLike]) -> Value:
        """Return the value; given arrays, which must broadcast together, the value for each element."""
        return self.forward(values)[-1]

    def forward(self, values: Mapping[str, ArrayLike], decimals: int | None = None) -> tuple[Value, ...]:
        """Return the value of every node, rounded at each gate if so many decimals are asked for.

        Raises ExpressionError for a name without a value.
        """
        computed: list[Value] = []
        with np.errstate(all="ignore"):
            for node in self.nodes:
                if node.value is not None:
                    computed.append(np.float64(node.value))
                elif node.name is not None:
                    computed.append(_given(node.name, values, node.position))
                else:
                    inputs = (computed[source] for source in node.inputs)
                    computed.append(_rounded(OPERATIONS[node.operation].function(*inputs), decimals))
        return tuple(computed)

    def backward(
        self, values: Sequence[Value], decimals: int | None = None, arriving: float = 1
    ) -> BackwardPass:
        """From the values that `forward` returned: the gradient of the last node in every node.

        decimals: to which every gate rounds what it hands on, as one does on a blackboard.
        arriving: the gradient of the last node itself, where the graph is part of something larger.
        """
        gradients: list[Value] = [np.float64(0)] * len(values)
        gradients[-1] = _rounded(np.full_like(values[-1], arriving)[()], decimals)
        local_gradients: list[tuple[Value, ...]] = [()] * len(values)
        with np.errstate(all="ignore"):
            for node in reversed(self.nodes):
                if not node.inputs:
                    continue
                inputs = (values[source] for source in node.inputs)
                slopes = OPERATIONS[node.operation].local_gradients(*inputs, values[node.id])
                local_gradients[node.id] = tuple(np.asarray(slope, np.float64)[()] for slope in slopes)
                for source, slope in zip(node.inputs, local_gradients[node.id], strict=True):
                    handed_on = _rounded(gradients[node.id] * slope, decimals)
                    gradients[source] = _rounded(gradients[source] + handed_on, decimals)
        return BackwardPass(tuple(gradients), tuple(local_gradients))

    def trace(
        self, values: Mapping[str, float], decimals: int | None = None, arriving: float = 1
    ) -> GraphTrace:
        """Everything there is to show about one evaluation, in plain numbers; rounded at each gate or not."""
        forward = self.forward(values, decimals)
        backward = self.backward(forward, decimals, arriving)
        gradients = [float(gradient) for gradient in backward.gradients]
        return GraphTrace(
            value=float(forward[-1]),
            gradients={node.name: gradients[node.id] for node in self.nodes if node.name is not None},
            nodes=tuple(
                _trace(node, float(value), gradient, tuple(map(float, local)))
                for node, value, gradient, local in zip(
                    self.nodes, forward, gradients, backward.local_gradients, strict=True
                )
            ),
        )


def _rounded(value: Value, decimals: int | None) -> Value:
    """One number as on a blackboard, where 0.125 is 0.13; np.round has it 0.12, the nearest even digit."""
    if decimals is None or not np.isfinite(value):
        return value
    exact = Decimal(float(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, PLENTY)
    return np.float64(exact)


def _given(name: str, values: Mapping[str, ArrayLike], position: int) -> Value:
    if name not in values:
        raise ExpressionError(f"{name} has no value", position)
    given: Value = np.asarray(values[name], dtype=np.float64)[()]
    return given


def _trace(node: Node, value: float, gradient: float, local_gradients: tuple[float, ...]) -> NodeTrace:
    operation = OPERATIONS.get(node.operation)
    return NodeTrace(
        node.id, node.operation, node.inputs, node.label, value, gradient, local_gradients,
        formula=operation.formula if operation else node.label,
        local_formulas=operation.slopes if operation else (),
    )  # fmt: skip
