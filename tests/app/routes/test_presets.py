"""Presets: those that are said to work do, the others fail as they say, and their remedy helps."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.app.server import Network, Service

Json = dict[str, Any]
PRESETS: list[Json] = json.loads(
    (Path(__file__).resolve().parents[3] / "static" / "presets.json").read_text(encoding="utf-8")
)


def measured(network: Network) -> dict[str, Any]:
    """All that a claim can be about.

    dead: units no example moves. shrinking: how much smaller the first layer's gradient is than the last's.
    pruned: weights into the first layer that are 0. kept: inputs that have others. apart: the most
    that two of its units differ in a weight.
    """
    state = network.get()
    rows = network.get("/parameters")["layers"][0]["W"]
    kept = {name for name, *weights in zip(state["spec"]["features"], *rows, strict=True) if any(weights)}
    told = {
        "diverged": float(state["status"] == "diverged"),
        "accuracy": state["train"]["accuracy"],
        "test_accuracy": state["test"]["accuracy"],
        "r2": state["train"]["r2"],
        "kept": sorted(kept),
        "pruned": sum(weight == 0 for row in rows for weight in row),
        "apart": max(abs(a - b) for row in rows for a, b in zip(row, rows[0], strict=True)),
    }
    if not told["diverged"]:
        layers = network.get("/distributions")["layers"]
        first, last = layers[0]["gradient_norm"], layers[-1]["gradient_norm"]
        told["dead"] = sum(len(layer["dead"]) for layer in layers)
        told["shrinking"] = last / first if first else float("inf")
    return told


def check(network: Network, claim: Json) -> None:
    network.send("POST", "/play", {"until": {"epoch": claim["epochs"]}})
    network.get("?wait=30&until=paused")
    told = measured(network)
    for name in claim.keys() - {"epochs"}:
        low, high = claim[name]
        assert low <= told[name] <= high, f"{name}: {told}"


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset["name"])
def test_a_preset_does_what_it_says_and_its_remedy_helps(service: Service, preset: Json):
    network = service.create(**preset["spec"])
    check(network, preset["claim"])
    assert ("remedy" in preset) is not preset["works"]
    if not preset["works"]:
        network.send("PATCH", "", preset["remedy"]["change"])
        network.send("POST", "/reset", {})
        check(network, preset["remedy"]["claim"])
