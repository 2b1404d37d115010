"""The OpenAPI document held to the service by Schemathesis: every check, from examples to chains of calls."""

import re
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(sysconfig.get_path("scripts"), "schemathesis")
PATIENCE = 60
"""Seconds: a request may compute for 30."""
GENERATED = re.compile(r"^\s*([\d,]+) generated", re.MULTILINE)
UNIQUE = re.compile(r"found (\d+) unique failure")


class Exploration(NamedTuple):
    """cases: how many were sent. failures: kinds of wrong answers. text: the report."""

    cases: int
    failures: int
    sound: bool
    text: str


def explored(
    address: str, cases: int, seed: int, phases: str = "examples,coverage,fuzzing,stateful"
) -> Exploration:
    """Up to so many cases for each operation, for every phase."""
    options = [
        "--checks=all", f"--max-examples={cases}", f"--seed={seed}", f"--phases={phases}",
        f"--request-timeout={PATIENCE}", f"--max-response-time={PATIENCE}",
        "--continue-on-failure", "--suppress-health-check=all", "--no-color",
    ]  # fmt: skip
    done = subprocess.run(
        [sys.executable, COMMAND, "--config-file", ROOT / "schemathesis.toml", "run",
         f"{address}/openapi.json", *options],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    counted, unique = GENERATED.search(done.stdout), UNIQUE.search(done.stdout)
    cases = int(counted[1].replace(",", "")) if counted else 0
    return Exploration(
        cases, int(unique[1]) if unique else 0, done.returncode == 0, done.stdout + done.stderr
    )
