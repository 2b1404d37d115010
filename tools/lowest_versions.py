"""Lowest versions: print what pyproject.toml requires at least, as exact requirements for pip."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def lowest_versions() -> list[str]:
    """Return the dependencies of the server at their lowest versions, as "numpy==2.2"."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [requirement.replace(">=", "==") for requirement in project["dependencies"]]


if __name__ == "__main__":
    print("\n".join(lowest_versions()))  # noqa: T201 - the output of this program
