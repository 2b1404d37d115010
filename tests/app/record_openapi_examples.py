"""Recorder of OpenAPI examples: `python -m tests.app.record_openapi_examples` calls every operation once.

It sends the examples of the requests and writes the answers to app/web/openapi_examples.json, from where
they go into the document.
"""

import json
from typing import Any

from app.web.openapi import EXAMPLES, operations
from tests.app.server import Service, served

JSON, CSV, PYTHON = "application/json", "text/csv", "text/x-python"
ID = "Zk3mXv0aQ5u1yC7sT2bLrg"
HOME = "http://127.0.0.1:8000/"
LONG = {"getCatalog": 2, "getExhibits": 2, "getExhibit": 4}
LONGEST = 9
"""Lists that are longer are cut to so many entries."""
QUESTIONS: list[tuple[str, str]] = [
    ("getHealth", ""), ("getCatalog", ""), ("evaluateExpression", ""), ("evaluateActivation", ""),
    ("previewCsv", ""),
    ("getExhibits", ""), ("getExhibit", ""), ("startExhibit", ""),
    ("getWorksheet", ""), ("getWorksheetKey", ""), ("judgeWorksheet", ""),
    ("createNetwork", ""), ("stepNetwork", ""), ("getNetwork", ""), ("getHistory", ""), ("patchNetwork", ""),
    ("getParameters", ""), ("getActivations", "?example=3"), ("computeActivations", ""),
    ("getGradients", "?example=3"), ("getTrace", "?example=3"), ("getBatchTrace", ""),
    ("getUnitExpression", "?unit=2,1"),
    ("getQuestions", "?example=3&count=6"), ("judgeAnswers", ""), ("checkGradient", ""),
    ("getDistributions", ""), ("getEvaluation", ""), ("getSlice", "?parameter=w_11^(1)&points=5"),
    ("getBoundary", "?resolution=4"), ("getData", ""), ("exportNetwork", ""),
    ("rewindNetwork", ""), ("pauseNetwork", ""), ("playNetwork", ""), ("resetNetwork", ""),
    ("patchParameters", ""), ("putParameters", ""), ("patchData", ""), ("putData", ""), ("deleteNetwork", ""),
]  # fmt: skip
OTHER_FORMS = [("getHistory", CSV, ""), ("getData", CSV, ""), ("exportNetwork", PYTHON, "?format=numpy")]
Answers = dict[str, dict[str, Any]]


def answers(service: Service) -> Answers:
    """By operation and media type."""
    document = service.http.get(f"{service.address}/openapi.json").json()
    known = {
        operation["operationId"]: (method, path, operation)
        for method, path, operation in operations(document)
    }
    places = {"name": "xnor"}
    told: Answers = {}
    for name, query in QUESTIONS:
        method, path, operation = known[name]
        url = service.address + path.format(id=places.get("id", ""), name=places["name"]) + query
        answer = service.http.request(method, url, json=body_of(operation))
        assert answer.is_success, (name, answer.text)
        if answer.content:
            told[name] = {JSON: shortened(answer.json(), LONG.get(name, LONGEST))}
        if name == "createNetwork":
            places["id"] = answer.json()["id"]
        for _, form, more in (other for other in OTHER_FORMS if other[0] == name):
            lines = service.http.get(url + more, headers={"Accept": form}).text.splitlines()
            told[name][form] = "\n".join(lines[: LONGEST if form == CSV else None]) + "\n"
    return told


def body_of(operation: dict[str, Any]) -> Any:
    """The first example of the body that an operation takes; None where it takes none."""
    media = operation.get("requestBody", {}).get("content", {}).get(JSON)
    if media is None:
        return None
    if "examples" in media:
        return next(iter(media["examples"].values()))["value"]
    return media["schema"]["examples"][0]


def shortened(value: Any, longest: int) -> Any:
    """An answer with long lists cut, and with the ids and the address of the examples."""
    if isinstance(value, list):
        return [shortened(entry, longest) for entry in value[:longest]]
    if not isinstance(value, dict):
        return value
    told = {name: shortened(entry, longest) for name, entry in value.items()}
    if "page" in told:
        told |= {"id": ID, "page": f"{HOME}#id={ID}"}
    return told


def main() -> None:
    """Write them."""
    with served(DATA=":memory:") as (_, service):
        text = json.dumps(answers(service), ensure_ascii=False, indent=1)
    EXAMPLES.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
