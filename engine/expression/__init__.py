"""Typed expressions as computation graphs, with the chain rule applied one gate at a time.

    expression = parse("1/(1 + exp(-(w*x + b)))")
    trace = expression.trace({"w": 2, "x": -1, "b": 1})
    trace.gradients["w"]                                    # -0.196...
    [(node.label, node.value, node.gradient) for node in trace.nodes]

Read in this order: `operations` (each gate beside its local gradients), `graph` (forward and
backward), then `parser` (from text to nodes), `tex` (from nodes to a formula) and `elementary`
(activations split into smaller gates).
"""

from engine.expression.elementary import elementary
from engine.expression.graph import BackwardPass, Expression, GraphTrace, NodeTrace
from engine.expression.nodes import ExpressionError, Node
from engine.expression.operations import FUNCTIONS, OPERATIONS, Operation, Value
from engine.expression.parser import MAX_DEPTH, MAX_LENGTH, parse

__all__ = [
    "FUNCTIONS",
    "MAX_DEPTH",
    "MAX_LENGTH",
    "OPERATIONS",
    "BackwardPass",
    "Expression",
    "ExpressionError",
    "GraphTrace",
    "Node",
    "NodeTrace",
    "Operation",
    "Value",
    "elementary",
    "parse",
]
