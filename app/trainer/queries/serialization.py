"""Serialization of responses. The trainer encodes them, and the web process sends the bytes.

JSON has no NaN and no ∞: a number that is not finite becomes null.
"""

import csv
import io
import json
import math
import re
from collections.abc import Iterable
from typing import Any

import numpy as np
from pydantic import BaseModel

from app.messages.reports import EncodedResponse

FORMULA = re.compile(r"[=+\-@\t\r](?!\d+(\.\d+)?$)")
"""Text that a spreadsheet computes (OWASP: CSV injection). A signed number stays one."""


def json_response(value: Any) -> EncodedResponse:
    """Return dictionaries, lists, arrays, models, dataclasses and plain values as JSON."""
    try:
        return EncodedResponse(to_json(value))
    except ValueError:
        return EncodedResponse(to_json(json_safe(value)))


def to_json(value: Any) -> bytes:
    """Return a value as JSON. Raises ValueError if a number is not finite."""
    return json.dumps(
        value, default=to_builtin, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    ).encode()


def csv_response(header: Iterable[str], rows: Iterable[Iterable[Any]]) -> EncodedResponse:
    """Return a table as CSV; None is an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return EncodedResponse(text.getvalue().encode(), "text/csv; charset=utf-8")


def _cell(value: Any) -> Any:
    """Return a cell that spreadsheets do not take for a formula: text like one gets an apostrophe."""
    return f"'{value}" if isinstance(value, str) and FORMULA.match(value) else value


def npy_response(array: np.ndarray[Any, Any]) -> EncodedResponse:
    """Return one array as a NumPy file."""
    file = io.BytesIO()
    np.save(file, array, allow_pickle=False)
    return EncodedResponse(file.getvalue(), "application/x-npy")


def npz_response(arrays: dict[str, np.ndarray[Any, Any]]) -> EncodedResponse:
    """Return arrays by name as a NumPy archive."""
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **arrays)
    return EncodedResponse(file.getvalue(), "application/x-npz")


def json_safe(value: Any) -> Any:
    """Return the value with lists for arrays, and None for numbers that are not finite."""
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, dict):
        return {name: json_safe(entry) for name, entry in value.items()}
    if isinstance(value, list | tuple):
        return [json_safe(entry) for entry in value]
    return _listed(value) if isinstance(value, np.ndarray) else json_safe(to_builtin(value))


def to_builtin(value: Any) -> Any:
    """Return built-in types for a value that JSON does not know."""
    if isinstance(value, np.ndarray):
        return _listed(value)
    if isinstance(value, np.generic):
        return value.item()
    return value.model_dump() if isinstance(value, BaseModel) else vars(value)


def _listed(array: np.ndarray[Any, Any]) -> Any:
    if array.dtype.kind != "f" or np.isfinite(array).all():
        return array.tolist()
    listed = array.astype(object)
    listed[~np.isfinite(array)] = None
    return listed.tolist()
