"""Typed text cut into its pieces: numbers, names and signs, each with its position."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from engine.expression.nodes import ExpressionError

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
"""What to write instead of a sign that is not one of ours."""

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

FOUND_LENGTH = 20
"""Characters of a piece that an error message shows."""


@dataclass(frozen=True)
class Token:
    """A piece of the text. kind: "number", "name", "sign" or "end"."""

    kind: str
    text: str
    position: int

    def __str__(self) -> str:
        shown = self.text if len(self.text) <= FOUND_LENGTH else self.text[:FOUND_LENGTH] + "…"
        return f"found {shown!r} at position {self.position}" if self.text else "found the end"


def tokens(text: str) -> Iterator[Token]:
    """The pieces of the text; the last one is its end. Raises ExpressionError at an unknown sign."""
    place, kind = 0, ""
    while kind != "end" and (match := TOKEN.match(text, place)):
        place, kind = match.end(), match.lastgroup or ""
        token = Token(kind, match[kind], match.start(kind))
        if kind == "unknown":
            hint = HINTS.get(token.text, "expected numbers, names, + - * / ^ ( ) or ,")
            raise ExpressionError(f"{token}: {hint}", token.position)
        yield token
