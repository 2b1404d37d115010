"""Offsets in a JSON text of a value that is named by its path: "layers.1.activation"."""

import re
from json import JSONDecoder

SPACE = re.compile(r"\s*")
_decode = JSONDecoder().raw_decode


def offset_of(text: str, place: str, at: int = 0) -> int:
    """Return where the value begins, or the innermost one around it that is there. text: valid JSON."""
    at = _past_space(text, at)
    if not place or text[at] not in "{[":
        return at
    inside, position = _past_space(text, at + 1), 0
    while text[inside] not in "}]":
        name = str(position)
        if text[at] == "{":
            name, inside = _decode(text, inside)
            inside = _past_space(text, _past_space(text, inside) + 1)
        if place == name or place.startswith(f"{name}."):
            return offset_of(text, place[len(name) + 1 :], inside)
        _, inside = _decode(text, inside)
        inside = _past_space(text, inside)
        if text[inside] == ",":
            inside = _past_space(text, inside + 1)
        position += 1
    return at


def _past_space(text: str, at: int) -> int:
    found = SPACE.match(text, at)
    return found.end() if found else at
