"""Elementary gates of activations: one σ becomes ×−1, exp, +1 and 1/x."""

from engine.activations import ACTIVATIONS
from engine.expression.graph import Expression
from engine.expression.nodes import GraphBuilder, Node
from engine.expression.parser import parse


def elementary(expression: Expression) -> Expression:
    """Return the same function with every activation split into elementary gates."""
    graph = GraphBuilder()
    copies: list[Node] = []
    for node in expression.nodes:
        inputs = tuple(copies[source] for source in node.inputs)
        if node.operation in ACTIVATIONS:
            gates = parse(ACTIVATIONS[node.operation].gates)
            copies.append(_inline(gates.nodes, graph, node.position, {"z": inputs[0]}))
        else:
            copies.append(_copy(node, graph, inputs, node.position))
    return Expression(expression.text, graph.reaching(copies[-1]))


def _inline(nodes: tuple[Node, ...], graph: GraphBuilder, position: int, variables: dict[str, Node]) -> Node:
    """Copy the nodes into the graph and return the copy of the last. variables: nodes to put for names."""
    copies: list[Node] = []
    for node in nodes:
        inputs = tuple(copies[source] for source in node.inputs)
        variable = variables.get(node.name or "")
        copies.append(variable or _copy(node, graph, inputs, position))
    return copies[-1]


def _copy(node: Node, graph: GraphBuilder, inputs: tuple[Node, ...], position: int) -> Node:
    if node.name is not None:
        return graph.variable(node.name, position)
    if node.value is not None:
        return graph.constant(node.value, position)
    return graph.gate(node.operation, inputs, position)
