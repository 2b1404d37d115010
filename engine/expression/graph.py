r"""Computation graph: values flow forward through it, gradients flow back.

The forward pass computes each node from the nodes before it. The backward pass visits the nodes from
the last to the first. Each node passes its gradient times the local gradient to its inputs. A node
with several uses adds up these contributions. This is the chain rule, and all of backpropagation.

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

DECIMAL_CONTEXT = Context(prec=400)
"""Precision for exact rounding: the 309 digits of the largest float, and the most decimals of a request."""


@dataclass(frozen=True)
class BackwardPass:
    """Gradients of each node: gradients[id] = ∂f/∂node, local_gradients[id] = ∂node/∂input per input."""

    gradients: tuple[Value, ...]
    local_gradients: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True)
class NodeTrace:
    """Node with its numbers. The formulas are TeX, in the inputs u and v and the value f."""

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
    """Forward and backward pass of one evaluation: value, ∂f/∂name for every name, and every node."""

    value: float
    gradients: dict[str, float]
    nodes: tuple[NodeTrace, ...]


@dataclass(frozen=True)
class Expression:
    """Function of named variables, as nodes in the order of evaluation; the last node is its value."""

    text: str
    nodes: tuple[Node, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The variables, in the order of their first occurrence in the text."""
        return tuple(node.name for node in self.nodes if node.name is not None)

    @cached_property
    def tex(self) -> str:
        """The whole expression in TeX; empty where that would be too long."""
        return expression_tex(self.nodes)

    def node_list(self) -> list[dict[str, object]]:
        """Return the nodes as JSON values, for the interpreter in the page."""
        return [node.to_dict() for node in self.nodes]

    def evaluate(self, values: Mapping[str, ArrayLike]) -> Value:
        """Return the value; given arrays, which must broadcast together, the value for each element."""
        return self.forward(values)[-1]

    def forward(self, values: Mapping[str, ArrayLike], decimals: int | None = None) -> tuple[Value, ...]:
        """Return the value of every node. decimals: round the result of each gate, None for no rounding.

        Raises ExpressionError for a name without a value.
        """
        computed: list[Value] = []
        with np.errstate(all="ignore"):
            for node in self.nodes:
                if node.value is not None:
                    computed.append(np.float64(node.value))
                elif node.name is not None:
                    computed.append(_variable_value(node.name, values, node.position))
                else:
                    inputs = (computed[source] for source in node.inputs)
                    computed.append(_rounded(OPERATIONS[node.operation].function(*inputs), decimals))
        return tuple(computed)

    def backward(
        self, values: Sequence[Value], decimals: int | None = None, arriving: float = 1
    ) -> BackwardPass:
        """Return the gradient of the last node by every node. values: the result of `forward`.

        decimals: round every gradient, as on a blackboard; None for no rounding.
        arriving: the gradient of the last node itself, other than 1 if the graph is part of a network.
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
                    contribution = _rounded(gradients[node.id] * slope, decimals)
                    gradients[source] = _rounded(gradients[source] + contribution, decimals)
        return BackwardPass(tuple(gradients), tuple(local_gradients))

    def trace(
        self, values: Mapping[str, float], decimals: int | None = None, arriving: float = 1
    ) -> GraphTrace:
        """Run `forward` and `backward` on plain numbers and return all results."""
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
    """Return one number, rounded with ties away from 0."""
    if decimals is None or not np.isfinite(value):
        return value
    # On a blackboard 0.125 becomes 0.13. np.round returns 0.12, because it rounds ties to an even digit.
    exact = Decimal(float(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, DECIMAL_CONTEXT)
    return np.float64(exact)


def _variable_value(name: str, values: Mapping[str, ArrayLike], position: int) -> Value:
    if name not in values:
        raise ExpressionError(f"{name} has no value", position)
    value: Value = np.asarray(values[name], dtype=np.float64)[()]
    return value


def _trace(node: Node, value: float, gradient: float, local_gradients: tuple[float, ...]) -> NodeTrace:
    operation = OPERATIONS.get(node.operation)
    return NodeTrace(
        node.id, node.operation, node.inputs, node.label, value, gradient, local_gradients,
        formula=operation.formula if operation else node.label,
        local_formulas=operation.slopes if operation else (),
    )  # fmt: skip
