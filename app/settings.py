"""Settings: what whoever runs the service decides. Each is an environment variable of the same name."""

from pydantic import BaseModel, Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Limits(BaseModel):
    """How large anything may be, whichever is reached first; shown in the catalogue."""

    layers: int = Field(10, ge=1)
    units: int = Field(64, ge=1, description="units in a layer")
    parameters: int = Field(20_000, ge=1)
    rows: int = Field(20_000, ge=1, description="examples of a network, and rows of one request")
    inputs: int = Field(64, ge=1)
    outputs: int = Field(10, ge=1)
    features: int = Field(64, ge=1)
    resolution: int = Field(400, ge=1, description="points along each side of a boundary")
    numbers: int = Field(2_000_000, ge=1, description="numbers in the layers of one answer")
    body_bytes: int = Field(2_000_000, ge=1)
    work_seconds: float = Field(30.0, gt=0, description="the longest that one request may compute")
    commands: int = Field(64, ge=1, description="commands of one socket that may wait for their answer")


class Settings(BaseSettings):
    """HOST, PORT, ROOT_PATH and LIMITS__… (LIMITS__ROWS=5000)."""

    model_config = SettingsConfigDict(env_nested_delimiter="__")

    host: str = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65535, description="0 takes any free port")
    root_path: str = Field("", description="the prefix under which a proxy serves the playground")
    limits: Limits = Limits()
