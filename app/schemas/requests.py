"""Request models: the commands and queries of a network."""

from typing import Annotated, Any, Literal

from pydantic import Field

from app.schemas.base import ROWS, Count, Matrix, RequestModel, Row, Seed
from app.schemas.spec import ActivationName, DataSpec, ParameterLayers

Split = Literal["train", "test"]
RowNumber = Annotated[int, Field(ge=0)]


class Steps(RequestModel):
    """Train by so many updates, passes over the training rows, or single rows."""

    count: Count = 1
    unit: Literal["step", "epoch", "example"] = "step"


class Plateau(RequestModel):
    """The training loss moved by less than `change` over the last `epochs` epochs."""

    epochs: Count
    change: Annotated[float, Field(gt=0)]


class Until(RequestModel):
    """Play stops at the first of these that is reached."""

    train_loss: float | None = None
    test_loss: float | None = None
    epoch: Count | None = None
    step: Count | None = None
    plateau: Plateau | None = None


class Play(RequestModel):
    """Train on. epochs_per_second: null for as fast as it goes."""

    epochs_per_second: Annotated[float, Field(gt=0)] | None = None
    until: Until | None = None


class Pause(RequestModel):
    """Stop playing."""


class Reset(RequestModel):
    """Back to the start; with a seed, to a start drawn from it."""

    seed: Seed | None = None


class Rewind(RequestModel):
    """Back to the network as it was at this version.

    keep_training: take back the change after it alone. Where its parameters still fit, today's stay, but
    for those that the change set.
    """

    version: Count
    keep_training: bool = False


class Parameters(RequestModel):
    """All parameters, layer by layer."""

    layers: ParameterLayers


class ParameterChange(RequestModel):
    """One weight or bias, named as `POST …/gradient-check` names it: w_12^(1), with w_10^(1) for a bias."""

    parameter: Annotated[str, Field(min_length=1, max_length=60)]
    value: float


class ParameterChanges(RequestModel):
    """Single parameters; all others stay as they are."""

    changes: Annotated[list[ParameterChange], Field(min_length=1, max_length=1000)]


class DataChange(DataSpec):
    """Other data. fit: choose the plane anew, as a plane is otherwise kept while all points lie on it."""

    fit: bool = False


class NewRow(RequestModel):
    """One more example, at the end. y: as `labels` in GET data, a list where there are several outputs."""

    x: Row
    y: float | Row
    split: Split = "train"


class RowUpdate(RequestModel):
    """What is another about the row of this number; what is not said stays."""

    row: RowNumber
    x: Row | None = None
    y: float | Row | None = None
    split: Split | None = None


class RowChanges(RequestModel):
    """Single examples; all others stay. Rows are numbered as they are before; new ones come last."""

    change: Annotated[list[RowUpdate], Field(max_length=1000)] = Field(default_factory=list)
    remove: Annotated[list[RowNumber], Field(max_length=ROWS)] = Field(default_factory=list)
    add: Annotated[list[NewRow], Field(max_length=1000)] = Field(default_factory=list)


class Patch(RequestModel):
    """Change the spec. change: a JSON merge patch (RFC 7396) of it."""

    change: dict[str, Any]


class InputRows(RequestModel):
    """Raw inputs, a row each."""

    x: Matrix


class GradientCheck(RequestModel):
    """h: how far each parameter is moved. example: check on one row; all training rows otherwise."""

    h: Annotated[float, Field(ge=1e-12, le=1)] = 1e-5
    example: Annotated[int, Field(ge=0)] | None = None


class ExpressionRequest(RequestModel):
    """A formula and a number for each name in it.

    decimals: to which every gate rounds, as on slides. gradient: what comes back to the whole formula,
    where it is part of something larger. elementary: with activations cut into the gates they are made of.
    """

    expression: Annotated[str, Field(min_length=1)]
    values: dict[str, float] = Field(default_factory=dict)
    decimals: Annotated[int, Field(ge=0, le=15)] | None = None
    gradient: float = 1
    elementary: bool = False


class ActivationRequest(RequestModel):
    """An activation function by name, and where it is to be computed."""

    name: ActivationName
    z: Annotated[list[float], Field(min_length=1, max_length=2001)]
