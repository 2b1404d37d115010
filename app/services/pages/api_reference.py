"""API reference: the OpenAPI document as a page shows it, operation by operation."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from app.services.pages.schema_text import Piece, Schema, kind

JSON = "application/json"
Document = dict[str, Any]


@dataclass(frozen=True)
class Field:
    """A parameter of an operation, or a field of a form."""

    name: str
    place: str
    kind: list[Piece]
    needed: bool
    default: str | None
    words: str
    example: str


@dataclass(frozen=True)
class Body:
    """A body in one of the types it may have. examples: what they are called, and their text."""

    media_type: str
    kind: list[Piece]
    examples: list[tuple[str, str]]


@dataclass(frozen=True)
class Answer:
    """Possible answer of an operation, with an example if there is one."""

    status: str
    words: str
    bodies: list[Body] = field(default_factory=list)


@dataclass(frozen=True)
class Operation:
    id: str
    method: str
    path: str
    words: list[str]
    parameters: list[Field]
    bodies: list[Body]
    answers: list[Answer]
    refusals: list[Answer]
    curl: str


@dataclass(frozen=True)
class Form:
    """A form of bodies, by name."""

    name: str
    words: list[str]
    fields: list[Field]


@dataclass(frozen=True)
class Reference:
    groups: dict[str, list[Operation]]
    forms: list[Form]


def reference(document: Document, address: str) -> Reference:
    """Return what there is to show. address: where the service is, without a slash at the end."""
    groups: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            groups.setdefault(told["tags"][0], []).append(_operation(method.upper(), path, told, address))
    schemas = document["components"]["schemas"]
    return Reference(groups, [_form(name, schemas[name]) for name in sorted(schemas)])


def _operation(method: str, path: str, told: Document, address: str) -> Operation:
    parameters = [_parameter(parameter) for parameter in told.get("parameters", [])]
    bodies = _bodies(told.get("requestBody", {}).get("content", {}))
    answers = [
        Answer(status, answer["description"], _bodies(answer.get("content", {})))
        for status, answer in sorted(told["responses"].items())
    ]
    return Operation(
        told["operationId"],
        method,
        path,
        _paragraphs(told.get("description", "")),
        parameters,
        bodies,
        [answer for answer in answers if answer.status < "400"],
        [answer for answer in answers if answer.status >= "400"],
        _curl(method, address + path, parameters, bodies),
    )


def _parameter(told: Document) -> Field:
    schema = told["schema"]
    examples = told.get("examples") or schema.get("examples") or [""]
    return Field(
        told["name"],
        told["in"],
        kind(_without_null(schema)),
        told.get("required", False),
        _default(schema),
        told.get("description", ""),
        str(examples[0]),
    )


def _form(name: str, schema: Schema) -> Form:
    needed = schema.get("required", ())
    fields = [
        Field(
            name,
            "",
            kind(_without_null(part)),
            name in needed,
            _default(part),
            part.get("description", ""),
            "",
        )
        for name, part in schema.get("properties", {}).items()
    ]
    return Form(name, _paragraphs(schema.get("description", "")), fields)


def _without_null(schema: Schema) -> Schema:
    """Return the same; that null stands for what is left out is said once, above."""
    branches = [branch for branch in schema.get("anyOf", ()) if branch.get("type") != "null"]
    if not branches or schema.get("default", "") is not None:
        return schema
    return branches[0] if len(branches) == 1 else {**schema, "anyOf": branches}


def _default(schema: Schema) -> str | None:
    return None if schema.get("default") is None else json.dumps(schema["default"])


def _bodies(content: Document) -> list[Body]:
    return [
        Body(media_type, kind(told.get("schema", {})), list(_examples(media_type, told)))
        for media_type, told in content.items()
    ]


def _examples(media_type: str, told: Document) -> Iterable[tuple[str, str]]:
    if "example" in told:
        yield "", _text(media_type, told["example"])
    elif "examples" in told:
        for example in told["examples"].values():
            yield example["summary"], _text(media_type, example["value"])
    else:
        for example in told.get("schema", {}).get("examples", ()):
            yield "", _text(media_type, example)


def _text(media_type: str, value: Any) -> str:
    return value if isinstance(value, str) and "json" not in media_type else readable(value)


def readable(value: Any, indent: str = "") -> str:
    """Return JSON in lines. An object that fits into one line stays in it."""
    line = json.dumps(value, ensure_ascii=False)
    if len(line) + len(indent) <= 76 or not isinstance(value, dict | list) or not value:
        return line
    more = indent + "  "
    if isinstance(value, dict):
        parts = [f"{json.dumps(name)}: {readable(part, more)}" for name, part in value.items()]
        opening, closing = "{", "}"
    else:
        parts, (opening, closing) = [readable(part, more) for part in value], "[]"
    return f"{opening}\n{more}" + f",\n{more}".join(parts) + f"\n{indent}{closing}"


def _curl(method: str, url: str, parameters: list[Field], bodies: list[Body]) -> str:
    asked = [one for one in parameters if one.place == "query" and one.needed]
    query = "&".join(f"{one.name}={one.example}" for one in asked)
    parts = ["curl" if method == "GET" else f"curl -X {method}", f"'{url}{'?' if query else ''}{query}'"]
    body = next((body for body in bodies if body.media_type == JSON), None)
    if body:
        compact = json.dumps(json.loads(body.examples[0][1]), ensure_ascii=False)
        parts += [f"-H 'Content-Type: {JSON}'", f"-d '{compact}'"]
    return " \\\n  ".join([" ".join(parts[:2]), *parts[2:]])


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]
