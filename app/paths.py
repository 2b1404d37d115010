"""Paths: the files of the page, in an installed package or beside it in a checkout; the data folder."""

import os
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
NAME = "backprop-playground"


def folder(name: str) -> Path:
    """Return the folder `name` inside app/ (wheel) or beside it (checkout). Raises FileNotFoundError."""
    for parent in (PACKAGE, PACKAGE.parent):
        if (parent / name).is_dir():
            return parent / name
    raise FileNotFoundError(
        f"there is no folder {name!r} in {PACKAGE} or in {PACKAGE.parent}: install the package again"
    )


def data_folder() -> Path:
    """Return the folder for this user's data, by the convention of the operating system."""
    home = Path.home()
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / NAME
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share") / NAME
