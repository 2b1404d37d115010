"""Base classes and number types of all models."""

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from engine.rng import SEED_LIMIT


class RequestModel(BaseModel):
    """What a client sends: nothing is guessed, unknown fields and numbers that are not finite are refused."""

    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)


class ResponseModel(BaseModel):
    """What the service answers."""


class RegistryName:
    """Marks a string as a name in a registry."""

    def __init__(self, registry: Iterable[str], what: str) -> None:
        self._names = tuple(registry)
        self._what = what

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, _: CoreSchema, __: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "enum": list(self._names)}

    def _check(self, name: str) -> str:
        if name not in self._names:
            raise ValueError(
                f"no {self._what} is called {name[:60]!r}; use one of these: {', '.join(self._names)}"
            )
        return name


Seed = Annotated[int, Field(ge=0, le=SEED_LIMIT)]
Count = Annotated[int, Field(ge=1, le=SEED_LIMIT)]
Share = Annotated[float, Field(gt=0, le=1)]
ROWS = 50_000
"""As many as any setting may allow: what is longer is not looked at any further."""
Row = Annotated[list[float], Field(fail_fast=True, max_length=ROWS)]
Matrix = Annotated[list[Row], Field(fail_fast=True, max_length=ROWS)]
"""The first entry that is no number is told; a body may have a million."""
