"""Where this machine keeps its Chromium. Run as a program it says so, or fails and says what it sought."""

import os
import shutil
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def chromium() -> str:
    """Path of the browser: what CHROMIUM says, or the first of the usual names on PATH.

    Raises FileNotFoundError, which names what to install, if there is none.
    """
    chosen = os.environ.get("CHROMIUM")
    found = [path for name in ([chosen] if chosen else NAMES) if (path := shutil.which(name))]
    if not found:
        raise FileNotFoundError(
            f"no browser found: looked for {chosen or ', '.join(NAMES)}. Install Chromium "
            "(Debian: apt-get install chromium) or set CHROMIUM to the path of a Chromium or Chrome."
        )
    return found[0]


if __name__ == "__main__":
    try:
        print(f"Chromium: {chromium()}")
    except FileNotFoundError as error:
        sys.exit(f"Chromium: {error}")
