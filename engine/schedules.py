r"""Learning-rate schedules: how the learning rate changes while a network trains.

Large steps find the valley, small ones its floor. A schedule is a factor on the rate. It depends on
the step s (updates made) or the epoch e (passes finished), and starts at 1 except for warm-up.

To add one, write its factor (step, epoch, **parameters) and add its entry to SCHEDULES with the
range of each parameter.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import cos, pi

from engine.hyperparameters import HyperParameter, check, defaults


@dataclass(frozen=True)
class Schedule:
    """Schedule of the learning rate.

    formula: TeX of the factor. function: (step, epoch, **parameters) → factor.
    javascript: the factor in s, e and the parameters' names, for the plot in the page.
    ranges: each parameter by name. counts_steps: whether the factor changes within an epoch.
    """

    name: str
    label: str
    formula: str
    function: Callable[..., float]
    javascript: str
    ranges: dict[str, HyperParameter] = field(default_factory=dict)
    counts_steps: bool = False

    @property
    def parameters(self) -> dict[str, float]:
        """The default of each parameter by name."""
        return defaults(self.ranges)

    def check(self, **parameters: float) -> None:
        """Raise ValueError for a parameter that is unknown or out of its range."""
        check(self.name, self.ranges, parameters)

    def factor(self, step: int, epoch: int, **parameters: float) -> float:
        """Return the factor after these numbers of steps and epochs; the parameters are not checked."""
        return self.function(step, epoch, **(self.parameters | parameters))


def constant(step: int, epoch: int) -> float:
    """Return 1: the learning rate does not change."""
    return 1.0


def stepwise(step: int, epoch: int, drop: float, every: float) -> float:
    """Multiply by `drop` every `every` epochs."""
    return float(drop ** (epoch // every))


def exponential(step: int, epoch: int, decay: float) -> float:
    """Multiply by `decay` every epoch."""
    return float(decay**epoch)


def inverse_time(step: int, epoch: int, decay: float) -> float:
    """Fall like 1/t, under which stochastic approximation converges (Robbins, Monro 1951)."""
    return 1 / (1 + decay * epoch)


def cosine(step: int, epoch: int, epochs: float, floor: float) -> float:
    """Fall along half a cosine wave to `floor`, and remain there (Loshchilov, Hutter 2017)."""
    share = min(epoch / epochs, 1)
    return floor + (1 - floor) * (1 + cos(pi * share)) / 2


def warmup(step: int, epoch: int, steps: float) -> float:
    """Rise linearly over the first steps, while the optimizer's running means are still unreliable."""
    return min((step + 1) / steps, 1)


SCHEDULES: dict[str, Schedule] = {
    entry.name: entry
    for entry in (
        Schedule("constant", "Constant", "1", constant, "1"),
        Schedule(
            "step", "In steps", r"d^{\lfloor e / k \rfloor}",
            stepwise, "drop ** Math.floor(e / every)",
            {"drop": HyperParameter(0.5, 0, 1), "every": HyperParameter(100, 1)},
        ),
        Schedule(
            "exponential", "Exponential", "d^e", exponential, "decay ** e",
            {"decay": HyperParameter(0.99, 0, 1)},
        ),
        Schedule(
            "inverse_time", "1/t", r"\frac{1}{1 + d\,e}", inverse_time,
            "1 / (1 + decay * e)", {"decay": HyperParameter(0.01, 0)},
        ),
        Schedule(
            "cosine", "Cosine", r"f + (1 - f)\,\tfrac12\left(1 + \cos \pi \tfrac{\min(e, T)}{T}\right)",
            cosine, "floor + ((1 - floor) * (1 + Math.cos(Math.PI * Math.min(e / epochs, 1)))) / 2",
            {"epochs": HyperParameter(500, 1), "floor": HyperParameter(0, 0, 1)},
        ),
        Schedule(
            "warmup", "Warm-up", r"\min\left(1, \tfrac{s + 1}{T}\right)",
            warmup, "Math.min((s + 1) / steps, 1)", {"steps": HyperParameter(100, 1)}, counts_steps=True,
        ),
    )
}  # fmt: skip
