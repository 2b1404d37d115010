"""The README's example does what the README says it does."""

import contextlib
import io
import re
from pathlib import Path
from typing import Any

README = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")


def test_the_example_prints_the_output_below_it(service):
    ((code, promised),) = re.findall(r"```python\n(.*?)```\n\n```\n(.*?)```", README, re.DOTALL)
    printed = io.StringIO()
    names: dict[str, Any] = {}
    with contextlib.redirect_stdout(printed):
        exec(code.replace("http://127.0.0.1:8000", service.address), names)
    names["api"].close()
    numbers = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
    assert numbers.sub("#", printed.getvalue()) == numbers.sub("#", promised)
    for now, then in zip(numbers.findall(printed.getvalue()), numbers.findall(promised), strict=True):
        assert abs(float(now) - float(then)) < 1e-6
