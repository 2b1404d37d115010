"""What is built holds all that the installed program needs."""

import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import pytest

from app import __version__
from tests.architecture.tree import ROOT, VENDOR, files, name


def build(target: str, folder: Path) -> Path:
    """Build the wheel or the sdist into a folder, without asking any index."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    (built,) = folder.iterdir()
    return built


def shipped() -> set[str]:
    """Every file that runs or is served, vendored ones too, by its path in the checkout."""
    ours = {name(path) for folder in ("app", "engine", "static", "templates") for path in files(under=folder)}
    vendored = {name(path) for path in VENDOR.iterdir()}
    return {path for path in ours | vendored if not path.endswith(".pyc")}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    """The built wheel."""
    with zipfile.ZipFile(build("wheel", tmp_path_factory.mktemp("wheel"))) as built:
        yield built


def test_the_wheel_holds_the_program_the_page_and_nothing_else(wheel: zipfile.ZipFile):
    needed = {f"app/{path}" if path.startswith(("static/", "templates/")) else path for path in shipped()}
    assert {path for path in wheel.namelist() if ".dist-info/" not in path} == needed


def test_the_wheel_says_that_both_packages_are_typed(wheel: zipfile.ZipFile):
    assert {"app/py.typed", "engine/py.typed"} <= set(wheel.namelist())


def test_the_metadata_of_the_wheel_is_complete(wheel: zipfile.ZipFile):
    (path,) = [path for path in wheel.namelist() if path.endswith(".dist-info/METADATA")]
    metadata = message_from_bytes(wheel.read(path))
    assert metadata["Version"] == __version__
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Author"] == "Backprop Playground contributors"
    assert {"Classifier", "Keywords", "Project-URL", "Summary"} <= set(metadata.keys())
    assert wheel.read(path.replace("METADATA", "licenses/LICENSE")) == (ROOT / "LICENSE").read_bytes()


def test_the_sdist_holds_every_file_of_the_program_and_its_tests(tmp_path: Path):
    with tarfile.open(build("sdist", tmp_path)) as sdist:
        held = {path.partition("/")[2] for path in sdist.getnames()}
    tests = {name(path) for path in files(".py", under="tests")}
    assert shipped() | tests | {"LICENSE", "Makefile", "pyproject.toml", ".ci/run"} <= held
