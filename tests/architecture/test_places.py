"""Nothing in this project knows the machine it was written on."""

import re

from tests.architecture.tree import ROOT, files, name, report

FOLDERS_OF_A_MACHINE = "|".join(("work", "tmp", "root", "home", "opt", "mnt", "Users"))
PLACE = re.compile(
    rf"""(?<![\w.:/>)-])/(?:{FOLDERS_OF_A_MACHINE})/   # an absolute path, not the end of a relative one
       | \.\./shared\b
       | \bregistry\.(?:npmjs|yarnpkg)\b
       | \bpypi\.org\b
       | \bpythonhosted\.org\b
       | --(?:extra-)?index-url\b
       | --find-link[s]
    """,
    re.VERBOSE,
)
CODE = (".py", ".js", ".css", ".html", ".svg", "Makefile", "run")
DATA = (".md", ".toml", ".json", ".txt", ".csv", ".yml", ".yaml")
LOCK_FILES = {"package-lock.json", "yarn.lock", "uv.lock", "poetry.lock", "Pipfile.lock", "pylock.toml"}


def test_a_path_of_a_machine_is_recognised_and_a_relative_one_is_not():
    assert PLACE.search("read " + "/".join(("", "tmp", "x")))
    assert PLACE.search("pip install --extra-" + "index-url x")
    assert not PLACE.search("see docs/work/x and https://example.org/home/x")


def test_no_file_names_a_path_of_a_machine_or_the_address_of_a_registry():
    problems = [
        f"{name(path)}:{number} {match.group()!r}"
        for path in files(*CODE, *DATA)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if (match := PLACE.search(line))
    ]
    assert not problems, report("a checkout works anywhere: no absolute paths, no registries:", problems)


def test_no_lock_file_records_where_packages_were_downloaded():
    problems = [name(path) for path in files() if path.name in LOCK_FILES]
    assert not problems, report("lock files record download addresses:", problems)


def test_no_pattern_in_gitignore_can_swallow_a_folder_of_ours():
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    patterns = [line for line in lines if line and not line.startswith("#")]
    unanchored = [line for line in patterns if line.endswith("/") and "/" not in line[:-1]]
    assert unanchored == ["__pycache__/", "*.egg-info/"], (
        "anchor a folder with a leading slash, or it may drop part of static/"
    )
