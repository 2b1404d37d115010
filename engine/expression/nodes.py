"""Nodes of a computation graph, their builder, and errors with a position in the text."""

from dataclasses import dataclass, replace

from engine.expression.operations import OPERATIONS

VARIABLE = "variable"
CONSTANT = "constant"


class ExpressionError(ValueError):
    """Error in an expression. position: the column of the text, from 0."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position


@dataclass(frozen=True)
class Node:
    """Node of a graph: a variable (with a name), a constant (with a value), or an operation (with inputs).

    id: its index in the order of evaluation. inputs: ids, all smaller than its own.
    position: the column of its first occurrence in the text.
    """

    id: int
    operation: str
    inputs: tuple[int, ...] = ()
    name: str | None = None
    value: float | None = None
    position: int = 0

    @property
    def label(self) -> str:
        """The text inside the node: a name, a number, or the operation's sign."""
        if self.name is not None:
            return self.name
        if self.value is not None:
            return number_text(self.value).replace("-", "−")
        return OPERATIONS[self.operation].label

    def to_dict(self) -> dict[str, object]:
        """Return the node as JSON values: its operation, and its name, its value or its inputs."""
        if self.name is not None:
            return {"operation": self.operation, "name": self.name}
        if self.value is not None:
            return {"operation": self.operation, "value": self.value}
        return {"operation": self.operation, "inputs": list(self.inputs)}


def number_text(value: float) -> str:
    """Return all digits of a number without a trailing ".0"."""
    return repr(value).removesuffix(".0")


class GraphBuilder:
    """Builder of a graph that reuses equal nodes (hash consing)."""

    def __init__(self) -> None:
        self._nodes: list[Node] = []
        self._ids: dict[tuple[object, ...], int] = {}

    def variable(self, name: str, position: int) -> Node:
        """Return the node of this name, the same one for each call."""
        return self._node(Node(0, VARIABLE, name=name, position=position))

    def constant(self, value: float, position: int) -> Node:
        """Return the node of this number, the same one for each call."""
        return self._node(Node(0, CONSTANT, value=value, position=position))

    def gate(self, operation: str, inputs: tuple[Node, ...], position: int) -> Node:
        """Return the operation's node; −(number) becomes a constant and 1/u the gate 1/x."""
        first = inputs[0]
        if operation == "negate" and first.value is not None:
            return self.constant(-first.value, position)
        if operation == "divide" and first.value == 1:
            operation, inputs = "reciprocal", inputs[1:]
        return self._node(Node(0, operation, tuple(node.id for node in inputs), position=position))

    def reaching(self, last: Node) -> tuple[Node, ...]:
        """Return the nodes that `last` depends on, with `last` at the end, renumbered from 0."""
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
        node_id = self._ids.setdefault(key, len(self._nodes))
        if node_id == len(self._nodes):
            self._nodes.append(replace(new, id=node_id))
        return self._nodes[node_id]
