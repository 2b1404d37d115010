"""Models of exhibits: the header of an exhibit file, and the response about one."""

from typing import Annotated, Any, Literal, get_args

from pydantic import Field, model_validator

from app.schemas.base import RequestModel, ResponseModel, Seed
from app.schemas.spec import Spec
from engine.explain.trace import Phase

WORKSHEET_PARAMETERS = 120
"""The maximum number of parameters of a worksheet's network: the paper shows all of them."""

Part = Literal[
    "network",
    "plane",
    "curve",
    "beside",
    "sliders",
    "table",
    "gates",
    "cell",
    "walk",
    "rounds",
    "shapes",
    "product",
    "norms",
    "batch",
    "faults",
]
"""What an exhibit can show live."""

WITHOUT_NETWORK = {"gates", "cell", "shapes"}
Question = Literal["activations", "gradients", "parameters", "state", "expression"]


class Fact(RequestModel):
    """A number the exhibit must show: which answer of the service it is in, where, and how near.

    at: names and places with dots between them: "layers.0.z", "nodes.3.value". steps: updates made
    before it is asked. x: raw inputs for the activations. network: one of `beside`, else the first.
    """

    of: Question
    at: Annotated[str, Field(min_length=1)]
    value: Any
    within: Annotated[float, Field(gt=0)] = 1e-9
    steps: Annotated[int, Field(ge=0)] = 0
    x: list[list[float]] | None = None
    example: int | None = None
    network: str | None = None
    expression: Annotated[int, Field(ge=0)] = 0
    decimals: Annotated[int, Field(ge=0, le=15)] | None = None


class Rounds(RequestModel):
    """A table of updates: how many, which numbers it shows, and when the output counts as arrived.

    columns: parameters as `GET gradient-check` names them, "a" and "E"; names: how to head them instead.
    """

    count: Annotated[int, Field(ge=1, le=100)]
    columns: list[str]
    names: list[str] | None = None
    target: float | None = None
    tolerance: Annotated[float, Field(gt=0)] | None = None


class Gate(RequestModel):
    """A neuron to put in a place of the network: its bias, then its weights. layer counts the inputs as 1."""

    layer: Annotated[int, Field(ge=2)]
    unit: Annotated[int, Field(ge=1)]
    w: Annotated[list[float], Field(min_length=2)]


class Header(RequestModel):
    """What stands between the two lines of dashes."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
    title: Annotated[str, Field(min_length=1, max_length=80)]
    parts: Annotated[list[Part], Field(min_length=1)]
    network: Spec | None = None
    beside: dict[str, Spec] = Field(default_factory=dict)
    play: bool = False
    example: Annotated[int, Field(ge=0)] = 0
    expressions: list[str] = Field(default_factory=list)
    values: dict[str, float] = Field(default_factory=dict)
    rounds: Rounds | None = None
    walk: list[Phase] = Field(default_factory=lambda: list(get_args(Phase)))
    names: dict[str, str] = Field(default_factory=dict)
    compose: dict[str, Gate] = Field(default_factory=dict)
    seeds: Annotated[list[Seed], Field(max_length=3)] = Field(default_factory=list)
    facts: list[Fact] = Field(default_factory=list)

    @model_validator(mode="after")
    def _parts_have_what_they_show(self) -> "Header":
        live = [part for part in self.parts if part not in WITHOUT_NETWORK]
        if live and self.network is None:
            raise ValueError(f"parts: {live[0]} shows a network, so the header needs a line `network: {{…}}`")
        for part, given in (
            ("gates", self.expressions), ("rounds", self.rounds), ("beside", self.beside),
        ):  # fmt: skip
            if part in self.parts and not given:
                line = "expressions" if part == "gates" else part
                raise ValueError(f"parts: {part} needs a line `{line}: …` in the header")
        return self


class ExhibitSummary(ResponseModel):
    """number: its place in the lecture, from 1. worksheet: it has a network to make one of."""

    number: int
    id: str
    title: str
    language: str
    worksheet: bool


class Exhibit(ExhibitSummary):
    """One page of the lecture. prose: paragraphs, with formulas between single dollars. formulas: TeX.

    fault: what is wrong with its file, and in which line; such a page has no parts.
    """

    parts: list[str]
    prose: list[str]
    formulas: list[str]
    network: dict[str, Any] | None
    beside: dict[str, dict[str, Any]]
    play: bool
    example: int
    expressions: list[str]
    values: dict[str, float]
    rounds: dict[str, Any] | None
    walk: list[str]
    names: dict[str, str]
    compose: dict[str, dict[str, Any]]
    seeds: list[int]
    facts: list[dict[str, Any]]
    fault: str | None = None


class Exhibits(ResponseModel):
    exhibits: list[ExhibitSummary]


class ExhibitStart(RequestModel):
    """network: the name of one of `beside`; the first one otherwise."""

    network: str | None = None
