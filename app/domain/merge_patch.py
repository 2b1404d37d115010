"""JSON merge patch (RFC 7396) onto the spec as it was given."""

from typing import Any

Json = dict[str, Any]
MAX_DEPTH = 20
"""Levels, about twice as many as a spec has."""


def is_too_deep(patch: Any) -> bool:
    """Return whether a patch goes deeper than any spec."""
    level = [patch]
    for _ in range(MAX_DEPTH):
        holders = (entry.values() if isinstance(entry, dict) else entry for entry in level)
        level = [entry for holder in holders for entry in holder if isinstance(entry, dict | list)]
    return bool(level)


def merge(target: Json, patch: Json) -> Json:
    """Return the target with the patch applied: objects merge, null takes a field out, all else replaces."""
    merged = dict(target)
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        elif isinstance(value, dict):
            before = merged.get(name)
            merged[name] = merge(before if isinstance(before, dict) else {}, value)
        else:
            merged[name] = value
    return merged


def merge_spec(given: Json, patch: Json) -> Json:
    """Return the same for a spec, where another choice leaves the numbers of the one before behind."""
    for path, kept in (
        (("optimizer",), {"learning_rate", "schedule", "clip_norm"}),
        (("initializer",), set()),
        (("optimizer", "schedule"), set()),
    ):
        given = _stale_fields(given, patch, path, kept)
    return merge(given, patch)


def _stale_fields(given: Json, patch: Json, path: tuple[str, ...], kept: set[str]) -> Json:
    """`given` without the numbers that shaped the choice at `path`, when the patch chooses another."""
    first, *rest = path
    before, after = given.get(first), patch.get(first)
    if not isinstance(before, dict) or not isinstance(after, dict):
        return given
    if rest:
        return {**given, first: _stale_fields(before, after, tuple(rest), kept)}
    if "name" not in after or after["name"] == before.get("name"):
        return given
    return {**given, first: {name: value for name, value in before.items() if name in kept}}
