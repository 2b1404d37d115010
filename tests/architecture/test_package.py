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

import backprop_playground
from app import __version__
from tests.architecture.tree import ROOT, VENDOR, files, name


def build_package(target: str, folder: Path, project: Path = ROOT) -> Path:
    """Build the wheel or the sdist of a project into a folder, without asking any index."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(folder)]
    subprocess.run(command, cwd=project, check=True, capture_output=True, stdin=subprocess.DEVNULL)
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


def client_files() -> set[str]:
    """Return every file of the client's package, by its path in `client`."""
    paths = {
        path.relative_to(ROOT / "client").as_posix() for path in files(under="client/backprop_playground")
    }
    return {path for path in paths if not path.endswith(".pyc")}


@pytest.fixture(scope="module")
def client_wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    """Yield the built wheel of the client."""
    folder = tmp_path_factory.mktemp("client")
    with zipfile.ZipFile(build_package("wheel", folder, ROOT / "client")) as archive:
        yield archive


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


def test_the_wheel_of_the_client_holds_its_typed_package_and_nothing_else(client_wheel: zipfile.ZipFile):
    held = {path for path in client_wheel.namelist() if ".dist-info/" not in path}
    assert held == client_files()
    assert "backprop_playground/py.typed" in held


def test_the_client_needs_three_packages(client_wheel: zipfile.ZipFile):
    (path,) = [path for path in client_wheel.namelist() if path.endswith(".dist-info/METADATA")]
    requirements = message_from_bytes(client_wheel.read(path)).get_all("Requires-Dist", [])
    assert {requirement.partition(">=")[0] for requirement in requirements} == {
        "httpx",
        "numpy",
        "websockets",
    }


def test_client_and_server_have_the_same_version():
    assert backprop_playground.__version__ == __version__


@pytest.mark.parametrize("built", ["wheel", "client_wheel"])
def test_the_metadata_of_a_wheel_is_complete(built: str, request: pytest.FixtureRequest):
    wheel: zipfile.ZipFile = request.getfixturevalue(built)
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
    assert (
        set(manifest) == set(pages) == {path.stem for path in (ROOT / "templates").glob("*.html")} - {"base"}
    )
    for files_of_page in manifest.values():
        named = {files_of_page["script"], *files_of_page["styles"]}
        named |= {files_of_page[key] for key in ("first", "worker") if files_of_page[key]}
        assert {f"app/static/{path}" for path in named} <= set(wheel.namelist())


def test_the_sdist_holds_every_file_of_the_program_and_its_tests(tmp_path: Path):
    with tarfile.open(build_package("sdist", tmp_path)) as sdist:
        held = {path.partition("/")[2] for path in sdist.getnames()}
    tests = {name(path) for path in files(".py", under="tests")}
    client = {f"client/{path}" for path in client_files() | {"LICENSE", "README.md", "pyproject.toml"}}
    assert shipped() | tests | client | {"LICENSE", "Makefile", "pyproject.toml", ".ci/run"} <= held
