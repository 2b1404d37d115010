"""docs/api.md: every example is what the service answers, and nothing that there is goes unsaid."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.routing import Mount, Route
from websockets.sync.client import connect

from app.domain.exceptions import ServiceError
from app.main import create_app
from app.routes import live, page
from app.settings import Limits, Settings
from app.web.openapi import operations
from app.web.problem_samples import SAMPLES
from app.web.responses import MEANINGS
from tests.app import doc_examples
from tests.app.server import PREFIX, Frame, Live, Service
from tests.architecture.tree import ROOT

TEXT = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
ADDRESS = "http://127.0.0.1:8000"


class Reading:
    """A reader who tries every example, in order. ids: by those in the document, those that are given."""

    def __init__(self, service: Service) -> None:
        self.address = service.address
        self.http = service.http
        self.ids: dict[str, str] = {}

    def here(self, text: str) -> str:
        """A text of the document with the ids and the address that there are."""
        return doc_examples.ID.sub(lambda id: self.ids.get(id[0], id[0]), text.replace(ADDRESS, self.address))

    def ask(self, asked: doc_examples.Message) -> httpx.Response:
        """Send a request as it is shown."""
        method, path = self.here(asked.first).split(" ")
        headers = dict(asked.headers)
        if asked.body.startswith(("{", "[")):
            headers.setdefault("Content-Type", "application/json")
        return self.http.request(method, self.address + path, headers=headers, content=asked.body or None)

    def wrong(self, told: doc_examples.Message, answer: httpx.Response) -> list[str]:
        """Where an answer is not the one shown."""
        if answer.status_code == 201:
            self.ids[doc_examples.shown(told.body)["id"]] = answer.json()["id"]
        wrong = [] if told.first.startswith(f"{answer.status_code} ") else [f"status {answer.status_code}"]
        for name, value in told.headers.items():
            if answer.headers.get(name) != self.here(value):
                wrong.append(f"{name}: {answer.headers.get(name)}")
        body = self.here(told.body)
        if body.startswith("{"):
            return wrong + doc_examples.differences(doc_examples.shown(body), answer.json())
        whole = body.rstrip(doc_examples.REST)
        fits = answer.text.startswith(whole) if body != whole else answer.text.strip() == body
        return wrong if fits else [*wrong, answer.text[:500]]

    def watch(self, path: str, lines: list[str]) -> list[str]:
        """A talk over the live socket, `>` what is sent and `<` what comes; where it went otherwise."""
        wrong = []
        with connect(self.here(self.address.replace("http", "ws", 1) + path)) as socket:
            talk = Live(socket)
            for line in lines:
                sign, text = line[:1], self.here(line[2:])
                if sign == ">":
                    socket.send(text)
                    continue
                message = talk.next(acknowledge=False)
                if text.startswith("frame"):
                    step = int(text.removeprefix("frame: step "))
                    wrong += [] if isinstance(message, Frame) and message.step == step else [str(message)]
                else:
                    wrong += doc_examples.differences(doc_examples.shown(text), message)
        return wrong


def test_every_example_is_answered_as_it_is_shown(service: Service):
    reading, wrong = Reading(service), []
    parts = re.split(doc_examples.SOCKET, TEXT)
    for text, path, lines in zip(parts[::3], [*parts[1::3], ""], [*parts[2::3], ""], strict=True):
        for asked, told in doc_examples.examples(text):
            answer = reading.ask(asked)
            wrong += [f"{asked.first}: {line}" for line in reading.wrong(told, answer)]
        if path:
            wrong += [
                f"{path}: {line}" for line in reading.watch(path.removeprefix("GET "), lines.split("\n"))
            ]
    assert not wrong, "\n".join(wrong)


def test_every_block_is_read():
    pairs, talks = list(doc_examples.examples(TEXT)), doc_examples.SOCKET.findall(TEXT)
    assert TEXT.count("```http\n") == 2 * len(pairs) > 60
    assert len(talks) == 1


def test_an_answer_that_is_another_than_shown_is_noticed():
    told = doc_examples.shown('{"a": 1.25, "rows": [[1, …], …], "b": "so …", "c": …, …}')
    fits = {"a": 1.2534, "rows": [[1, 2], [3]], "b": "so be it", "c": None, "d": 1}
    assert doc_examples.differences(told, fits) == []
    others: list[dict[str, Any]] = [{"a": 1.26}, {"a": 1}, {"rows": []}, {"rows": [[2]]}, {"b": "not so"}]
    for other in others:
        assert doc_examples.differences(told, fits | other)
    assert doc_examples.differences(told, {name: fits[name] for name in "abd"})
    assert doc_examples.differences(doc_examples.shown('{"a": true}'), {"a": 1})
    assert doc_examples.differences(doc_examples.shown('{"a": 1}'), {"a": 1, "b": 2})


@pytest.fixture(scope="module")
def application() -> Any:
    return create_app(Settings(data=Path(":memory:")))


def test_every_operation_is_in_the_table_with_its_name(application):
    rows = set(re.findall(r"^\| `(\w+) (/\S*)` \| `(\w+)` \|", TEXT, re.MULTILINE))
    assert rows == {
        (method, path.removeprefix(PREFIX), operation["operationId"])
        for method, path, operation in operations(application.openapi())
    }


def test_whoever_is_to_ask_again_is_told_when():
    silent = [
        sample["type"] for sample in SAMPLES if sample["status"] in (429, 503) and "retry_after" not in sample
    ]
    assert not silent


def test_every_operation_is_asked_in_an_example_or_is_for_machines(application):
    asked = [question.first.partition("?")[0].split(" ") for question, _ in doc_examples.examples(TEXT)]
    missing = {
        operation["operationId"]
        for method, path, operation in operations(application.openapi())
        if not any(
            method == how and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", path), where) for how, where in asked
        )
    }
    assert missing == {"getHealth", "getMetrics"}


def test_every_address_beside_the_operations_is_in_a_table_too(application):
    told = set(re.findall(r"^\| `GET (/\S*)` \| [^`]", TEXT, re.MULTILINE))
    mounted = [route for route in application.routes if isinstance(route, Mount | Route)]
    there = {f"{route.path}/{{path}}" if isinstance(route, Mount) else route.path for route in mounted}
    there |= {getattr(route, "path", "") for route in page.router.routes}
    there |= {PREFIX + getattr(route, "path", "") for route in live.router.routes}
    assert told == there


def subclasses(kind: type[ServiceError]) -> Iterator[type[ServiceError]]:
    """All the kinds of a refusal there are."""
    for below in kind.__subclasses__():
        yield below
        yield from subclasses(below)


def test_every_type_of_problem_is_in_the_table_with_its_status():
    rows = re.findall(r"^\| `(/problems/[a-z-]+)` \| (\d+) \|", TEXT, re.MULTILINE)
    assert sorted(rows) == sorted({(sample["type"], str(sample["status"])) for sample in SAMPLES})
    assert {f"/problems/{kind.slug}" for kind in subclasses(ServiceError)} <= {kind for kind, _ in rows}
    assert set(MEANINGS) <= {int(status) for _, status in rows}


def test_the_limits_in_the_text_are_the_defaults():
    limits = Limits()
    (told,) = re.findall(r"^- \*\*Limits\*\*.*?^- ", TEXT, re.MULTILINE | re.DOTALL)
    for number in (limits.layers, limits.units, limits.parameters, limits.rows):
        assert re.search(rf"\b{number:,} ", told), number
