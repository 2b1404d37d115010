"""The examples of docs/api.md: what is asked, what is answered, and whether that is what is shown.

A block ```http is a request, the next one is its answer. In an answer `…` stands for what is left
out: further fields, further entries, any value, the rest of a sentence or of a text. Numbers are
shown rounded. An id is that of the first network that got it.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

BLOCK = re.compile(r"^```http\n(.*?)\n```\n+```http\n(.*?)\n```$", re.DOTALL | re.MULTILINE)
SOCKET = re.compile(r"^```text\n(GET \S+/live)\n(.*?)\n```$", re.DOTALL | re.MULTILINE)
ID = re.compile(r"(?<![\w-])[\w-]{22}(?![\w-])")
REST = "…"


@dataclass(frozen=True)
class Message:
    """A request or an answer. first: the line it begins with."""

    first: str
    headers: dict[str, str]
    body: str

    @classmethod
    def of(cls, text: str) -> "Message":
        head, _, body = text.partition("\n\n")
        first, *lines = head.split("\n")
        return cls(first, dict(line.split(": ", 1) for line in lines), body)


def examples(text: str) -> Iterator[tuple[Message, Message]]:
    """The requests of a document with their answers, in order."""
    for asked, answered in BLOCK.findall(text):
        yield Message.of(asked), Message.of(answered)


def shown(text: str) -> Any:
    """JSON with `…` in it, read so that `differences` knows what is left out. Numbers keep their digits."""
    whole = re.sub(r"(?<=[{,])(\s*)…(?=\s*\})", r'\1"…": true', text)
    whole = re.sub(r"(?<=[\[,:])(\s*)…(?=\s*[\],}])", r'\1"…"', whole)
    return json.loads(whole, parse_float=Decimal)


def differences(told: Any, answer: Any, place: str = "") -> list[str]:
    """Where an answer is not what is shown of it."""
    if told == REST:
        return []
    match told:
        case dict() if isinstance(answer, dict):
            names = set(told) - {REST}
            more = [] if REST in told else [f"{place}.{name}: is not shown" for name in set(answer) - names]
            missing = [f"{place}.{name}: is shown and not there" for name in names - set(answer)]
            pairs = [(told[name], answer[name], f"{place}.{name}") for name in names & set(answer)]
        case list() if isinstance(answer, list):
            rest = told[-1:] == [REST]
            entries = told[:-1] if rest else told
            fits = len(entries) <= len(answer) if rest else len(entries) == len(answer)
            more, missing = [], [] if fits else [f"{place}: has {len(answer)} entries"]
            pairs = [(*pair, f"{place}.{row}") for row, pair in enumerate(zip(entries, answer, strict=False))]
        case _:
            return [] if _same(told, answer) else [f"{place}: {answer!r} in place of {told!r}"]
    return [*more, *missing, *(line for pair in pairs for line in differences(*pair))]


def _same(told: Any, answer: Any) -> bool:
    if isinstance(told, Decimal) and isinstance(answer, float):
        digits = -int(told.as_tuple().exponent)
        return abs(Decimal(answer) - told) <= Decimal("0.6") * Decimal(10) ** -digits
    if isinstance(told, str) and isinstance(answer, str) and told.endswith(REST):
        return answer.startswith(told[:-1])
    return bool(told == answer) and isinstance(told, bool) == isinstance(answer, bool)
