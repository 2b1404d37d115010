"""Every exhibit, asked for over REST and started: its numbers are those of the slides."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.app.server import Network, Service, running

ROOT = Path(__file__).parents[3]
GOLDEN = json.loads((ROOT / "tests" / "golden" / "lecture.json").read_text())
IDS = [path.stem.partition("-")[2] for path in sorted((ROOT / "app" / "exhibits" / "en").glob("*.md"))]
CORNERS = [[0, 0], [0, 1], [1, 0], [1, 1]]
Json = dict[str, Any]


def near(value: Any, within: float = 1e-9) -> Any:
    """Equal to within an absolute error, whatever lists and objects the numbers stand in."""
    if isinstance(value, dict):
        return {key: near(item, within) for key, item in value.items()}
    if isinstance(value, list):
        return [near(item, within) for item in value]
    return pytest.approx(value, abs=within, rel=0) if isinstance(value, int | float) else value


def at(answer: Any, place: str) -> Any:
    """What stands at "layers.0.z"."""
    for part in place.split("."):
        answer = answer[int(part)] if isinstance(answer, list) else answer[part]
    return answer


def exhibit(service: Service, name: str) -> Json:
    answer = service.http.get(f"/exhibits/{name}")
    assert answer.status_code == 200, answer.text
    page: Json = answer.json()
    return page


def start(service: Service, name: str, network: str | None = None) -> Network:
    """A live network of an exhibit."""
    body = {} if network is None else {"network": network}
    answer = service.http.post(f"/exhibits/{name}/networks", json=body)
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"].endswith(answer.json()["id"])
    return Network(service, answer.json()["id"], answer.json())


def asked(service: Service, page: Json, fact: Json) -> Any:
    """The service's answer to a fact's question."""
    if fact["of"] == "expression":
        question = {
            "expression": page["expressions"][fact.get("expression", 0)],
            "values": page["values"],
            "decimals": fact.get("decimals"),
        }
        return service.http.post("/expressions", json=question).json()
    network = start(service, page["id"], fact.get("network"))
    if fact.get("steps"):
        network.steps(fact["steps"])
    if fact["of"] == "activations" and fact.get("x") is not None:
        return network.send("POST", "/activations", {"x": fact["x"]})
    example = {"example": fact["example"]} if "example" in fact else {}
    return network.get("" if fact["of"] == "state" else f"/{fact['of']}", params=example)


def test_the_exhibits_stand_in_the_order_of_the_lecture(service):
    listed = service.http.get("/exhibits").json()["exhibits"]
    assert [page["id"] for page in listed] == IDS
    assert (IDS[0], IDS[4], IDS[-1]) == ("neuron", "xnor", "training")
    assert [page["number"] for page in listed] == list(range(1, len(IDS) + 1))


@pytest.mark.parametrize("name", IDS)
def test_an_exhibit_has_words_formulas_and_parts_that_are_live(service, name):
    page = exhibit(service, name)
    assert page["title"]
    assert page["parts"]
    assert page["formulas"]
    assert 1 <= len(page["prose"]) <= 3
    assert page["facts"]


@pytest.mark.parametrize("name", IDS)
def test_the_facts_of_an_exhibit_are_what_the_service_answers(service, name):
    page = exhibit(service, name)
    for fact in page["facts"]:
        answer = at(asked(service, page, fact), fact["at"])
        assert answer == near(fact["value"], fact.get("within", 1e-9)), fact


@pytest.mark.parametrize("name", ["and", "or", "nor"])
def test_a_gate_s_neuron_has_the_golden_sums_and_answers(service, name):
    layer = start(service, name).send("POST", "/activations", {"x": CORNERS})["layers"][0]
    assert layer["z"] == near([[z] for z in GOLDEN[name]["z"]])
    assert layer["a"] == near([[a] for a in GOLDEN[name]["a"]])


def test_xnor_has_the_golden_answers_and_one_neuron_never_gets_them_all(service):
    told = start(service, "xnor").send("POST", "/activations", {"x": CORNERS})
    assert told["layers"][1]["a"] == near([[a] for a in GOLDEN["xnor"]["a"]])
    alone = start(service, "xnor", "One neuron, learning")
    assert max(alone.steps(500)["train"]["accuracy"] for _ in range(4)) <= 0.75


@pytest.mark.parametrize(
    ("name", "golden"),
    [("graph-xyz", "graph_xyz"), ("graph-sigmoid", "graph_sigmoid"), ("graph-gate", "graph_sigmoid")],
)
def test_a_graph_has_the_golden_value_and_gradients(service, name, golden):
    page = exhibit(service, name)
    for expression in page["expressions"]:
        body = {"expression": expression, "values": page["values"]}
        graph = service.http.post("/expressions", json=body).json()
        assert graph["value"] == near(GOLDEN[golden]["f"])
        wanted = {key: GOLDEN[golden]["grad"][key] for key in graph["gradients"]}
        assert graph["gradients"] == near(wanted)


def test_rounded_at_each_gate_the_graph_reads_as_on_the_slides(service):
    page = exhibit(service, "graph-sigmoid")
    body = {"expression": page["expressions"][0], "values": page["values"], "decimals": 2}
    nodes = service.http.post("/expressions", json=body).json()["nodes"]
    gates = [node for node in nodes if node["inputs"]]
    assert [gate["value"] for gate in gates] == near([-2, 6, 4, 1, -1, 0.37, 1.37, 0.73])
    chain = [gate["gradient"] for gate in reversed(gates[3:])]
    assert chain == near([1, -0.53, -0.53, -0.20, 0.20])


def test_the_weight_update_comes_out_round_by_round(service):
    network = start(service, "weight-update")
    for wanted in GOLDEN["weight_update"]["rounds"]:
        network.steps(1)
        (layer,) = network.get("/parameters")["layers"]
        told = network.get("/activations", params={"example": 0})
        assert [*layer["W"][0], *layer["b"]] == near(wanted["w"])
        assert told["layers"][0]["a"] == near([[wanted["a"]]])


def test_the_worked_example_comes_out_as_in_the_article(service):
    golden, network = GOLDEN["worked_example"], start(service, "worked-example")
    assert network.made["train"]["loss"] == near(golden["E"])
    gradients = network.get("/gradients", params={"example": 0})["layers"]
    assert gradients[1]["dW"] == near(golden["dW2"])
    assert gradients[0]["dW"] == near(golden["dW1"])
    network.steps(1)
    first, second = network.get("/parameters")["layers"]
    assert (first["W"], second["W"]) == (near(golden["W1_after"]), near(golden["W2_after"]))
    assert (first["b"], second["b"]) == (golden["b1"], golden["b2"])


def test_an_unknown_exhibit_is_a_problem_that_names_those_there_are(service):
    problem = service.refusal("GET", "/exhibits/nand", 404)
    assert "xnor" in problem["detail"]
    service.refusal("POST", "/exhibits/nand/networks", 404, json={})


def test_an_exhibit_without_that_network_says_which_it_has(service):
    problem = service.refusal("POST", "/exhibits/xnor/networks", json={"network": "two neurons"})
    assert "'One neuron, learning'" in problem["detail"]
    service.refusal("POST", "/exhibits/graph-xyz/networks", json={})


@pytest.mark.slow
def test_a_lecturer_s_own_folder_adds_pages_and_replaces_those_of_the_same_id(tmp_path):
    source = (ROOT / "app" / "exhibits" / "en" / "02-and.md").read_text(encoding="utf-8")
    (tmp_path / "1.md").write_text(source.replace("AND with one neuron", "My AND"), encoding="utf-8")
    (tmp_path / "2.md").write_text(source.replace("id: and", "id: my-and"), encoding="utf-8")
    (tmp_path / "3.md").write_text(source.replace("x_1 +", "x_{1 +"), encoding="utf-8")
    with running(EXHIBITS=str(tmp_path)) as (_, address):
        service = Service(address)
        listed = service.http.get("/exhibits").json()["exhibits"]
        assert listed[1]["title"] == "My AND"
        assert [page["id"] for page in listed] == [*IDS, "my-and", "broken-1"]
        fault = service.http.get("/exhibits/broken-1").json()["fault"]
        assert re.match(r"3\.md, line \d+: in the formula .*: \{ is never closed", fault)
        layer = start(service, "my-and").send("POST", "/activations", {"x": CORNERS})["layers"][0]
        assert layer["z"] == near([[z] for z in GOLDEN["and"]["z"]])
        service.http.close()
