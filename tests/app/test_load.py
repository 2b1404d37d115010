"""The load tool, with a small class."""

import json
from pathlib import Path

from benchmarks.load import main


def test_the_load_tool_tells_what_a_class_was_given(tmp_path: Path):
    file = tmp_path / "load.json"
    main(["--only", "classroom", "--students", "3", "--seconds", "1", "--json", str(file)])
    figures = {figure["what"]: figure for figure in json.loads(file.read_text())}
    assert figures["frames delivered"]["value"] > 0.1
    assert figures["pace held"]["value"] > 0.1
    assert figures["frames delivered"]["target"] == 0.99
