"""Spec of a network: as a client gives it with every field optional, and resolved with every field set."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from app.schemas.base import ROWS, Count, Matrix, RegistryName, RequestModel, Row, Seed, Share
from engine.activations import ACTIVATIONS
from engine.data import DATASETS, NOISE_LIMIT
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.penalties import PENALTIES
from engine.schedules import SCHEDULES
from engine.training.history import ROW_LIMIT

OWN_DATA = "own"
ActivationName = Annotated[str, RegistryName(ACTIVATIONS, "activation")]
DatasetName = Annotated[str, RegistryName((*DATASETS, OWN_DATA), "data set")]
InitializerName = Annotated[str, RegistryName(INITIALIZERS, "initializer")]
LossName = Annotated[str, RegistryName(LOSSES, "loss")]
OptimizerName = Annotated[str, RegistryName(OPTIMIZERS, "optimizer")]
PenaltyName = Annotated[str, RegistryName(PENALTIES, "penalty")]
ScheduleName = Annotated[str, RegistryName(SCHEDULES, "schedule")]

Task = Literal["classification", "regression"]
CLASS_LIMIT = 10
LAYERS, FEATURES = 100, 256
"""As many as any setting may allow."""
Name = Annotated[str, Field(min_length=1, max_length=60)]
Noise = Annotated[float, Field(ge=0, le=NOISE_LIMIT)]
Rate = Annotated[float, Field(gt=0)]
Dropout = Annotated[float, Field(ge=0, lt=1)]
Past = Annotated[int, Field(ge=0, le=2**53 - 1)]
Interval = Annotated[list[float], Field(min_length=2, max_length=2)]
Flags = Annotated[list[bool], Field(fail_fast=True)]
Formula = Annotated[str, Field(min_length=1, max_length=1000)]


def _bare_layers(value: Any) -> Any:
    """Return the list of layers, also from what GET parameters answers, {"layers": […]}."""
    return (
        value["layers"] if isinstance(value, dict) and set(value) <= {"layers", "step"} and value else value
    )


class PlaneSpec(RequestModel):
    """The part of the plane shown."""

    x1: Interval
    x2: Interval


class ChoiceSpec(RequestModel):
    """A registry entry; those of its own parameters that differ from their defaults are further fields."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, float] = Field(init=False)


class LayerParameters(RequestModel):
    """W (units, inputs) and b (units,) of one layer."""

    W: Matrix
    b: Row


class LayerFrozen(RequestModel):
    """What keeps its value: all of W or b, none, or single entries."""

    W: bool | Annotated[list[Flags], Field(fail_fast=True)] = False
    b: bool | Flags = False


ParameterLayers = Annotated[list[LayerParameters], Field(max_length=LAYERS), BeforeValidator(_bare_layers)]


class DataSpec(RequestModel):
    """Generated data by name, or data of one's own as `points`, or as `inputs` and `targets`.

    class_names: what a person calls the classes, in their order.
    """

    name: DatasetName | None = None
    examples: Count | None = None
    noise: Noise | None = None
    train_fraction: Share | None = None
    seed: Seed | None = None
    standardize: bool | None = None
    plane: PlaneSpec | None = None
    points: Matrix | None = None
    inputs: Matrix | None = None
    targets: Row | Matrix | None = None
    split: Annotated[list[Literal["train", "test"]], Field(fail_fast=True, max_length=ROWS)] | None = None
    task: Task | None = None
    class_names: Annotated[list[Name], Field(max_length=CLASS_LIMIT)] | None = None


class LayerSpec(RequestModel):
    """One layer. Only the last may leave its units to the data."""

    units: Count | None = None
    activation: ActivationName | None = None
    dropout: Dropout | None = None


class InitializerSpec(ChoiceSpec):
    name: InitializerName | None = None


class ScheduleSpec(ChoiceSpec):
    name: ScheduleName | None = None


class OptimizerSpec(ChoiceSpec):
    name: OptimizerName | None = None
    learning_rate: Rate | None = None
    schedule: ScheduleSpec | None = None
    clip_norm: Rate | None = None


class PenaltySpec(RequestModel):
    name: PenaltyName | None = None
    rate: Annotated[float, Field(ge=0)] | None = None


class ScoreSpec(RequestModel):
    loss: float | None = None
    accuracy: float | None = None
    r2: float | None = None


class HistoryRowSpec(RequestModel):
    epoch: Past
    step: Past
    train: ScoreSpec
    test: ScoreSpec | None = None


class Progress(RequestModel):
    """How far a network had come when it was exported. start: where it began, if that was set by hand."""

    step: Past
    epoch: Past
    history: Annotated[list[HistoryRowSpec], Field(max_length=ROW_LIMIT)] = Field(default_factory=list)
    start: ParameterLayers | None = None


class Spec(RequestModel):
    """What a network is and how it trains. Every field may be left out; the defaults follow the data.

    tfplayground: a TensorFlow Playground link, or its part behind the #; other fields go before its own.
    """

    tfplayground: Annotated[str, Field(max_length=4000)] | None = None
    seed: Seed | None = None
    dtype: Literal["float64", "float32"] | None = None
    data: DataSpec | None = None
    features: Annotated[list[Formula], Field(min_length=1, max_length=FEATURES)] | None = None
    layers: Annotated[list[LayerSpec], Field(min_length=1, max_length=LAYERS)] | None = None
    initializer: InitializerSpec | None = None
    loss: LossName | None = None
    optimizer: OptimizerSpec | None = None
    penalty: PenaltySpec | None = None
    batch_size: Count | None = None
    shuffle: bool | None = None
    parameters: ParameterLayers | None = None
    frozen: Annotated[list[LayerFrozen], Field(max_length=LAYERS), BeforeValidator(_bare_layers)] | None = (
        None
    )
    progress: Progress | None = None


class ResolvedPlane(BaseModel):
    x1: tuple[float, float]
    x2: tuple[float, float]


class ResolvedData(BaseModel):
    """name "own": the rows themselves are in GET data."""

    name: str
    examples: int
    noise: float | None
    train_fraction: float
    seed: int
    standardize: bool
    task: Task
    class_names: list[str] | None = None


class ResolvedLayer(BaseModel):
    units: int
    activation: str
    dropout: float


class ResolvedChoice(BaseModel):
    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, float] = Field(init=False)
    name: str


class ResolvedOptimizer(ResolvedChoice):
    learning_rate: float
    schedule: ResolvedChoice
    clip_norm: float | None


class ResolvedPenalty(BaseModel):
    name: str
    rate: float


class ResolvedSpec(BaseModel):
    """A spec with every field filled in."""

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
