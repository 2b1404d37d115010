"""Response models of a network: its state, parameters, data, and history."""

import io
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from backprop_playground.decoding import Numbers, Words
from backprop_playground.models.spec import ResolvedPlane, ResolvedSpec, Task

Status = Literal["paused", "playing", "reached", "diverged"]
CauseKind = Literal[
    "diverged", "step", "epoch", "train_loss", "test_loss", "plateau", "unattended", "unwatched", "fault"
]


@dataclass(frozen=True, kw_only=True)
class Score:
    """Score on some rows. loss: E without penalty. accuracy: None for regression. r2: None for classes."""

    loss: float | None
    accuracy: float | None
    r2: float | None


@dataclass(frozen=True, kw_only=True)
class Start:
    """Start of training. modified: whether parameters at step 0 were set by hand."""

    modified: bool


@dataclass(frozen=True, kw_only=True)
class Feature:
    """Formula of a feature, and its computation graph. The last node is the value."""

    formula: str
    nodes: list[dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Standardization:
    """Mean and scale of each feature over the training rows."""

    mean: list[float]
    scale: list[float]


@dataclass(frozen=True, kw_only=True)
class Cause:
    """Reason why training stopped by itself. values: the numbers of that reason, by kind."""

    kind: CauseKind
    values: dict[str, float | str | None]


@dataclass(frozen=True, kw_only=True)
class NetworkState:
    """Network at one moment. version: the number of accepted commands.

    cause: the reason for a stop that no command caused. reason: the same as a sentence.
    data_version: the version that set the data. page: the network's address for a browser.
    notes: what could not be adopted exactly from an import.
    """

    id: str
    version: int
    data_version: int
    page: str
    status: Status
    reason: str | None
    cause: Cause | None
    playing: bool
    stepping: bool
    pace: float | None
    step: int
    epoch: int
    train: Score
    test: Score | None
    task: Task
    classes: int
    spec: ResolvedSpec
    features: list[Feature]
    standardization: Standardization | None
    plane: ResolvedPlane | None
    start: Start
    notes: list[str]


@dataclass(frozen=True, kw_only=True)
class PatchedState(NetworkState):
    """State after a change. parameters: "kept" if they still fit, otherwise "new"."""

    parameters: Literal["kept", "new"]


class Layer(NamedTuple):
    """W (units, inputs) and b (units,) of one layer."""

    W: NDArray[np.floating[Any]]
    b: NDArray[np.floating[Any]]


def read_layers(archive: bytes) -> list[Layer]:
    """Return the layers in a NumPy archive of W1, b1, W2, b2, …"""
    with np.load(io.BytesIO(archive), allow_pickle=False) as arrays:
        count = sum(name.startswith("W") for name in arrays.files)
        return [Layer(arrays[f"W{layer}"], arrays[f"b{layer}"]) for layer in range(1, count + 1)]


@dataclass(frozen=True, kw_only=True)
class Data:
    """Data set with all rows.

    x (rows, inputs), y (rows, outputs) as trained towards, labels as given, split "train" or "test".
    """

    task: Task
    classes: int
    inputs: list[str]
    x: Numbers
    y: Numbers
    class_names: list[str] | None
    labels: Numbers
    split: Words
    plane: ResolvedPlane | None


@dataclass(frozen=True, kw_only=True)
class HistoryRow:
    """Scores at the end of an epoch."""

    epoch: int
    step: int
    train: Score
    test: Score | None


@dataclass(frozen=True, kw_only=True)
class History:
    """Scores of every recorded epoch."""

    rows: list[HistoryRow]
