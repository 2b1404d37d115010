"""docs/operations.md: every setting with its default, and proxies set up as it says."""

import re
from typing import Any

import pytest
from pydantic import BaseModel

from app.settings import Limits, Settings
from tests.app.server import started
from tests.architecture.tree import ROOT

TEXT = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `([A-Z_]+)` \| ?([^|]*?) ?\|", TEXT, re.MULTILINE))
ELSEWHERE = {"DATA": "see below", "TRAINERS": "cores − 1, at least 1"}
"""Defaults that depend on the machine."""


def defaults(model: type[BaseModel], prefix: str = "") -> dict[str, Any]:
    """What each environment variable is when nobody sets it."""
    return {
        f"{prefix}{name}".upper(): field.default
        for name, field in model.model_fields.items()
        if name != "limits"
    }


SETTINGS = defaults(Settings) | defaults(Limits, "limits__")


def test_every_setting_is_in_the_document_and_no_other():
    assert list(ROWS) == list(dict.fromkeys(ROWS))
    assert set(ROWS) == set(SETTINGS)


@pytest.mark.parametrize("name", sorted(set(SETTINGS) - set(ELSEWHERE)))
def test_the_default_in_the_document_is_the_one_there_is(name):
    default = SETTINGS[name]
    if isinstance(default, float):
        default = f"{default:g}"
    assert ROWS[name].strip("`") == ("" if default is None else str(default))


def test_defaults_that_depend_on_the_machine_are_told_in_words():
    assert {name: ROWS[name] for name in ELSEWHERE} == ELSEWHERE


def test_a_setting_is_an_option_too():
    assert "`--root-path=/lab` is `ROOT_PATH=/lab`" in TEXT
    refused = started("--root-path=/api", "--limits.rows=5", DATA=":memory:")
    assert (refused.returncode, refused.stderr[:32]) == (1, "A setting is invalid: ROOT_PATH:")
