"""Settings of the service. Each is an environment variable of the same name."""

import os
import re
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.paths import data_folder

OWN_PATHS = {"api", "docs", "evaluator.js", "expressions", "lecture", "openapi.json", "problems", "static"}

PageVariant = Literal["built", "source"]
"""Whether a page loads its built files or the sources they are built from."""


class Limits(BaseModel):
    """How large anything may be, whichever is reached first; shown in the catalogue.

    None may be so small that a network about which nothing is said does not fit.
    """

    layers: int = Field(11, ge=3, le=100, description="layers with weights, the output layer among them")
    units: int = Field(64, ge=4, description="units in a layer")
    parameters: int = Field(20_000, ge=100)
    rows: int = Field(20_000, ge=4, le=50_000, description="examples of a network, and rows of one request")
    inputs: int = Field(64, ge=2)
    outputs: int = Field(10, ge=1)
    features: int = Field(64, ge=2, le=256)
    letters: int = Field(2_000, ge=200, description="letters in the formulas of all features together")
    resolution: int = Field(400, ge=1, description="points along each side of a boundary")
    numbers: int = Field(2_000_000, ge=1, description="numbers in the layers of one answer")
    body_bytes: int = Field(2_000_000, ge=1)
    work_seconds: float = Field(30.0, gt=0, description="the longest that one request may compute")
    unwatched_seconds: float = Field(60.0, gt=0, description="play without a goal or a viewer ends then")
    unattended_epochs: int = Field(1_000_000, ge=1, description="epochs that a play without a goal may take")
    idle_seconds: float = Field(
        600.0, gt=0, description="a network unused so long leaves memory, not the disk"
    )
    unused_days: float = Field(30.0, gt=0, description="a network unused so long is deleted")
    stored: int = Field(50_000, ge=1, description="networks that are kept, in memory or on the disk")
    resident: int = Field(2_000, ge=1, description="networks in memory at once; idle ones make room")
    playing: int = Field(1_000, ge=1, description="networks that play at once")
    commands: int = Field(64, ge=1, description="commands of one socket that may wait for their answer")


def spare_cores() -> int:
    """The cores that this process may use, but for one; at least one."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, cores - 1)


class Settings(BaseSettings):
    """HOST, PORT, ROOT_PATH (or --root-path), TRAINERS, DATA, LOG_LEVEL, EXHIBITS, LIMITS__ROWS and so on."""

    model_config = SettingsConfigDict(
        env_nested_delimiter="__", cli_prog_name="python -m app", cli_kebab_case=True, cli_hide_none_type=True
    )

    host: str = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65535, description="0 takes any free port")
    root_path: str = Field("", description="the prefix under which a proxy serves the playground")
    data: Path = Field(
        default_factory=data_folder, description="the folder networks live in; :memory: keeps nothing"
    )
    trainers: int = Field(
        default_factory=spare_cores,
        ge=1,
        description="processes that train; by default one for every core but one, at least one",
    )
    silent_seconds: float = Field(
        8.0, ge=0.5, description="a live client that reads nothing for so long is dropped"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "warning", description="minimum severity to log"
    )
    page: PageVariant = Field(
        "built",
        description="which files a page loads: those in static/dist, or the sources they are built from",
    )
    exhibits: Path | None = Field(None, description="a folder of one's own exhibits; docs/exhibits.md")
    limits: Limits = Limits()

    @field_validator("exhibits", mode="before")
    @classmethod
    def _nothing_is_no_folder(cls, given: str | None) -> str | None:
        return given or None

    @field_validator("root_path")
    @classmethod
    def _root_path_is_written_one_way(cls, given: str) -> str:
        path = given.strip("/")
        if path.partition("/")[0] in OWN_PATHS:
            raise ValueError(f"the service itself answers below /{path}: choose another prefix, such as /lab")
        if not re.fullmatch(r"([\w~-][\w.~-]*(/[\w~-][\w.~-]*)*)?", path, re.ASCII):
            raise ValueError(f"a prefix has letters, digits and - . _ ~ between slashes, got {given!r}")
        return path and f"/{path}"
