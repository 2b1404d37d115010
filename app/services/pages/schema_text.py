"""Text of OpenAPI schemas: "list of LayerSpec", "integer from 0", "'step' or 'epoch'"."""

from typing import Any, NamedTuple

Schema = dict[str, Any]
BOUNDS = {
    "minimum": "from", "exclusiveMinimum": "above", "maximum": "to", "exclusiveMaximum": "below",
}  # fmt: skip


class Piece(NamedTuple):
    """A part of a sentence; form: the name of the form it stands for, where it is one."""

    text: str
    form: str | None = None


def kind(schema: Schema) -> list[Piece]:
    """Return what a value of this schema is."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return [Piece(name, name)]
    if "anyOf" in schema:
        return _joined([kind(branch) for branch in schema["anyOf"]])
    if "enum" in schema:
        return [Piece(" or ".join(f'"{name}"' for name in schema["enum"]))]
    if "const" in schema:
        return [Piece(f'"{schema["const"]}"')]
    match schema.get("type"):
        case "array" if "prefixItems" in schema:
            return [Piece("list of "), Piece(f"{len(schema['prefixItems'])} numbers")]
        case "array":
            return [Piece("list of "), *kind(schema.get("items", {}))]
        case "object" if isinstance(schema.get("additionalProperties"), dict):
            return [Piece("object of "), *kind(schema["additionalProperties"])]
        case "string" if schema.get("format") == "binary":
            return [Piece("bytes")]
        case str(name):
            return [Piece(name + _bounds(schema))]
        case _:
            return [Piece("anything")]


def _joined(branches: list[list[Piece]]) -> list[Piece]:
    pieces: list[Piece] = []
    for number, branch in enumerate(branches):
        pieces += [Piece(" or "), *branch] if number else branch
    return pieces


def _bounds(schema: Schema) -> str:
    words = [
        f"{word} {schema[name]}"
        for name, word in BOUNDS.items()
        if name in schema and abs(schema[name]) < 2**53 - 1
    ]
    return f" {' '.join(words)}" if words else ""
