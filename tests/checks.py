"""Runs the checks of the project and prints a summary.

`python -m tests.checks` runs all, `python -m tests.checks check` a subset, `… lint types` only those two.
"""

import os
import shlex
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
SECONDS_ALLOWED = 1200
NOT_RUN = 127

# The browser tests have a process of their own: Playwright's synchronous interface leaves an event loop in
# the thread that used it, where no asynchronous test can run any more. Two of each at a time: much of a test
# is waiting for a server or a page.
CHECKS = {
    "lint": "ruff check .",
    "format": "ruff format --check .",
    "types": "mypy",
    "page-lint": "biome ci --error-on-warnings",
    "page-types": "tsc --project jsconfig.json",
    "built-page": "node tools/build_page.mjs --check",
    "fast-tests": "pytest --quiet --numprocesses=2 --ignore=tests/browser -m 'not slow'",
    "tests": "pytest --quiet --numprocesses=2 --ignore=tests/browser --durations=10",
    "browser-tests": "pytest --quiet --numprocesses=2 tests/browser --durations=10",
}
STATIC = [name for name in CHECKS if not name.endswith("tests")]
SUBSETS = {
    "all": [*STATIC, "tests", "browser-tests"],
    "check": [*STATIC, "fast-tests"],
    "static": STATIC,
}


class Outcome(NamedTuple):
    """How a check went: its name, whether it passed, what to say of it, and seconds."""

    name: str
    passed: bool
    remark: str
    seconds: float


def environment() -> dict[str, str]:
    """The environment, this Python's own tools and the node packages beside them found before all others."""
    packages = Path(sys.prefix, "node", "node_modules")
    tools = [packages / ".bin", Path(sys.prefix, "bin")]
    return os.environ | {
        "PATH": os.pathsep.join([*map(str, tools), os.environ["PATH"]]),
        "NODE_PATH": str(packages),
    }


def run(name: str, seconds_left: float) -> Outcome:
    """Run one check, its output shown as it comes."""
    print(f"\n── {name}: {CHECKS[name]}", flush=True)
    begin = time.monotonic()
    try:
        done = subprocess.run(
            shlex.split(CHECKS[name]),
            cwd=ROOT,
            env=environment(),
            stdin=subprocess.DEVNULL,
            timeout=max(seconds_left, 1),
            check=False,
        )
        passed, remark = (
            done.returncode == 0,
            "" if done.returncode == 0 else f"exit status {done.returncode}",
        )
    except subprocess.TimeoutExpired:
        passed, remark = False, f"stopped: all checks together may take {SECONDS_ALLOWED} s"
    except FileNotFoundError as error:
        passed, remark = False, f"{error.filename} is not installed; make setup installs it"
    return Outcome(name, passed, remark, time.monotonic() - begin)


def expand(names: list[str]) -> list[str]:
    """Return the checks that these names of checks and subsets stand for, each once."""
    return list(dict.fromkeys(check for name in names for check in SUBSETS.get(name, [name])))


def main(names: list[str]) -> int:
    """Run the named checks or subsets, or all. Print one line for each, and return 0 if every one passed."""
    unknown = sorted(set(names) - set(CHECKS) - set(SUBSETS))
    if unknown:
        known = f"Checks are {', '.join(CHECKS)}. Subsets are {', '.join(SUBSETS)}."
        print(f"There is no check {', '.join(unknown)}. {known}", file=sys.stderr)
        return NOT_RUN
    begin = time.monotonic()
    checks = expand(names or ["all"])
    outcomes = [run(name, SECONDS_ALLOWED - (time.monotonic() - begin)) for name in checks]
    print("\n── summary")
    for outcome in outcomes:
        verdict = "passed" if outcome.passed else "FAILED"
        print(f"{verdict}  {outcome.name:<14}{outcome.seconds:6.1f} s  {outcome.remark}".rstrip())
    failed = sum(not outcome.passed for outcome in outcomes)
    print(f"{len(outcomes) - failed} of {len(outcomes)} checks passed in {time.monotonic() - begin:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
