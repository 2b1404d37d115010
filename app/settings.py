"""Settings of the service. Each can be set by an environment variable of the same name."""

import os
import re
from math import ceil
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.paths import data_folder

OWN_PATHS = {"api", "docs", "evaluator.js", "expressions", "lecture", "openapi.json", "problems", "static"}

CPU_QUOTA = Path("/sys/fs/cgroup/cpu.max")
"""Microseconds of processor time in each period, and the period, as the kernel limits a container."""
PageVariant = Literal["built", "source"]
"""Whether a page loads its built files or the sources they are built from."""


class Limits(BaseModel):
    """Limits on sizes and times. `GET catalog` returns them.

    The smallest allowed values still fit the default network.
    """

    layers: int = Field(11, ge=3, le=100, description="layers with weights, including the output layer")
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
    bodies_bytes: int = Field(
        16_000_000, ge=1, description="bytes of all bodies above 64 kB that are read or worked on at once"
    )
    work_seconds: float = Field(30.0, gt=0, description="seconds of computing for one request")
    unwatched_seconds: float = Field(
        60.0, gt=0, description="seconds without a viewer after which a play without a goal pauses"
    )
    unattended_epochs: int = Field(
        1_000_000, ge=1, description="epochs after which a play without a goal pauses"
    )
    idle_seconds: float = Field(
        600.0, gt=0, description="seconds without use after which a network is evicted from memory"
    )
    unused_days: float = Field(30.0, gt=0, description="days without use after which a network is deleted")
    untouched_seconds: float = Field(
        60.0, ge=0, description="seconds for which a network is safe that nobody has watched or changed"
    )
    stored: int = Field(50_000, ge=1, description="stored networks, in memory or on the disk")
    resident: int = Field(2_000, ge=1, description="networks in memory; the longest idle are evicted")
    resident_bytes: int = Field(
        500_000_000, ge=1, description="estimated bytes of the networks in the memory of one trainer"
    )
    connections: int = Field(
        10_000, ge=50, description="open connections; the limit of open files of the system may be lower"
    )
    playing: int = Field(1_000, ge=1, description="networks that play at once")
    commands: int = Field(64, ge=1, description="commands of one socket that may wait for their answer")


def spare_cores() -> int:
    """Return the number of usable cores minus one for the web process, at least one."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, quota_cores()) - 1)


def quota_cores(file: Path = CPU_QUOTA) -> int:
    """Return the cores that a container may use, rounded up; all cores if there is no such limit."""
    try:
        quota, period = file.read_text().split()
        return max(1, ceil(int(quota) / int(period)))
    except (OSError, ValueError):  # no control groups, or "max": no limit
        return os.cpu_count() or 1


class Settings(BaseSettings):
    """Settings. Each option is an environment variable too: --root-path is ROOT_PATH, for example."""

    model_config = SettingsConfigDict(
        env_nested_delimiter="__", cli_prog_name="python -m app", cli_kebab_case=True, cli_hide_none_type=True
    )

    host: str = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65535, description="0 takes any free port")
    root_path: str = Field("", description="the prefix under which a proxy serves the playground")
    data: Path = Field(data_folder(), description="folder of the stored networks; :memory: stores none")
    trainers: int = Field(
        spare_cores(),
        ge=1,
        description="number of training processes; by default the number of cores minus one, at least one",
    )
    silent_seconds: float = Field(
        8.0, ge=0.5, description="seconds without reading after which a live client is disconnected"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "warning", description="minimum severity to log"
    )
    page: PageVariant = Field(
        "built",
        description="which files a page loads: those in static/dist, or the sources they are built from",
    )
    exhibits: Path | None = Field(None, description="folder of your own exhibits; see docs/exhibits.md")
    limits: Limits = Limits()

    @field_validator("exhibits", mode="before")
    @classmethod
    def _empty_is_none(cls, given: str | None) -> str | None:
        return given or None  # Path("") would be the current folder

    @field_validator("root_path")
    @classmethod
    def _normalize_root_path(cls, given: str) -> str:
        path = given.strip("/")
        if path.partition("/")[0] in OWN_PATHS:
            raise ValueError(f"the service itself answers below /{path}: choose another prefix, such as /lab")
        if not re.fullmatch(r"([\w~-][\w.~-]*(/[\w~-][\w.~-]*)*)?", path, re.ASCII):
            raise ValueError(f"a prefix has letters, digits and - . _ ~ between slashes, got {given!r}")
        return path and f"/{path}"
