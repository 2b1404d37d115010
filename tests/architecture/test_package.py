"""What is built holds all that the installed program needs."""

import json
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


def build_package(target: str, folder: Path) -> Path:
    """Build the wheel or the sdist into a folder, without asking any index."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    (built,) = folder.iterdir()
    return built


def shipped() -> set[str]:
    """Every file that runs or is served, vendored ones too, by its path in the checkout."""
    ours = {name(path) for folder in ("app", "engine", "static", "templates") for path in files(under=folder)}
    vendored = {name(path) for path in VENDOR.iterdir()}
    return {path for path in ours | vendored | built() if not path.endswith(".pyc")}


def built() -> set[str]:
    """Every file of the built page, by its path in the checkout."""
    return {name(path) for path in (ROOT / "static" / "dist").rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    """The built wheel."""
    with zipfile.ZipFile(build_package("wheel", tmp_path_factory.mktemp("wheel"))) as archive:
        yield archive


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


def test_the_wheel_holds_the_built_page_of_every_page(wheel: zipfile.ZipFile):
    manifest = json.loads((ROOT / "static" / "dist" / "manifest.json").read_text(encoding="utf-8"))
    pages = json.loads((ROOT / "static" / "pages.json").read_text(encoding="utf-8"))["pages"]
    assert set(manifest) == set(pages) == {path.stem for path in (ROOT / "templates").glob("[!_]*.html")}
    for files_of_page in manifest.values():
        named = {files_of_page["script"], *files_of_page["styles"]}
        named |= {files_of_page[key] for key in ("first", "worker") if files_of_page[key]}
        assert {f"app/static/{path}" for path in named} <= set(wheel.namelist())


def test_the_sdist_holds_every_file_of_the_program_and_its_tests(tmp_path: Path):
    with tarfile.open(build_package("sdist", tmp_path)) as sdist:
        held = {path.partition("/")[2] for path in sdist.getnames()}
    tests = {name(path) for path in files(".py", under="tests")}
    assert shipped() | tests | {"LICENSE", "Makefile", "pyproject.toml", ".ci/run"} <= held
