"""Every visible word comes from the catalogue, and the catalogue has one for everything there is."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from engine.activations import ACTIVATIONS
from engine.datasets import DATASETS
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.penalties import PENALTIES

ROOT = Path(__file__).resolve().parents[2]
TEXTS = sorted((ROOT / "static" / "text").glob("*.json"))
TEMPLATES = sorted((ROOT / "templates").glob("*.html"))
GROUPS: dict[str, Iterable[str]] = {
    "activation": ACTIVATIONS, "dataset": DATASETS, "initializer": INITIALIZERS,
    "loss": LOSSES, "optimizer": OPTIMIZERS, "penalty": PENALTIES,
}  # fmt: skip
KEY = re.compile(r"""\btext\(\s*'([\w.]+)'""")
MARKED = re.compile(r'data-(?:text|label)="([^"]+)"')
HINTED = re.compile(r"data-hint=\"([^\"]+)\"|'data-hint': '([^']+)'")
TAGS = re.compile(
    r"<span class=\"symbol\">.*?</span>|<script.*?</script>|<svg.*?</svg>|\{%.*?%\}|<[^>]*>", re.DOTALL
)


def lookup(catalogue: Any, key: str) -> Any:
    for part in key.split("."):
        catalogue = catalogue.get(part) if isinstance(catalogue, dict) else None
    return catalogue


def keys_used() -> set[str]:
    pages = [path.read_text(encoding="utf-8") for path in (ROOT / "static" / "js").rglob("*.js")]
    markup = [path.read_text(encoding="utf-8") for path in TEMPLATES]
    keys = {key for page in pages for key in KEY.findall(page)}
    keys |= {key for page in markup for key in MARKED.findall(page)}
    return keys | {f"{a or b}.hint" for page in pages + markup for a, b in HINTED.findall(page)}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_key_the_page_uses_has_words(path):
    catalogue = json.loads(path.read_text(encoding="utf-8"))
    missing = sorted(key for key in keys_used() if not isinstance(lookup(catalogue, key), str))
    assert not missing, f"add to {path.name}: {', '.join(missing)}"


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("group", GROUPS)
def test_every_entry_of_a_registry_has_a_name_in_words(path, group):
    catalogue = json.loads(path.read_text(encoding="utf-8"))
    missing = [
        name for name in GROUPS[group] if not isinstance(lookup(catalogue, f"{group}.{name}.name"), str)
    ]
    assert not missing, f"add to {path.name} under {group!r}: {', '.join(missing)}"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_words_are_written_into_the_markup(path):
    words = set(TAGS.sub(" ", path.read_text(encoding="utf-8")).split()) - {"curl", "Python"}
    assert not words
