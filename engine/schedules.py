r"""Learning-rate schedules: how the learning rate changes while a network trains.

Large steps find the valley, small ones its floor. A schedule is a factor on the rate: 1 at first
for all but warm-up, and then as step s (updates made) and epoch e (passes finished) say.

To add one, write its factor (step, epoch, **parameters) and add its entry to SCHEDULES with the
range of each parameter.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import cos, pi

from engine.hyperparameters import HyperParameter, check, defaults


@dataclass(frozen=True)
class Schedule:
    """A learning rate's course.

    formula: TeX of the factor. function: (step, epoch, **parameters) → factor.
    javascript: the same in s, e and the parameters' names, for the page's picture of it.
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
        """Each parameter by name, as it is when not given."""
        return defaults(self.ranges)

    def check(self, **parameters: float) -> None:
        """Raises ValueError for a parameter that is unknown or out of its range."""
        check(self.name, self.ranges, parameters)

    def factor(self, step: int, epoch: int, **parameters: float) -> float:
        """What multiplies the rate after this many steps and epochs; the parameters are not checked."""
        return self.function(step, epoch, **(self.parameters | parameters))


def constant(step: int, epoch: int) -> float:
    """The rate as it was set."""
    return 1.0


def stepwise(step: int, epoch: int, drop: float, every: float) -> float:
    """Falls to a share of itself every so many epochs."""
    return float(drop ** (epoch // every))


def exponential(step: int, epoch: int, decay: float) -> float:
    """Falls by the same share every epoch."""
    return float(decay**epoch)


def inverse_time(step: int, epoch: int, decay: float) -> float:
    """Falls like 1/t, the classic rule under which stochastic descent comes to rest (1951)."""
    return 1 / (1 + decay * epoch)


def cosine(step: int, epoch: int, epochs: float, floor: float) -> float:
    """Half a wave down to the floor, where it stays. Loshchilov and Hutter 2017."""
    share = min(epoch / epochs, 1)
    return floor + (1 - floor) * (1 + cos(pi * share)) / 2


def warmup(step: int, epoch: int, steps: float) -> float:
    """Rises in a straight line over the first steps, while the optimiser gets its bearings."""
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
