"""Every visible word comes from the catalogue, and the catalogue has one for everything there is."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

import pytest

from app.schemas.csv_preview import CsvOmission
from app.services.uploads.csv_table import MESSAGES as CSV_PROBLEMS
from engine.activations import ACTIVATIONS
from engine.data import DATASETS
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.penalties import PENALTIES

ROOT = Path(__file__).resolve().parents[2]
TEXTS = sorted((ROOT / "static" / "text").glob("*.json"))
ENGLISH = TEXTS[0]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PRESETS = json.loads((ROOT / "static" / "presets.json").read_text(encoding="utf-8"))
GROUPS: dict[str, Iterable[str]] = {
    "activation": ACTIVATIONS, "dataset": DATASETS, "initializer": INITIALIZERS,
    "loss": LOSSES, "optimizer": OPTIMIZERS, "penalty": PENALTIES,
}  # fmt: skip
KEY = re.compile(r"""\btext\(\s*'([\w.]+)'""")
MARKED = re.compile(r'data-(?:text|label)="([\w.]+)"')
PLACE = re.compile(r"\{\w+\}")
HINTED = re.compile(r"data-hint=\"([^\"]+)\"|'data-hint': '([^']+)'")
TAGS = re.compile(
    r"<span class=\"symbol\">.*?</span>|<script.*?</script>|<svg.*?</svg>|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>",
    re.DOTALL,
)


def lookup(catalogue: Any, key: str) -> Any:
    for part in key.split("."):
        catalogue = catalogue.get(part) if isinstance(catalogue, dict) else None
    return catalogue


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def flat(catalogue: dict[str, Any], before: str = "") -> dict[str, str]:
    """Every sentence of a catalogue under its key."""
    sentences: dict[str, str] = {}
    for name, inner in catalogue.items():
        key = f"{before}{name}"
        sentences |= flat(inner, f"{key}.") if isinstance(inner, dict) else {key: inner}
    return sentences


def keys_used() -> set[str]:
    pages = [path.read_text(encoding="utf-8") for path in (ROOT / "static" / "js").rglob("*.js")]
    markup = [path.read_text(encoding="utf-8") for path in TEMPLATES]
    keys = {key for page in pages for key in KEY.findall(page)}
    keys |= {key for page in markup for key in MARKED.findall(page)}
    return keys | {f"{a or b}.hint" for page in pages + markup for a, b in HINTED.findall(page)}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_key_the_page_uses_has_words(path):
    catalogue = read(path)
    missing = sorted(key for key in keys_used() if not isinstance(lookup(catalogue, key), str))
    assert not missing, f"add to {path.name}: {', '.join(missing)}"


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("group", GROUPS)
def test_every_entry_of_a_registry_has_a_name_in_words(path, group):
    catalogue = read(path)
    missing = [
        name for name in GROUPS[group] if not isinstance(lookup(catalogue, f"{group}.{name}.name"), str)
    ]
    assert not missing, f"add to {path.name} under {group!r}: {', '.join(missing)}"


def test_every_problem_of_a_table_is_said_with_the_values_that_the_service_sends():
    problems = read(ENGLISH)["own"]["problem"]
    of_the_page = {"large", "encoding", "failed"}
    assert set(problems) == {*CSV_PROBLEMS} | of_the_page
    for kind, message in CSV_PROBLEMS.items():
        sent = set(re.findall(r"\{(\w+)", message))
        sent |= {"column", "name"} if "place" in sent else set()
        assert set(re.findall(r"\{(\w+)\}", problems[kind])) <= sent, kind
    assert set(read(ENGLISH)["own"]["leftOut"]) == set(get_args(CsvOmission))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_preset_has_a_name_and_says_why_and_what_helps_it(path):
    words = read(path)["preset"]
    parts = {each["name"]: {"name", "why"} | ({"cure"} if "remedy" in each else set()) for each in PRESETS}
    assert {name: set(said) for name, said in words.items()} == parts


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_language_says_all_that_english_says_with_the_same_values_in_it(path):
    english, other = flat(read(ENGLISH)), flat(read(path))
    assert sorted(english) == sorted(other)
    for key, sentence in english.items():
        assert set(PLACE.findall(sentence)) == set(PLACE.findall(other[key])), f"{key} in {path.name}"


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_language_is_named_in_every_language(path):
    names = read(path)["language"]
    assert all(names[other.stem].startswith(other.stem.upper()) for other in TEXTS)


@pytest.mark.parametrize("path", TEXTS[1:], ids=lambda path: path.stem)
def test_hints_of_another_language_are_not_english_ones(path):
    english, other = flat(read(ENGLISH)), flat(read(path))
    sentences = [key for key, words in english.items() if len(words.split()) > 3]
    assert not [key for key in sentences if english[key] == other[key] and not PLACE.search(other[key])]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_words_are_written_into_the_markup(path):
    words = set(TAGS.sub(" ", path.read_text(encoding="utf-8")).split()) - {"curl", "Python", "PNG", "SVG"}
    assert not words
