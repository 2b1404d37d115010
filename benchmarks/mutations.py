"""Mutation honesty: faults are put into a copy of the engine, one at a time, and the tests must notice.

    python -m benchmarks.mutations            every fault in `benchmarks.mutants`
    python -m benchmarks.mutations dropout    those with this word in their title, file or tests

Prints a table; the exit status is 1 when a fault is not caught. A fault counts as caught when a test
fails; one that keeps the tests from running at all proves nothing and counts as broken.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.mutants import FAULTS, Fault

ROOT = Path(__file__).parents[1]
COPIED = ("engine", "tests/engine", "tests/golden", "tests/conftest.py", "pyproject.toml")
VERDICTS = {0: "NOT CAUGHT", 1: "caught"}


def copied(into: Path) -> None:
    """Copy the engine and its tests."""
    for name in COPIED:
        source, target = ROOT / name, into / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)


def python(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python there, so that it imports the copy and leaves no compiled files behind."""
    environment = {**os.environ, "PYTHONPATH": str(place), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, check=False)


def tested(place: Path, tests: tuple[str, ...]) -> tuple[int, str]:
    """The exit status of these tests, and the first that fails."""
    files = [f"tests/engine/{name}.py" for name in tests]
    done = python(place, "-m", "pytest", "-x", "-q", "--no-header", "-p", "no:cacheprovider", *files)
    failed = [line.split(" - ")[0] for line in done.stdout.splitlines() if line.startswith("FAILED ")]
    return done.returncode, failed[0].partition("::")[2] if failed else ""


def verdict(place: Path, fault: Fault) -> tuple[str, str]:
    """Put the fault in, test, and take it out again."""
    file = place / "engine" / f"{fault.file}.py"
    sound = file.read_text(encoding="utf-8")
    file.write_text(sound.replace(fault.right, fault.wrong), encoding="utf-8")
    try:
        status, first = tested(place, fault.tests)
    finally:
        file.write_text(sound, encoding="utf-8")
    return VERDICTS.get(status, "BROKEN"), first


def main() -> int:
    words = sys.argv[1:]
    chosen = [fault for fault in FAULTS if all(word in f"{vars(fault)}" for word in words)]
    missed = 0
    with TemporaryDirectory() as folder:
        place = Path(folder).resolve()
        copied(place)
        where = python(place, "-c", "import engine; print(engine.__file__)").stdout.strip()
        if not Path(where).resolve().is_relative_to(place):
            sys.exit(f"the tests would import {where} and not the copy in {place}")
        status, first = tested(place, tuple(sorted({name for fault in chosen for name in fault.tests})))
        if status:
            sys.exit(f"the tests fail without any fault: {first or 'they do not run'}")
        for number, fault in enumerate(chosen, start=1):
            what, first = verdict(place, fault)
            missed += what != "caught"
            print(f"{number:3} {what:10} {fault.file:12} {fault.title}  [{first}]", flush=True)
    print(f"{len(chosen) - missed} of {len(chosen)} faults caught")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
