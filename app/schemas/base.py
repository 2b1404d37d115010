"""What every shape has in common."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema


class Asked(BaseModel):
    """What a client sends: nothing is guessed, unknown fields and numbers that are not finite are refused."""

    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)


class Told(BaseModel):
    """What the service answers."""


def one_of(registry: Mapping[str, Any], what: str) -> Any:
    """A name from a registry."""

    def check(name: str) -> str:
        if name not in registry:
            raise ValueError(f"no {what} is called {name[:60]!r}; there are: {', '.join(registry)}")
        return name

    return Annotated[str, AfterValidator(check), WithJsonSchema({"type": "string", "enum": list(registry)})]


SEED_LIMIT = 2**53 - 1
Seed = Annotated[int, Field(ge=0, le=SEED_LIMIT)]
Count = Annotated[int, Field(ge=1, le=SEED_LIMIT)]
Number = Annotated[float, Field()]
Share = Annotated[float, Field(gt=0, le=1)]
Matrix = list[list[float]]
