"""Where the page's files lie: inside the package when it is installed, beside it in a checkout."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder `name`, looked for inside app/ and then beside it. Raises FileNotFoundError."""
    for home in (PACKAGE, PACKAGE.parent):
        if (home / name).is_dir():
            return home / name
    raise FileNotFoundError(
        f"there is no folder {name!r} in {PACKAGE} or in {PACKAGE.parent}: install the package again"
    )
