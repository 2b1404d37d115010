"""The OpenAPI document: names that stay, and an example of everything, as the service answers it."""

import json
import re
from typing import Any

import pytest
from pydantic import TypeAdapter

from app.routes import data, exhibits, inspection, networks, parameters, quiz, training, worksheets
from app.routes import system as service_routes
from app.web.openapi import EXAMPLES, operations, success
from tests.app import record_openapi_examples
from tests.app.rounding import approximate
from tests.app.server import Service

MODULES = (
    data, exhibits, inspection, networks, parameters, quiz, service_routes, training, worksheets,
)  # fmt: skip
ROUTES = {route.operation_id: route for module in MODULES for route in module.router.routes}
BINARY = {"application/x-npz", "application/x-npy"}
NAMES = {
    "getCatalog", "createNetwork", "getNetwork", "patchNetwork", "deleteNetwork", "exportNetwork",
    "stepNetwork", "playNetwork", "pauseNetwork", "resetNetwork", "rewindNetwork", "getParameters",
    "putParameters", "patchParameters", "getActivations", "computeActivations", "getGradients", "getTrace",
    "checkGradient", "getDistributions", "getEvaluation", "getSlice", "getBoundary", "getData", "putData",
    "getHistory", "evaluateExpression", "evaluateActivation", "getExhibits", "getExhibit", "startExhibit",
    "getHealth", "getMetrics", "patchData", "getBatchTrace", "getUnitExpression", "getQuestions",
    "judgeAnswers", "getWorksheet", "getWorksheetKey", "judgeWorksheet", "previewCsv",
}  # fmt: skip


@pytest.fixture(scope="module")
def document(service: Service) -> dict[str, Any]:
    told: dict[str, Any] = service.http.get(f"{service.address}/openapi.json").json()
    return told


FRACTION = re.compile(r"(-?\d+\.\d+(?:e[-+]\d+)?)")
"""A number in a text, as in CSV and in Python."""


def split(value: Any) -> Any:
    """The same, with texts cut at the numbers in them."""
    if isinstance(value, list):
        return [split(entry) for entry in value]
    if isinstance(value, dict):
        return {name: split(entry) for name, entry in value.items()}
    if isinstance(value, str):
        return [float(part) if FRACTION.fullmatch(part) else part for part in FRACTION.split(value)]
    return value


def test_every_operation_has_a_name_of_its_own(document):
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+[A-Z]\w+", name) for name in names)


def test_the_names_that_programs_rely_on_stay(document):
    assert {operation["operationId"] for _, _, operation in operations(document)} >= NAMES


def test_every_operation_says_in_words_what_it_does(document):
    silent = [
        operation["operationId"]
        for _, _, operation in operations(document)
        if not operation.get("description")
    ]
    assert not silent


def test_every_body_has_an_example(document):
    for _, _, operation in operations(document):
        if "requestBody" in operation:
            assert record_openapi_examples.body_of(operation) is not None, operation["operationId"]


def test_every_answer_has_an_example_unless_it_is_made_of_bytes(document):
    missing = [
        (operation["operationId"], status, media_type)
        for _, _, operation in operations(document)
        for status, told in operation["responses"].items()
        for media_type, content in told.get("content", {}).items()
        if "example" not in content and media_type not in BINARY
    ]
    assert not missing, "python -m tests.app.record_openapi_examples writes them"


def test_the_examples_are_what_the_service_answers_to_the_examples(service):
    recorded = split(json.loads(EXAMPLES.read_text(encoding="utf-8")))
    assert split(record_openapi_examples.answers(service)) == approximate(recorded, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("name", json.loads(EXAMPLES.read_text(encoding="utf-8")))
def test_an_example_is_of_the_form_that_the_document_tells(name):
    answer = json.loads(EXAMPLES.read_text(encoding="utf-8"))[name].get(record_openapi_examples.JSON)
    TypeAdapter(ROUTES[name].response_model).validate_json(json.dumps(answer))


def test_the_example_of_a_refusal_is_one_with_its_status(document):
    for _, _, operation in operations(document):
        for status, told in operation["responses"].items():
            if status >= "400":
                example = told["content"]["application/problem+json"]["example"]
                assert example["status"] == int(status)
                assert example["type"].startswith("/problems/")


def test_every_operation_answers_with_one_success(document):
    for _, _, operation in operations(document):
        status, _ = success(operation)
        assert status in ("200", "201", "204")
