"""A graph while it is being built: nodes in the order they are found, none of them twice."""

from dataclasses import replace

from engine.expression.nodes import CONSTANT, VARIABLE, Node


class Building:
    """Nodes as they are found, none of them twice."""

    def __init__(self) -> None:
        self._nodes: list[Node] = []
        self._places: dict[tuple[object, ...], int] = {}

    def variable(self, name: str, position: int) -> Node:
        """The name's one node."""
        return self._node(Node(0, VARIABLE, name=name, position=position))

    def constant(self, value: float, position: int) -> Node:
        """The number's one node."""
        return self._node(Node(0, CONSTANT, value=value, position=position))

    def gate(self, operation: str, inputs: tuple[Node, ...], position: int) -> Node:
        """The operation's node, or the simpler one that a person sees in it."""
        first = inputs[0]
        if operation == "negate" and first.value is not None:
            return self.constant(-first.value, position)
        if operation == "divide" and first.value == 1:
            operation, inputs = "reciprocal", inputs[1:]
        return self._node(Node(0, operation, tuple(node.id for node in inputs), position=position))

    def reaching(self, last: Node) -> tuple[Node, ...]:
        """The nodes that `last` is computed from, and itself at the end, numbered from 0."""
        needed = {last.id}
        for node in reversed(self._nodes):
            if node.id in needed:
                needed.update(node.inputs)
        ids = {old: new for new, old in enumerate(sorted(needed))}
        return tuple(
            replace(self._nodes[old], id=new, inputs=tuple(ids[source] for source in self._nodes[old].inputs))
            for old, new in ids.items()
        )

    def _node(self, new: Node) -> Node:
        key = (new.operation, new.inputs, new.name, repr(new.value))  # repr tells −0.0 from 0.0
        place = self._places.setdefault(key, len(self._nodes))
        if place == len(self._nodes):
            self._nodes.append(replace(new, id=place))
        return self._nodes[place]
