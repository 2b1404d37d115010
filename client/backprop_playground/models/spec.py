"""Spec of a network with every field resolved, as `state.spec` has it."""

from dataclasses import dataclass, field
from typing import Literal

from backprop_playground.decoding import COLLECTS_REMAINING

Task = Literal["classification", "regression"]


@dataclass(frozen=True, kw_only=True)
class ResolvedPlane:
    """Drawn part of the plane: minimum and maximum of each input."""

    x1: tuple[float, float]
    x2: tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class ResolvedData:
    """Data set. `get_data` returns its rows. name: "own" for user data."""

    name: str
    examples: int
    noise: float | None
    train_fraction: float
    seed: int
    standardize: bool
    task: Task
    class_names: list[str] | None = None


@dataclass(frozen=True, kw_only=True)
class ResolvedLayer:
    """Layer with weights."""

    units: int
    activation: str
    dropout: float


@dataclass(frozen=True, kw_only=True)
class ResolvedChoice:
    """Entry of a registry. hyperparameters: those of the entry, such as {"momentum": 0.9}."""

    name: str
    hyperparameters: dict[str, float] = field(default_factory=dict, metadata={COLLECTS_REMAINING: True})


@dataclass(frozen=True, kw_only=True)
class ResolvedOptimizer(ResolvedChoice):
    """Optimizer with its learning-rate schedule. clip_norm: the maximum norm of a gradient."""

    learning_rate: float
    schedule: ResolvedChoice
    clip_norm: float | None


@dataclass(frozen=True, kw_only=True)
class ResolvedPenalty:
    """Regularization of the weights."""

    name: str
    rate: float


@dataclass(frozen=True, kw_only=True)
class LayerFrozen:
    """Parameters of a layer that stay unchanged: all of W or b, none, or single entries."""

    W: bool | list[list[bool]] = False
    b: bool | list[bool] = False


@dataclass(frozen=True, kw_only=True)
class ResolvedSpec:
    """Spec with a value for every field."""

    seed: int
    dtype: str
    data: ResolvedData
    features: list[str]
    layers: list[ResolvedLayer]
    initializer: ResolvedChoice
    loss: str
    optimizer: ResolvedOptimizer
    penalty: ResolvedPenalty
    batch_size: int
    shuffle: bool
    frozen: list[LayerFrozen] | None = None
    tfplayground: str | None = None
