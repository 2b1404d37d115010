"""Elementary gates of activations: one σ becomes ×−1, exp, +1 and 1/x."""

from engine.activations import ACTIVATIONS
from engine.expression.graph import Expression
from engine.expression.nodes import GraphBuilder, Node
from engine.expression.parser import parse


def elementary(expression: Expression) -> Expression:
    """Return the same function, cut finer; the expression itself where there is nothing to cut."""
    graph = GraphBuilder()
    made: list[Node] = []
    for node in expression.nodes:
        inputs = tuple(made[source] for source in node.inputs)
        if node.operation in ACTIVATIONS:
            finer = parse(ACTIVATIONS[node.operation].gates)
            made.append(_copied(finer.nodes, graph, node.position, {"z": inputs[0]}))
        else:
            made.append(_copy(node, graph, inputs, node.position))
    return Expression(expression.text, graph.reaching(made[-1]))


def _copied(nodes: tuple[Node, ...], graph: GraphBuilder, position: int, given: dict[str, Node]) -> Node:
    """The last of these nodes, with all it needs, in another graph; given: what its names stand for there."""
    made: list[Node] = []
    for node in nodes:
        inputs = tuple(made[source] for source in node.inputs)
        known = given.get(node.name or "")
        made.append(known or _copy(node, graph, inputs, position))
    return made[-1]


def _copy(node: Node, graph: GraphBuilder, inputs: tuple[Node, ...], position: int) -> Node:
    if node.name is not None:
        return graph.variable(node.name, position)
    if node.value is not None:
        return graph.constant(node.value, position)
    return graph.gate(node.operation, inputs, position)
