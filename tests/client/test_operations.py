"""Every operation of the service is a method of both clients, takes what the operation takes, and works."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, is_dataclass
from inspect import getattr_static, signature
from typing import Any

import numpy as np
import pytest

from app.web.openapi import operations
from backprop_playground import AsyncClient, Client, ProblemError
from backprop_playground.endpoint import Operation
from backprop_playground.operations import Operations
from tests.app.server import Service

OWN = {"add": [{"x": [0.5, 0.5], "y": 1}]}
OTHER_NAMES = {
    "createNetwork": "spec",
    "patchParameters": "values",
    "putData": "data",
    "patchData": "changes",
}
"""Bodies that are one argument of the method."""
ID = object()
"""The id of the network that is asked."""
TRIED: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("get_health", (), {}), ("get_metrics", (), {}), ("get_catalog", (), {}),
    ("evaluate_expression", ("x*y", {"x": 2, "y": 3}), {"decimals": 2, "gradient": 2.0, "elementary": True}),
    ("evaluate_activation", ("tanh", np.linspace(-1, 1, 5)), {}),
    ("preview_csv", ("1,2,3\n4,5,6\n",),
     {"roles": ["input", "target", "none"], "task": "classification", "examples": True}),
    ("get_exhibits", (), {"language": "tr"}), ("get_exhibit", ("xnor",), {"language": "tr"}),
    ("get_worksheet", ("worked-example",), {"seed": 3, "count": 2, "language": "tr"}),
    ("get_worksheet_key", ("worked-example",), {"seed": 3, "count": 2}),
    ("judge_worksheet", ("worked-example", {"E": "1/8"}), {"seed": 3}),
    ("step_network", (ID, 3), {"unit": "epoch"}),
    ("get_network", (ID,), {"wait": 1, "until": "paused"}),
    ("get_history", (ID,), {}), ("patch_network", (ID, {"batch_size": 2}), {"version": 2}),
    ("get_parameters", (ID,), {}),
    ("put_parameters", (ID, [(np.eye(2), np.zeros(2)), (np.ones((1, 2)), [0.5])]), {"version": 3}),
    ("patch_parameters", (ID, {"w_11^(1)": 0.5}), {"version": 4}),
    ("get_activations", (ID, 1), {}), ("get_activations", (ID,), {"x": np.array([0.5, -1])}),
    ("compute_activations", (ID, np.eye(2)), {}),
    ("get_gradients", (ID,), {"example": 1}), ("get_gradients", (ID,), {"rows": False}),
    ("get_trace", (ID, 1), {}),
    ("get_batch_trace", (ID,), {}), ("get_unit_expression", (ID, "2,1"), {"example": 1}),
    ("get_questions", (ID,), {"example": 1, "count": 3, "seed": 5}),
    ("judge_answers", (ID, {"E": 0.1}), {"example": 1, "step": 3}),
    ("check_gradient", (ID,), {"example": 1, "h": 1e-6}),
    ("get_distributions", (ID,), {}), ("get_evaluation", (ID,), {}),
    ("get_slice", (ID, "w_11^(1)"), {"low": -1, "high": 1, "points": 3}),
    ("get_boundary", (ID, 5), {"unit": "2,1"}), ("get_data", (ID,), {}),
    ("export_network", (ID, "numpy"), {}), ("rewind_network", (ID, 1), {}),
    ("play_network", (ID,), {"epochs_per_second": 50.0, "until": {"epoch": 1}}),
    ("pause_network", (ID,), {}), ("reset_network", (ID,), {"seed": 5}),
    ("put_data", (ID, {"points": [[0, 0, -1], [1, 1, 1]]}), {"version": 9}),
    ("patch_data", (ID, OWN), {"version": 10}), ("delete_network", (ID,), {}),
]  # fmt: skip
SPEC = {"data": {"name": "xor-table"}, "layers": [{"units": 2}, {}]}
MADE = ("create_network", "start_exhibit")


@pytest.fixture(scope="module")
def document(service: Service) -> dict[str, Any]:
    told: dict[str, Any] = service.http.get(f"{service.address}/openapi.json").json()
    return told


def snake(operation: str) -> str:
    return re.sub("[A-Z]", lambda letter: "_" + letter.group().lower(), operation)


def taken(document: dict[str, Any], operation: dict[str, Any]) -> Iterator[str]:
    """What an operation takes: in the path, the query, and as fields of a JSON body."""
    yield from (asked["name"] for asked in operation.get("parameters", []) if asked["in"] != "header")
    yield from ("version" for asked in operation.get("parameters", []) if asked["name"] == "If-Match")
    if operation["operationId"] in OTHER_NAMES:
        yield OTHER_NAMES[operation["operationId"]]
        return
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    for name in re.findall(r"schemas/(\w+)", json.dumps(body)):
        yield from document["components"]["schemas"][name]["properties"]


def told(answer: Any) -> Any:
    """An answer as plain values, without what differs from one network to the next."""
    if is_dataclass(answer) and not isinstance(answer, type):
        answer = {name: value for name, value in asdict(answer).items() if name not in {"id", "page"}}
    return json.loads(
        json.dumps(answer, default=lambda value: getattr(value, "tolist", lambda: str(value))())
    )


def test_both_clients_have_a_method_for_every_operation_and_no_other(document):
    offered = {snake(operation["operationId"]) for _, _, operation in operations(document)}
    for client in (Client, AsyncClient):
        methods = {name for name in dir(client) if isinstance(getattr_static(client, name), Operation)}
        assert methods == offered


def test_a_method_takes_all_that_its_operation_takes(document):
    for _, _, operation in operations(document):
        name = snake(operation["operationId"])
        arguments = set(signature(getattr(Operations, name)).parameters)
        assert set(taken(document, operation)) <= arguments, name


def test_every_method_is_tried_below():
    methods = {name for name in dir(Client) if isinstance(getattr_static(Client, name), Operation)}
    assert methods == {name for name, _, _ in TRIED} | set(MADE)


async def test_every_operation_answers_both_clients_alike(service: Service):
    with Client(service.address) as client:
        async with AsyncClient(service.address) as awaited:
            here = client.create_network(SPEC)
            there = await awaited.create_network(SPEC)
            assert told(here) == told(there)
            assert told(client.start_exhibit("xnor")) == told(await awaited.start_exhibit("xnor"))
            for name, arguments, named in TRIED:
                mine = [here.id if given is ID else given for given in arguments]
                theirs = [there.id if given is ID else given for given in arguments]
                answer = getattr(client, name)(*mine, **named)
                other = await getattr(awaited, name)(*theirs, **named)
                if name != "get_metrics":
                    assert told(answer) == told(other), name


def test_a_refusal_says_its_type_and_when_to_ask_again(service: Service):
    with Client(service.address) as client:
        network = client.create_network(SPEC)
        with pytest.raises(ProblemError) as refused:
            client.patch_network(network.id, {"batch_size": 2}, version=7)
        assert (refused.value.status, refused.value.type) == (412, "/problems/other-version")
        assert refused.value.retry_after is None
