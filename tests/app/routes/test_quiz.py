"""Questions and worksheets over REST, as a grader uses them."""

import pytest

from tests.app.server import Network, Service

WORKED = {
    "data": {"inputs": [[0.05, 0.1]], "targets": [[0.01, 0.99]], "task": "regression"},
    "layers": [{"units": 2, "activation": "sigmoid"}, {"units": 2, "activation": "sigmoid"}],
    "parameters": [
        {"W": [[0.15, 0.2], [0.25, 0.3]], "b": [0.35, 0.35]},
        {"W": [[0.4, 0.45], [0.5, 0.55]], "b": [0.6, 0.6]},
    ],
    "optimizer": {"learning_rate": 0.5},
    "batch_size": 1,
}


@pytest.fixture(scope="module")
def network(service: Service) -> Network:
    return service.create(**WORKED)


def test_questions_ask_without_answering_and_come_again_from_their_seed(network):
    asked = network.get("/questions?count=6&seed=7")
    assert {question["kind"] for question in asked["questions"]} == {
        "z", "a", "loss", "delta", "gradient", "weight",
    }  # fmt: skip
    assert "value" not in str(asked)
    assert asked == network.get("/questions?count=6&seed=7")
    assert len(network.get("/questions")["questions"]) == 4 + 4 + 1 + 4 + 12 + 12


def test_answers_are_judged_with_commas_and_fractions_and_a_hint_names_what_is_missing(network):
    answers = {
        "a_1^(2)": "0,5933", "E": "1/3", "δ_1^(3)": 0.1385, "∂E/∂w_11^(2)": "0,1385", "w_11^(2)": "0.441",
        "z_1^(2)": "?",
    }  # fmt: skip
    told = network.send("POST", "/answers", {"answers": answers, "step": 0})
    assert (told["right"], told["of"]) == (2, 6)
    judged = {answer["symbol"]: answer for answer in told["answers"]}
    assert judged["a_1^(2)"]["correct"]
    assert judged["∂E/∂w_11^(2)"]["hint"] == {
        "missing": "factor", "tex": "a_{1}^{(2)}", "words": "the factor a_1^(2) is missing",
    }  # fmt: skip
    assert judged["w_11^(2)"]["hint"]["missing"] == "sign"
    assert judged["E"]["hint"] is None
    assert judged["z_1^(2)"]["number"] is None


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"answers": {"q": "1"}}, "answers.q"),
        ({"answers": {}}, "answers"),
        ({"answers": {"E": "1"}, "step": 5}, "step"),
        ({"answers": {"E": "1"}, "example": 9}, "example"),
    ],
)
def test_what_cannot_be_judged_is_refused(network, body, field):
    assert network.refused("POST", "/answers", json=body)["errors"][0]["field"] == field


def test_a_worksheet_comes_from_its_seed_and_its_key_is_what_its_network_computes(service):
    path = "/exhibits/worked-example/worksheet"
    sheet = service.http.get(f"{path}?seed=7&count=12").json()
    assert sheet == service.http.get(f"{path}?seed=7&count=12").json()
    assert sheet["layers"] != service.http.get(f"{path}?seed=8").json()["layers"]
    key = service.http.get(f"{path}/key?seed=7&count=12").json()["answers"]
    assert [entry["symbol"] for entry in key] == [question["symbol"] for question in sheet["questions"]]
    lines = service.create(**sheet["spec"]).get("/trace?example=0")["lines"]
    for entry in key:
        values = [line["value"] for line in lines if line["symbol"] == entry["symbol"]]
        assert entry["value"] == values[-1]
    answers = {entry["symbol"]: f"{entry['value']:.6f}".replace(".", ",") for entry in key}
    told = service.http.post(f"{path}/answers?seed=7", json={"answers": answers}).json()
    assert told["right"] == told["of"] == 12


def test_every_exhibit_with_a_small_network_has_a_worksheet_and_the_others_say_why(service):
    for page in service.http.get("/exhibits").json()["exhibits"]:
        answer = service.http.get(f"/exhibits/{page['id']}/worksheet")
        network = service.http.get(f"/exhibits/{page['id']}").json()["network"]
        large = page["id"] == "vanishing-gradients"
        assert answer.status_code == (200 if network and not large else 422), (page["id"], answer.text)
        assert page["worksheet"] == answer.is_success, page["id"]
