"""What static/vendor holds is what its README says, byte for byte."""

import hashlib
import re

from tests.architecture.tree import VENDOR, report

ROW = re.compile(
    r"^\| (?P<file>\S+) \| .+ \| [\d.]+ \| (?:MIT|OFL-1\.1) \| .+ \| (?P<sha256>[0-9a-f]{64}) \|$",
    re.MULTILINE,
)


def listed() -> dict[str, str]:
    """SHA-256 of every file by its name, as the README has them."""
    return {
        row["file"]: row["sha256"] for row in ROW.finditer((VENDOR / "README.md").read_text(encoding="utf-8"))
    }


def found() -> dict[str, str]:
    """SHA-256 of every file by its name, as they are."""
    present = (path for path in VENDOR.iterdir() if path.name != "README.md")
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in present}


def test_the_folder_is_flat():
    assert [path.name for path in VENDOR.iterdir() if path.is_dir()] == []


def test_every_vendored_file_is_listed_and_every_listed_file_is_there():
    assert sorted(listed()) == sorted(found()), "static/vendor and the table in its README differ"


def test_every_vendored_file_is_the_one_whose_hash_was_noted():
    actual = found()
    problems = [
        f"{file}: noted {noted}, is {actual[file]}"
        for file, noted in listed().items()
        if actual[file] != noted
    ]
    assert not problems, report("vendored files are never edited in place:", problems)


def test_every_package_has_its_licence_beside_it():
    packages = {re.split(r"[-._]", file)[0].lower() for file in listed()}
    licences = {
        file.removesuffix(".LICENSE.txt").lower() for file in listed() if file.endswith(".LICENSE.txt")
    }
    assert packages == licences


def test_every_font_that_a_vendored_style_sheet_asks_for_is_there():
    asked = {
        address
        for sheet in VENDOR.glob("*.css")
        for address in re.findall(r"url\(([^)]+)\)", sheet.read_text(encoding="utf-8"))
    }
    assert asked == {path.name for path in VENDOR.glob("*.woff2")}
