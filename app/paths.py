"""Paths: the files of the page, in an installed package or beside it in a checkout; the data folder."""

import os
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
NAME = "backprop-playground"


def folder(name: str) -> Path:
    """Return the folder `name`, looked for inside app/ and then beside it. Raises FileNotFoundError."""
    for home in (PACKAGE, PACKAGE.parent):
        if (home / name).is_dir():
            return home / name
    raise FileNotFoundError(
        f"there is no folder {name!r} in {PACKAGE} or in {PACKAGE.parent}: install the package again"
    )


def data_folder() -> Path:
    """Return where this system keeps what programs remember for a user."""
    home = Path.home()
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / NAME
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / NAME
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share") / NAME
