"""Mutation testing: each fault is put into a copy of the engine, and its tests must fail.

    python -m benchmarks.mutations            every fault in `benchmarks.mutants`
    python -m benchmarks.mutations dropout    those with this word in their title, file or tests

The output is a table. The exit status is 1 when a fault is not caught. A fault is caught when a test
fails. A fault that prevents the tests from running proves nothing and counts as broken.
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


def copy_engine(into: Path) -> None:
    """Copy the engine and its tests."""
    for name in COPIED:
        source, target = ROOT / name, into / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)


def run_python(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the folder, where it imports the copy of the engine."""
    # A compiled file could be as new as the next fault in its source, and Python would use it.
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def run_tests(folder: Path, tests: tuple[str, ...]) -> tuple[int, str]:
    """Run these tests and return the exit status and the first that fails."""
    files = [f"tests/engine/{name}.py" for name in tests]
    result = run_python(folder, "-m", "pytest", "-x", "-q", "--no-header", "-p", "no:cacheprovider", *files)
    failed = [line.split(" - ")[0] for line in result.stdout.splitlines() if line.startswith("FAILED ")]
    return result.returncode, failed[0].partition("::")[2] if failed else ""


def try_fault(folder: Path, fault: Fault) -> tuple[str, str]:
    """Put the fault into the copy, run its tests, and return the verdict and the first test that fails."""
    file = folder / "engine" / f"{fault.file}.py"
    original = file.read_text(encoding="utf-8")
    file.write_text(original.replace(fault.right, fault.wrong), encoding="utf-8")
    try:
        status, first = run_tests(folder, fault.tests)
    finally:
        file.write_text(original, encoding="utf-8")
    return VERDICTS.get(status, "BROKEN"), first


def main() -> int:
    words = sys.argv[1:]
    chosen = [fault for fault in FAULTS if all(word in f"{vars(fault)}" for word in words)]
    missed = 0
    with TemporaryDirectory() as name:
        folder = Path(name).resolve()
        copy_engine(folder)
        imported = run_python(folder, "-c", "import engine; print(engine.__file__)").stdout.strip()
        if not Path(imported).resolve().is_relative_to(folder):
            sys.exit(f"the tests would import {imported} and not the copy in {folder}")
        status, first = run_tests(folder, tuple(sorted({test for fault in chosen for test in fault.tests})))
        if status:
            sys.exit(f"the tests fail without any fault: {first or 'they do not run'}")
        for number, fault in enumerate(chosen, start=1):
            verdict, first = try_fault(folder, fault)
            missed += verdict != "caught"
            print(f"{number:3} {verdict:10} {fault.file:12} {fault.title}  [{first}]", flush=True)
    print(f"{len(chosen) - missed} of {len(chosen)} faults caught")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
