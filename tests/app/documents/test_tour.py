"""The tour in docs/tour.md does what it says: its cells run in order and print what it shows."""

import asyncio
import builtins
import contextlib
import io
import re
import xml.etree.ElementTree as ET
from ast import PyCF_ALLOW_TOP_LEVEL_AWAIT
from inspect import CO_COROUTINE
from types import FunctionType
from typing import Any

from tests.architecture.tree import ROOT

TEXT = (ROOT / "docs" / "tour.md").read_text(encoding="utf-8")
CELL = re.compile(r"^```python\n(.*?)^```\n(?:\n```text\n(.*?)^```)?", re.DOTALL | re.MULTILINE)
ADDRESS = "http://127.0.0.1:8000"


def run_cell(code: str, names: dict[str, Any]) -> None:
    """Run a cell as notebooks do: one that awaits is a coroutine."""
    cell = FunctionType(compile(code, "<cell>", "exec", flags=PyCF_ALLOW_TOP_LEVEL_AWAIT), names)
    if cell.__code__.co_flags & CO_COROUTINE:
        asyncio.run(cell())
    else:
        cell()


def test_the_cells_of_the_tour_print_what_it_shows(service, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert TEXT.count(ADDRESS) == 1
    names: dict[str, Any] = {"__builtins__": builtins}
    told: list[str] = []
    for code, shown in CELL.findall(TEXT):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            run_cell(code.replace(ADDRESS, service.address), names)
        told.append(out.getvalue())
        if shown:
            assert out.getvalue() == shown, code
    assert len(told) == TEXT.count("```python")
    characters = next(text for text in told if text.count("#") > 20).splitlines()
    assert [len(line) for line in characters] == [15] * 15
    assert len(ET.parse(tmp_path / "boundary.svg").getroot()) == 3600
