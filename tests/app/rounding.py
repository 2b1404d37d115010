"""Comparison of JSON values whose numbers another processor may round differently."""

from typing import Any

import pytest


def approximate(value: Any, rel: float, abs: float) -> Any:
    """Return the value with every float replaced by one that equals all floats within the tolerance."""
    if isinstance(value, list):
        return [approximate(entry, rel, abs) for entry in value]
    if isinstance(value, dict):
        return {name: approximate(entry, rel, abs) for name, entry in value.items()}
    return pytest.approx(value, rel=rel, abs=abs) if isinstance(value, float) else value
