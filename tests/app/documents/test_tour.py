"""The tour in docs/tour.md does what it says: its cells run in order and print what it shows."""

import contextlib
import io
import re
import xml.etree.ElementTree as ET
from typing import Any

from tests.architecture.tree import ROOT

TEXT = (ROOT / "docs" / "tour.md").read_text(encoding="utf-8")
CELL = re.compile(r"^```python\n(.*?)^```\n(?:\n```text\n(.*?)^```)?", re.DOTALL | re.MULTILINE)
ADDRESS = "http://127.0.0.1:8000"


def test_the_cells_of_the_tour_print_what_it_shows(service, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert TEXT.count(ADDRESS) == 1
    names: dict[str, Any] = {}
    told: list[str] = []
    for code, shown in CELL.findall(TEXT):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(code.replace(ADDRESS, service.address), names)
        told.append(out.getvalue())
        if shown:
            assert out.getvalue() == shown, code
    assert len(told) == TEXT.count("```python")
    characters = next(text for text in told if text.count("#") > 20).splitlines()
    assert [len(line) for line in characters] == [15] * 15
    assert len(ET.parse(tmp_path / "boundary.svg").getroot()) == 3600
