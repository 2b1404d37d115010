"""The OpenAPI document: FastAPI's, with the one schema that no route returns by itself."""

from collections.abc import Callable
from typing import Any

from app.schemas.answers import Problem

COMPONENT = "#/components/schemas/{model}"


UNUSED = "HTTPValidationError"


def with_problems(describe: Callable[[], dict[str, Any]]) -> Callable[[], dict[str, Any]]:
    """describe: what makes FastAPI's document, once."""

    def described() -> dict[str, Any]:
        document = describe()
        schemas = document["components"]["schemas"]
        if "Problem" not in schemas:
            schema = Problem.model_json_schema(ref_template=COMPONENT)
            schemas.update(schema.pop("$defs"), Problem=schema)
            schemas.pop(UNUSED, None)
            schemas.pop("ValidationError", None)
            _take_out_unused(document)
        return document

    return described


def _take_out_unused(document: dict[str, Any]) -> None:
    """FastAPI gives every route with a parameter a 422 of its own form; none of ours answers that."""
    for operations in document["paths"].values():
        for operation in operations.values():
            responses = operation["responses"]
            if UNUSED in str(responses.get("422", "")):
                del responses["422"]
