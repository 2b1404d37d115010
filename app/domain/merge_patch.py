"""JSON merge patch (RFC 7396), applied to a spec in the form in which the client sent it."""

from typing import Any

Json = dict[str, Any]
MAX_DEPTH = 20
"""About twice the depth of the deepest spec."""


def is_too_deep(patch: Any) -> bool:
    """Return whether a patch is nested deeper than MAX_DEPTH. The check does not recurse."""
    level = [patch]
    for _ in range(MAX_DEPTH):
        holders = (entry.values() if isinstance(entry, dict) else entry for entry in level)
        level = [entry for holder in holders for entry in holder if isinstance(entry, dict | list)]
    return bool(level)


def merge(target: Json, patch: Json) -> Json:
    """Return the target with the patch applied: objects merge, null removes a field, all else replaces."""
    merged = dict(target)
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        elif isinstance(value, dict):
            current = merged.get(name)
            merged[name] = merge(current if isinstance(current, dict) else {}, value)
        else:
            merged[name] = value
    return merged


def merge_spec(spec: Json, patch: Json) -> Json:
    """Return the spec with the patch applied. A new choice drops the hyperparameters of the previous one."""
    for path, shared in (
        (("optimizer",), {"learning_rate", "schedule", "clip_norm"}),
        (("initializer",), set()),
        (("optimizer", "schedule"), set()),
    ):
        spec = _drop_stale_fields(spec, patch, path, shared)
    return merge(spec, patch)


def _drop_stale_fields(spec: Json, patch: Json, path: tuple[str, ...], shared: set[str]) -> Json:
    """Return the spec without the hyperparameters of the choice at `path`, if the patch replaces it.

    shared: fields that every choice there has, which therefore stay.
    """
    first, *rest = path
    current, replacement = spec.get(first), patch.get(first)
    if not isinstance(current, dict) or not isinstance(replacement, dict):
        return spec
    if rest:
        return {**spec, first: _drop_stale_fields(current, replacement, tuple(rest), shared)}
    if "name" not in replacement or replacement["name"] == current.get("name"):
        return spec
    return {**spec, first: {name: value for name, value in current.items() if name in shared}}
