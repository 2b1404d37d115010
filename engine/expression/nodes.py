"""The nodes of a computation graph, and what is said about a text that is not one."""

from dataclasses import dataclass

from engine.expression.operations import OPERATIONS

VARIABLE = "variable"
CONSTANT = "constant"


class ExpressionError(ValueError):
    """What is wrong with an expression, and the column (from 0) of its text where it is."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position


@dataclass(frozen=True)
class Node:
    """A variable (it has a name), a constant (it has a value), or an operation on nodes before it.

    id: its place in the order. inputs: ids, all smaller. position: where in the text it first stands.
    """

    id: int
    operation: str
    inputs: tuple[int, ...] = ()
    name: str | None = None
    value: float | None = None
    position: int = 0

    @property
    def label(self) -> str:
        """What stands in the node: a name, a number, or the operation's sign."""
        if self.name is not None:
            return self.name
        if self.value is not None:
            return number_text(self.value).replace("-", "−")
        return OPERATIONS[self.operation].label

    def plain(self) -> dict[str, object]:
        """The node as plain values: what it is, and its name, its value or its inputs."""
        if self.name is not None:
            return {"operation": self.operation, "name": self.name}
        if self.value is not None:
            return {"operation": self.operation, "value": self.value}
        return {"operation": self.operation, "inputs": list(self.inputs)}


def number_text(value: float) -> str:
    """All digits of a number, as a person writes them: 2, not 2.0."""
    return repr(value).removesuffix(".0")
