"""JSON decoder that makes typed dataclasses, with NumPy arrays, of the service's responses."""

from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")
COLLECTS_REMAINING = "collects_remaining"
"""Metadata key of the one field that takes every key of the object that has no field."""


def _numbers(value: object) -> NDArray[np.float64]:
    """Return a nested list of numbers as an array, with NaN for null."""
    return np.array(value, np.float64)


def _words(value: object) -> NDArray[np.str_]:
    return np.array(value, np.str_)


Numbers = Annotated[NDArray[np.float64], _numbers]
Words = Annotated[NDArray[np.str_], _words]


def decode(kind: type[T], value: object) -> T:
    """Return a JSON object as a dataclass. Raise ValueError that names the wrong or missing field."""
    instance: T = _decode(kind, value, "response")
    return instance


def _decode(kind: Any, value: Any, path: str) -> Any:
    if is_dataclass(kind):
        return _decode_object(kind, value, path)
    if decoder := _BY_ORIGIN.get(get_origin(kind)):
        return decoder(get_args(kind), value, path)
    if kind is float and isinstance(value, int):
        return float(value)
    if kind in (bool, int, float, str):
        _require(kind, value, path)
    # Literal and Any: a newer service may send further words, so they are not checked.
    return value


def _decode_object(kind: Any, value: Any, path: str) -> Any:
    _require(dict, value, path)
    given, arguments, collecting = dict(value), {}, None
    for name, (hint, is_required, collects) in _fields(kind).items():
        if collects:
            collecting = name
        elif name in given:
            arguments[name] = _decode(hint, given.pop(name), f"{path}.{name}")
        elif is_required:
            raise ValueError(f"{path}.{name} is missing. The service and the client may differ in version.")
    if collecting:
        arguments[collecting] = given
    return kind(**arguments)


@cache
def _fields(kind: Any) -> dict[str, tuple[Any, bool, bool]]:
    """Return type hint, whether it is required, and whether it collects, by name of a dataclass's field."""
    hints = get_type_hints(kind, include_extras=True)
    return {
        field.name: (hints[field.name], field.default is MISSING, COLLECTS_REMAINING in field.metadata)
        for field in fields(kind)
    }


def _decode_list(hints: tuple[Any, ...], value: Any, path: str) -> list[Any]:
    _require(list, value, path)
    return [_decode(hints[0], entry, f"{path}.{index}") for index, entry in enumerate(value)]


def _decode_pair(hints: tuple[Any, ...], value: Any, path: str) -> tuple[Any, ...]:
    return tuple(_decode_list(hints, value, path))


def _decode_dict(hints: tuple[Any, ...], value: Any, path: str) -> dict[str, Any]:
    _require(dict, value, path)
    return {key: _decode(hints[1], entry, f"{path}.{key}") for key, entry in value.items()}


def _decode_union(hints: tuple[Any, ...], value: Any, path: str) -> Any:
    kinds = [hint for hint in hints if hint is not NoneType]
    # A union of several kinds holds plain values only, which need no decoding.
    return value if value is None or len(kinds) > 1 else _decode(kinds[0], value, path)


def _decode_annotated(hints: tuple[Any, ...], value: Any, path: str) -> Any:
    _require(list, value, path)
    return hints[1](value)


def _require(kind: type, value: object, path: str) -> None:
    if not isinstance(value, kind):
        raise ValueError(
            f"{path} is {str(value)[:60]!r}, but {kind.__name__} is needed. "
            "The service and the client may differ in version."
        )


_BY_ORIGIN: dict[Any, Callable[[tuple[Any, ...], Any, str], Any]] = {
    list: _decode_list,
    tuple: _decode_pair,
    dict: _decode_dict,
    Union: _decode_union,
    UnionType: _decode_union,
    Annotated: _decode_annotated,
}
