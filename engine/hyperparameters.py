"""Hyperparameters of registry entries: the default and the range of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf, isfinite


@dataclass(frozen=True)
class HyperParameter:
    """A finite number: what it is when not given, and its range, ends included; `below` is not in it."""

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


def defaults(known: Mapping[str, HyperParameter]) -> dict[str, float]:
    """Each parameter as it is when not given."""
    return {name: parameter.default for name, parameter in known.items()}


def check(owner: str, known: Mapping[str, HyperParameter], given: Mapping[str, float]) -> None:
    """Raises ValueError, naming the owner, for a parameter that is unknown or out of its range."""
    for name, value in given.items():
        if name not in known:
            raise ValueError(
                f"{owner} has no parameter {name!r}; its parameters: {', '.join(known) or 'none'}"
            )
        if value not in known[name]:
            raise ValueError(f"{owner}'s {name} must be {known[name]}, got {value}")
