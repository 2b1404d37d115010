"""Where this machine keeps its Chromium. Run as a program it says so, or fails and says what is missing."""

import os
import shutil
import subprocess
import sys

NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
)
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def chromium() -> str:
    """Path of the browser: what CHROMIUM says, or the first of the usual names on PATH.

    Raises FileNotFoundError, which names what to install, if there is none.
    """
    chosen = os.environ.get("CHROMIUM")
    found = [path for name in ([chosen] if chosen else NAMES) if (path := shutil.which(name))]
    if not found:
        raise FileNotFoundError(
            f"no browser found: looked for {chosen or ', '.join(NAMES)}. Install one (Debian: "
            "apt-get install chromium-headless-shell) or set CHROMIUM to the path of a Chromium or Chrome."
        )
    return found[0]


def driver() -> str:
    """Version of Playwright, told by the program of its own that drives the browser.

    Raises OSError, which says what its Node.js lacks, if that does not start.
    """
    command = [sys.executable, "-m", "playwright", "--version"]
    told = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    if told.returncode:
        raise OSError(f"Playwright does not start (Debian: it needs libatomic1): {told.stderr.strip()}")
    return told.stdout.strip()


if __name__ == "__main__":
    try:
        print(f"Browser tests use {chromium()}, driven by Playwright's {driver()}")
    except OSError as error:
        sys.exit(f"Browser tests: {error}")
