"""Parser of exhibit files: a header of `key: value` lines between two lines of dashes, then Markdown.

    ---
    id: and
    title: AND with one neuron
    parts: ["sliders", "table", "plane"]
    network: {"data": {"name": "and-table"},
              "layers": [{"units": 1, "activation": "sigmoid"}]}
    ---
    Two or three sentences, with a formula $w_1 x_1$ inside.

    $$ z = w_0 + w_1 x_1 $$

id and title are plain text, every other value is JSON, and a line that begins with spaces goes on
with the value above it. Whatever is wrong is said with the file and the line.
"""

import re
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from app.domain.problems import invalid_request
from app.domain.strict_json import MalformedError, parse
from app.schemas.exhibits import Header
from app.services.exhibits.json_offsets import offset_of
from app.services.exhibits.part_checks import missing_content
from app.services.exhibits.shape_checks import shape_errors, spec_errors
from app.services.exhibits.tex_lint import find_error
from app.settings import Limits

FENCE = "---"
PLAIN = {"id", "title"}
KEY = re.compile(r"([a-z_]+):(?:\s+(.*))?$")
FORMULA = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
INLINE = re.compile(r"\$([^$]+)\$")


class ExhibitError(ValueError):
    """Error in an exhibit, with its file and line."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(f"{path}, line {line}: {message}")
        self.path = path
        self.line = line
        self.message = message


@dataclass(frozen=True)
class ExhibitFile:
    """A file, read. prose: paragraphs. formulas: TeX, without their dollars. fault: why it cannot be read."""

    header: Header
    prose: tuple[str, ...]
    formulas: tuple[str, ...]
    path: Path
    fault: str | None = None

    @classmethod
    def broken(cls, error: ExhibitError, folder: Path, number: int) -> "ExhibitFile":
        """A page that says what is wrong with its file. number: which of those of the folder it is."""
        name = error.path.relative_to(folder).as_posix()
        header = Header.model_construct(id=f"broken-{number}", title=name, parts=[])
        return cls(header, (), (), error.path, f"{name}, line {error.line}: {error.message}")


def read_exhibit(path: Path, limits: Limits | None = None) -> ExhibitFile:
    """Read one file. limits: of the service that shows it, the usual if left out. Raises ExhibitError."""
    if not path.is_file():  # a pipe would be waited for
        raise ExhibitError(path, 0, "this is no file that can be read; remove it, or correct the link")
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise ExhibitError(path, 1, f"this is not UTF-8, from byte {error.start} on") from None
    if not lines or lines[0].rstrip() != FENCE:
        raise ExhibitError(path, 1, f"an exhibit begins with a line {FENCE}, then its header")
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    if end is None:
        raise ExhibitError(path, len(lines), f"the header is not closed: a second line {FENCE} is missing")
    header = _header(path, lines[1:end], limits or Limits())
    prose, formulas = _body(path, lines[end + 1 :], end + 2)
    return ExhibitFile(header, prose, formulas, path)


def _header(path: Path, lines: list[str], limits: Limits) -> Header:
    values: dict[str, Any] = {}
    entries: dict[str, tuple[str, int]] = {}
    for key, text, line in _entries(path, lines):
        if key in entries:
            raise ExhibitError(path, line, f"{key} stands twice; first in line {entries[key][1]}")
        entries[key] = text, line
        values[key] = text if key in PLAIN else _json(path, text, line, key)
    try:
        header = Header.model_validate(values)
    except ValidationError as error:
        detail = invalid_request(error).detail
        raise ExhibitError(path, _line_of(entries, detail), detail) from None
    for message in chain(shape_errors(header), missing_content(header), spec_errors(header, limits)):
        raise ExhibitError(path, _line_of(entries, message), message)
    return header


def _line_of(entries: dict[str, tuple[str, int]], message: str) -> int:
    """Return the line of the place that a message begins with, such as network.layers.1.units."""
    place = message.partition(": ")[0]
    key, _, within = place.partition(".")
    text, line = entries.get(key, ("", 2))
    return line if key in PLAIN or not text else line + text[: offset_of(text, within)].count("\n")


def _entries(path: Path, lines: list[str]) -> list[tuple[str, str, int]]:
    """Yield key, text and line of every entry. A line that begins with spaces continues the entry above."""
    entries: list[tuple[str, str, int]] = []
    for line, text in enumerate(lines, start=2):
        if not text.strip():
            continue
        match = KEY.match(text)
        if text[0] in " \t" and entries:
            key, before, start = entries[-1]
            entries[-1] = key, f"{before}\n{text}", start
        elif match:
            entries.append((match[1], match[2] or "", line))
        else:
            raise ExhibitError(path, line, f"a line of the header reads `key: value`; this is {text[:60]!r}")
    return entries


def _json(path: Path, text: str, line: int, key: str) -> Any:
    try:
        return parse(text)
    except MalformedError as error:
        at = re.search(r"at line (\d+)", str(error))
        fault = line + int(at[1]) - 1 if at else line
        reason = re.sub(r" at line \d+, column (\d+)$", r", column \1 of the value", str(error))
        raise ExhibitError(path, fault, f"{key} is not JSON: {reason}") from None


def _check_formulas(path: Path, text: str, apart: str, first: int) -> None:
    """Whether KaTeX could set the formulas. apart: the text without those that stand by themselves."""
    for found in sorted([*FORMULA.finditer(text), *INLINE.finditer(apart)], key=lambda match: match.start()):
        if wrong := find_error(found[1]):
            line = first + text[: found.start(1) + wrong.at].count("\n")
            raise ExhibitError(
                path, line, f"in the formula $ {' '.join(found[1].split())[:60]} $: {wrong.message}"
            )


def _body(path: Path, lines: list[str], first: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    text = "\n".join(lines)
    if text.count("$$") % 2:
        line = first + text[: text.rindex("$$")].count("\n")
        raise ExhibitError(path, line, "a formula opens with $$ here and is never closed")
    apart = FORMULA.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    _check_formulas(path, text, apart, first)
    formulas = tuple(found.strip() for found in FORMULA.findall(text))
    without = FORMULA.sub("\n\n", text)
    prose = tuple(" ".join(part.split()) for part in re.split(r"\n\s*\n", without) if part.strip())
    for paragraph in prose:
        if paragraph.count("$") % 2:
            start = " ".join(paragraph.split()[:6])
            raise ExhibitError(path, first, f"a formula is not closed in the paragraph that begins {start!r}")
    if not prose:
        raise ExhibitError(path, first, "an exhibit needs at least a sentence under its header")
    return prose, formulas
