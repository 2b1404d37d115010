"""Hyperparameters of registry entries: the default and the range of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf, isfinite


@dataclass(frozen=True)
class HyperParameter:
    """Finite number with a default and a range from `lowest` to `highest`, and less than `below`."""

    default: float
    lowest: float = -inf
    highest: float = inf
    below: float = inf

    def __str__(self) -> str:
        limits = [f"at least {self.lowest:g}"] if isfinite(self.lowest) else []
        limits += [f"at most {self.highest:g}"] if isfinite(self.highest) else []
        limits += [f"less than {self.below:g}"] if isfinite(self.below) else []
        return " and ".join(limits) or "a finite number"

    def __contains__(self, value: float) -> bool:
        return isfinite(value) and self.lowest <= value <= self.highest and value < self.below


def defaults(ranges: Mapping[str, HyperParameter]) -> dict[str, float]:
    """Return the default of each parameter."""
    return {name: parameter.default for name, parameter in ranges.items()}


def check(owner: str, ranges: Mapping[str, HyperParameter], values: Mapping[str, float]) -> None:
    """Raise ValueError, naming the owner, for a parameter that is unknown or out of its range."""
    for name, value in values.items():
        if name not in ranges:
            raise ValueError(
                f"{owner} has no parameter {name!r}; its parameters: {', '.join(ranges) or 'none'}"
            )
        if value not in ranges[name]:
            raise ValueError(f"{owner}'s {name} must be {ranges[name]}, got {value}")
