"""Model of the catalog: every registry, limit and default."""

from typing import Any

from app.schemas.base import ResponseModel
from app.schemas.spec import ResolvedSpec


class Catalog(ResponseModel):
    """Every registry entry has `name`, `label` and `formula`; `limits` are the settings of the same names."""

    activations: list[dict[str, Any]]
    losses: list[dict[str, Any]]
    optimizers: list[dict[str, Any]]
    schedules: list[dict[str, Any]]
    penalties: list[dict[str, Any]]
    initializers: list[dict[str, Any]]
    datasets: list[dict[str, Any]]
    features: list[dict[str, Any]]
    limits: dict[str, float]
    defaults: ResolvedSpec
