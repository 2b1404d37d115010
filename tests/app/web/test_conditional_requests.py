"""Changes on condition: If-Match, single parameters, and waiting for a network to stand still."""

import httpx
import pytest

from tests.app.server import Network, Service

FIELDS = [("PATCH", "", {"batch_size": 5}), ("PUT", "/data", {"name": "xor"})]
ONE = {"changes": [{"parameter": "w_11^(1)", "value": 0.5}]}
EDIT = ("PATCH", "/parameters", ONE)
COMMANDS = [
    ("POST", "/steps", {"count": 1}), ("POST", "/play", {}), ("POST", "/pause", None), ("POST", "/reset", {}),
    ("POST", "/rewind", {"version": 1}), ("DELETE", "", None),
]  # fmt: skip


@pytest.fixture
def network(service: Service) -> Network:
    return service.create()


def sent(network: Network, method: str, rest: str, body: object, tag: str) -> httpx.Response:
    path = network.path + rest
    return network.service.http.request(method, path, json=body, headers={"If-Match": tag})


@pytest.mark.parametrize(("method", "rest", "body"), [*FIELDS, EDIT])
def test_a_change_is_made_when_it_is_meant_for_this_version(network, method, rest, body):
    tag = network.service.http.get(network.path).headers["etag"]
    answer = sent(network, method, rest, body, tag)
    assert answer.status_code == 200
    assert answer.headers["etag"] == '"2"' != tag


@pytest.mark.parametrize(("method", "rest", "body"), [*FIELDS, EDIT, ("PUT", "/parameters", None)])
@pytest.mark.parametrize("tag", ['"7"', 'W/"1"', "1", "nonsense", '"7", "8"'])
def test_a_change_meant_for_another_version_is_refused_and_changes_nothing(network, method, rest, body, tag):
    body = body or {"layers": network.get("/parameters")["layers"]}
    answer = sent(network, method, rest, body, tag)
    assert answer.status_code == 412
    assert answer.json()["type"] == "/problems/other-version"
    assert network.get() == network.made


@pytest.mark.parametrize(("method", "rest", "body"), COMMANDS)
def test_commands_and_deletion_are_conditional_too(network, method, rest, body):
    network.steps(1)
    before = network.get()
    assert sent(network, method, rest, body, '"1"').status_code == 412
    assert network.get() == before
    assert sent(network, method, rest, body, '"2"').is_success


@pytest.mark.parametrize("tag", ["*", '"0", "1"'])
def test_any_version_and_one_of_several_fit(network, tag):
    assert sent(network, *FIELDS[0], tag).status_code == 200


def test_single_parameters_are_set_by_the_names_of_the_gradient_check(network: Network):
    names = [entry["name"] for entry in network.send("POST", "/gradient-check", {})["parameters"]]
    before = network.get("/parameters")["layers"]
    change = [{"parameter": names[0], "value": -3}, {"parameter": names[-1], "value": 0.25}]
    state = network.send("PATCH", "/parameters", {"changes": change})
    assert state["version"] == 2
    assert state["start"]["modified"] is True
    before[0]["b"][0], before[-1]["W"][-1][-1] = -3, 0.25
    assert network.get("/parameters")["layers"] == before


def test_a_name_that_no_parameter_has_is_told_which_there_are(network: Network):
    problem = network.refused(
        "PATCH", "/parameters", json={"changes": [*ONE["changes"], {"parameter": "w_19^(1)", "value": 1}]}
    )
    assert problem["errors"][0]["field"] == "changes.1.parameter"
    assert "w_10^(1)" in problem["detail"]
    assert network.get() == network.made


def test_an_edit_goes_over_the_socket_too(network: Network):
    with network.live() as live:
        live.command("edit", **ONE)
        assert live.event("done")["state"]["version"] == 2


def test_a_client_that_waits_is_answered_when_the_goal_is_reached(network: Network):
    network.send("POST", "/play", {"until": {"epoch": 40}})
    state = network.get("?wait=30&until=paused")
    assert (state["status"], state["epoch"]) == ("reached", 40)


def test_a_client_that_waits_in_vain_is_answered_with_the_state_as_it_is(network: Network):
    network.send("POST", "/play", {})
    assert network.get("?wait=0.05")["playing"] is True
    network.send("POST", "/pause")
    assert network.get("?wait=30")["playing"] is False


@pytest.mark.parametrize("query", ["wait=31", "wait=-1", "wait=nan", "wait=x", "until=diverged"])
def test_what_cannot_be_waited_for_is_refused(network: Network, query: str):
    assert network.refused("GET", f"?{query}")["errors"][0]["field"] == query.partition("=")[0]
