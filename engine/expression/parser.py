"""Parser: from typed text to a computation graph.

`+ −` bind loosest, `* /` tighter, then a minus in front of an operand, and `^` tightest: −x^2 is
−(x²). `^` groups to the right (2^3^2 is 2^9), the others to the left. An operand is

    a number   a name   function(expression, …)   (expression)   −operand   +operand

Equal names share one node, and so do equal sub-expressions: (x + y) * (x + y) adds once, and that
sum receives two gradients. 1/u is one gate 1/x, −u is one gate ×−1, and −2 is a number. So the
lecture's neuron 1/(1 + exp(-(w0*x0 + w1*x1 + w2))) has the lecture's gates.

The text has a maximum length, which bounds the number of nodes, and a maximum nesting depth. An
expression beyond a limit raises an error that contains the limit.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from engine.expression.graph import Expression
from engine.expression.nodes import ExpressionError, GraphBuilder, Node
from engine.expression.operations import FUNCTIONS, Operation

MAX_LENGTH = 1_000
"""Maximum number of characters in an expression."""
MAX_DEPTH = 100
"""Maximum nesting of brackets, functions, signs and powers. It bounds the parser's recursion."""

HINTS = {
    "**": "a power is written ^",
    "²": "a square is written ^2",
    "³": "a cube is written ^3",
    "×": "a product is written *",
    "·": "a product is written *",
    "÷": "a quotient is written /",
    "−": "a minus is written -",
    "[": "brackets are round",
    "]": "brackets are round",
}
"""Advice in the error message for a sign of another notation."""

TOKEN = re.compile(
    r"""\s*(?:
        (?P<number> (?:[0-9]+\.?[0-9]*|\.[0-9]+) (?:[eE][+-]?[0-9]+)? )
      | (?P<name> [a-zA-Z][a-zA-Z0-9_]* )
      | (?P<sign> [-+*/^(),] (?!(?<=\*)\*) )
      | (?P<end> \Z )
      | (?P<unknown> \*\* | . )
    )""",
    re.DOTALL | re.VERBOSE,
)

MAX_SHOWN_LENGTH = 20
"""Maximum number of characters of a token in an error message."""

OPERAND = "expected a number, a name, a function or ("


@dataclass(frozen=True)
class Token:
    """Token of the text. kind: "number", "name", "sign" or "end"."""

    kind: str
    text: str
    position: int

    def __str__(self) -> str:
        shown = self.text if len(self.text) <= MAX_SHOWN_LENGTH else self.text[:MAX_SHOWN_LENGTH] + "…"
        return f"found {shown!r} at position {self.position}" if self.text else "found the end"


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of the text; the last one is "end". Raises ExpressionError at an unknown sign."""
    offset, kind = 0, ""
    while kind != "end" and (match := TOKEN.match(text, offset)):
        offset, kind = match.end(), match.lastgroup or ""
        token = Token(kind, match[kind], match.start(kind))
        if kind == "unknown":
            hint = HINTS.get(token.text, "expected numbers, names, + - * / ^ ( ) or ,")
            raise ExpressionError(f"{token}: {hint}", token.position)
        yield token


class Infix(NamedTuple):
    """Infix operation. binds: its precedence. right: the lowest precedence in its right operand."""

    operation: str
    binds: int
    right: int


INFIX = {
    "+": Infix("add", 1, 2),
    "-": Infix("subtract", 1, 2),
    "*": Infix("multiply", 2, 3),
    "/": Infix("divide", 2, 3),
    "^": Infix("power", 4, 4),
}
SIGN_BINDS = 3


def parse(text: str) -> Expression:
    """Return the expression of a text. Raises ExpressionError, which has the position of the error."""
    if len(text) > MAX_LENGTH:
        message = f"an expression has at most {MAX_LENGTH:,} characters, got {len(text):,}"
        raise ExpressionError(message, MAX_LENGTH)
    parser = _Parser(text)
    last = parser.expression()
    if parser.token.kind != "end":
        raise parser.error("expected + - * / ^ or the end; write a product with *")
    return Expression(text, parser.graph.reaching(last))


class _Parser:
    """Parser by precedence climbing, with one token of look-ahead."""

    def __init__(self, text: str) -> None:
        self.graph = GraphBuilder()
        self.depth = 0
        self._tokens = tokens(text)
        self.token = next(self._tokens)

    def expression(self, min_binds: int = 1) -> Node:
        """Parse operands joined by infix operations of at least this precedence."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.error(f"nothing may be nested deeper than {MAX_DEPTH} levels")
        left = self.operand()
        while (infix := INFIX.get(self.token.text)) and infix.binds >= min_binds:
            position = self.take().position
            left = self.graph.gate(infix.operation, (left, self.expression(infix.right)), position)
        self.depth -= 1
        return left

    def operand(self) -> Node:
        token = self.take()
        match token.kind, token.text:
            case "number", text:
                return self.number(text, token)
            case "name", name if self.token.text == "(":
                return self.call(name, token)
            case "name", name if name in FUNCTIONS:
                raise self.error(f"expected ( after the function {name}")
            case "name", name:
                return self.graph.variable(name, token.position)
            case "sign", "(":
                inner = self.expression()
                self.expect(")")
                return inner
            case "sign", "-":
                return self.graph.gate("negate", (self.expression(SIGN_BINDS),), token.position)
            case "sign", "+":
                return self.expression(SIGN_BINDS)
        raise _error(token, OPERAND)

    def number(self, text: str, token: Token) -> Node:
        value = float(text)
        if not math.isfinite(value):
            raise _error(token, "a number must be at most about 1.8e308")
        return self.graph.constant(value, token.position)

    def call(self, name: str, token: Token) -> Node:
        """Parse the arguments of function(first, second, …) from the opening bracket."""
        operation = FUNCTIONS.get(name)
        if operation is None:
            raise _error(
                token,
                f"this is not a function; use one of these: {', '.join(FUNCTIONS)}; write a product with *",
            )
        self.expect("(")
        arguments = [self.expression()]
        while self.token.text == ",":
            self.take()
            arguments.append(self.expression())
        self.expect(")")
        return self.apply(operation, arguments, token)

    def apply(self, operation: Operation, arguments: list[Node], token: Token) -> Node:
        count = len(arguments)
        if count != operation.arity and not (operation.chains and count > operation.arity):
            more = " or more" if operation.chains else ""
            needed = f"{operation.arity}{more} argument{'s' if operation.arity > 1 else ''}"
            raise _error(token, f"{operation.name} takes {needed}, got {count}")
        result = self.graph.gate(operation.name, tuple(arguments[: operation.arity]), token.position)
        for argument in arguments[operation.arity :]:
            result = self.graph.gate(operation.name, (result, argument), token.position)
        return result

    def take(self) -> Token:
        """Return the current token and advance to the next one."""
        taken = self.token
        if taken.kind != "end":
            self.token = next(self._tokens)
        return taken

    def expect(self, sign: str) -> None:
        if self.token.text != sign:
            raise self.error(f"expected {sign}, or + - * / ^" if sign == ")" else f"expected {sign}")
        self.take()

    def error(self, expected: str) -> ExpressionError:
        return _error(self.token, expected)


def _error(token: Token, expected: str) -> ExpressionError:
    return ExpressionError(f"{token}: {expected}", token.position)
