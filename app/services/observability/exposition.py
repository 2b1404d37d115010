"""Writer of Prometheus' text exposition format, one metric family after the other.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from collections.abc import Mapping
from itertools import accumulate
from math import inf, isfinite

from app.domain.instruments import Histogram

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
PREFIX = "playground_"

Labels = Mapping[str, str]


class Exposition:
    """Text of metrics, to which families are appended."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    @property
    def text(self) -> str:
        return "\n".join([*self._lines, ""])

    def gauge(self, name: str, meaning: str, *values: tuple[Labels, float]) -> None:
        """Append a family of gauges, which can go up and down."""
        self._family(name, "gauge", meaning)
        self._lines += [_line(name, labels, value) for labels, value in values]

    def counter(self, name: str, meaning: str, *values: tuple[Labels, float]) -> None:
        """Append a family of counters, which only grow while the process lives."""
        self._family(name, "counter", meaning)
        self._lines += [_line(name, labels, value) for labels, value in values]

    def histogram(self, name: str, meaning: str, *values: tuple[Labels, Histogram]) -> None:
        """Append a family of histograms. Their bucket counts are cumulative in this format."""
        self._family(name, "histogram", meaning)
        for labels, histogram in values:
            bounds = [*map(_number, histogram.bounds), "+Inf"]
            for bound, count in zip(bounds, accumulate(histogram.counts), strict=True):
                self._lines.append(_line(f"{name}_bucket", {**labels, "le": bound}, count))
            self._lines.append(_line(f"{name}_sum", labels, histogram.total))
            self._lines.append(_line(f"{name}_count", labels, sum(histogram.counts)))

    def _family(self, name: str, kind: str, meaning: str) -> None:
        self._lines += [f"# HELP {PREFIX}{name} {meaning}", f"# TYPE {PREFIX}{name} {kind}"]


def _line(name: str, labels: Labels, value: float) -> str:
    pairs = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
    return f"{PREFIX}{name}{{{pairs}}} {_number(value)}" if pairs else f"{PREFIX}{name} {_number(value)}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _number(value: float) -> str:
    if not isfinite(value):  # int() would raise; the format has words of its own for these
        return {inf: "+Inf", -inf: "-Inf"}.get(value, "NaN")
    return str(int(value)) if value == int(value) else repr(float(value))
