"""OpenAPI document: FastAPI's, with the schema of problems and an example of every answer.

The examples in `openapi_examples.json` are recorded answers to the examples of the requests. A test compares
them with the service. `python -m tests.app.record_openapi_examples` records them again.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

from app.paths import PACKAGE
from app.schemas.problems import Problem

COMPONENT = "#/components/schemas/{model}"
UNUSED = "HTTPValidationError"
EXAMPLES = PACKAGE / "web" / "openapi_examples.json"
Document = dict[str, Any]


def complete_openapi(describe: Callable[[], Document]) -> Callable[[], Document]:
    """Return a function that completes the document of `describe`, and caches it."""

    def described() -> Document:
        document = describe()
        schemas = document["components"]["schemas"]
        if "Problem" not in schemas:
            schema = Problem.model_json_schema(ref_template=COMPONENT)
            schemas.update(schema.pop("$defs"), Problem=schema)
            schemas.pop(UNUSED, None)
            schemas.pop("ValidationError", None)
            _take_out_unused(document)
            _add_answers(document, json.loads(EXAMPLES.read_text(encoding="utf-8")))
        return document

    return described


def operations(document: Document) -> Iterator[tuple[str, str, Document]]:
    """Yield method, path and description of each operation."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def success(operation: Document) -> tuple[str, Document]:
    """Return the status of an operation's success, and its description."""
    return next((status, told) for status, told in operation["responses"].items() if status < "300")


def _take_out_unused(document: Document) -> None:
    """Remove FastAPI's own form of 422, which no route answers."""
    for _, _, operation in operations(document):
        responses = operation["responses"]
        if UNUSED in str(responses.get("422", "")):
            del responses["422"]


def _add_answers(document: Document, answers: Document) -> None:
    for _, _, operation in operations(document):
        _, told = success(operation)
        for media_type, answer in answers.get(operation["operationId"], {}).items():
            told["content"][media_type]["example"] = answer
