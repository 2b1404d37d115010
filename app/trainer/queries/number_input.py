"""Number input: numbers as people write them, 0.73, 0,73, −3/8, 1 1/2, 2,5·10⁻³, 1e-4, 73 %."""

import re
from math import isfinite

LONGEST = 40
SIGNS = str.maketrans({"−": "-", "–": "-", "×": "*", "·": "*", "⁄": "/", "\u00a0": " ", "\u202f": " "})
RAISED = str.maketrans("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹", "-+0123456789")
DECIMAL = r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)"
POWER = re.compile(rf"({DECIMAL})\s*\*\s*10\s*\^?\s*([+-]?\d+)$")
MIXED = re.compile(r"([+-]?)(\d+)\s+(\d+)\s*/\s*(\d+)$")
FRACTION = re.compile(rf"({DECIMAL})\s*/\s*({DECIMAL})$")
PLAIN = re.compile(rf"({DECIMAL}(?:[eE][+-]?\d+)?)\s*(%?)$")


def typed_number(text: str) -> float | None:
    """Return the number that was typed; None if the text is not a number."""
    plain = text.strip().translate(SIGNS)
    if len(plain) > LONGEST:
        return None
    try:
        value = _read(
            re.sub(r"10\s*([⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda found: "10^" + found[1].translate(RAISED), plain)
        )
    except (ZeroDivisionError, OverflowError):
        return None
    return value if value is not None and isfinite(value) else None


def _read(text: str) -> float | None:
    if found := MIXED.match(text):
        sign, whole, above, below = found.groups()
        return float(f"{sign}1") * (int(whole) + int(above) / int(below))
    if found := FRACTION.match(text):
        return _decimal(found[1]) / _decimal(found[2])
    if found := POWER.match(text):
        return _decimal(found[1]) * 10.0 ** int(found[2])
    if found := PLAIN.match(text):
        return _decimal(found[1]) / (100 if found[2] else 1)
    return None


def _decimal(text: str) -> float:
    return float(text.replace(",", "."))
