r"""TeX linter: errors of a formula that can be found without typesetting it.

KaTeX sets formulas in the browser; here its commands are known (they are read from its own file), what
opens has to be closed, and what takes arguments has to have them. The rest only KaTeX itself could find.
"""

import re
from functools import cache
from typing import NamedTuple

from app.paths import folder

TOKEN = re.compile(r"\\(?:begin|end)\s*\{[^{}]*\}|\\[A-Za-z]+|\\.|[{}^_]|\s+|.", re.DOTALL)
ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([^{}]*)\}")
ARGUMENTS = {
    **dict.fromkeys((r"\frac", r"\dfrac", r"\tfrac", r"\cfrac", r"\binom", r"\underset", r"\overset"), 2),
    **dict.fromkeys((r"\sqrt", r"\text", r"\mathrm", r"\mathbf", r"\operatorname", r"\hat", r"\vec"), 1),
    **dict.fromkeys((r"\bar", r"\overline", r"\underbrace", r"\overbrace", r"\boxed", "^", "_"), 1),
}


class TexError(NamedTuple):
    """Error in a formula: its offset in characters, and what is needed there."""

    at: int
    message: str


@cache
def _known() -> tuple[frozenset[str], frozenset[str]]:
    """Return the commands and environments of KaTeX."""
    text = (folder("static") / "vendor" / "katex.min.js").read_text(encoding="utf-8")
    lists = re.findall(r'names:\[((?:"[A-Za-z*]+",?)+)\]', text)
    environments = frozenset(name.strip('"') for names in lists for name in names.split(","))
    commands = frozenset("\\" + name for name in re.findall(r'"\\\\([A-Za-z]+)\*?"', text))
    return commands, environments


def find_error(tex: str) -> TexError | None:
    """Return the first thing wrong with it, or None."""
    commands, environments = _known()
    tokens = [match for match in TOKEN.finditer(tex) if not match[0].isspace()]
    opened: list[tuple[str, int]] = []
    for token in tokens:
        name, at = token[0], token.start()
        environment = ENVIRONMENT.fullmatch(name)
        if environment and environment[2] not in environments:
            return TexError(at, f"KaTeX has no environment {environment[2]!r}")
        if not environment and re.fullmatch(r"\\[A-Za-z]+", name) and name not in commands:
            return TexError(at, f"KaTeX has no command {name}")
        if name == "{" or name == r"\left" or (environment and environment[1] == "begin"):
            opened.append((name, at))
        elif closed := _closed_by(name):
            if not opened or opened[-1][0] != closed:
                return TexError(at, f"{name} closes nothing: {closed} is missing before it")
            opened.pop()
    if opened:
        return TexError(opened[-1][1], f"{opened[-1][0]} is never closed")
    return _missing_argument(tokens)


def _missing_argument(tokens: list[re.Match[str]]) -> TexError | None:
    """Return the first command without all of its arguments."""
    for index, token in enumerate(tokens):
        wanted = ARGUMENTS.get(token[0], 0)
        if len(_arguments(tokens[index + 1 :])) < wanted:
            count = "an argument" if wanted == 1 else "two arguments"
            return TexError(token.start(), f"{token[0]} needs {count} after it, each a letter or {{…}}")
    return None


def _closed_by(name: str) -> str:
    """Return what this token closes, if it closes anything."""
    if environment := ENVIRONMENT.fullmatch(name):
        return rf"\begin{{{environment[2]}}}" if environment[1] == "end" else ""
    return {"}": "{", r"\right": r"\left"}.get(name, "")


def _arguments(tokens: list[re.Match[str]]) -> list[str]:
    """Return up to two arguments that follow: letters, commands and groups."""
    found: list[str] = []
    depth = 0
    for token in tokens:
        name = token[0]
        depth += (name == "{") - (name == "}")
        if depth < 0 or (depth == 0 and name in ("&", r"\\", "^", "_", r"\right")) or len(found) == 2:
            break
        if depth == 0:
            found.append(name)
    return found
