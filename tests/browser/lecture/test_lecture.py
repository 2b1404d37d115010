"""The lecture as it is displayed: the numbers on the page are those of the slides."""

import json
import re
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, Request, Route, expect

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "lecture.json").read_text())
MINUS = "\u2212"
FRAMES_GO_BY = """(count) => new Promise((done) => {
  const wait = (left) => (left > 0 ? requestAnimationFrame(() => wait(left - 1)) : done());
  wait(count);
})"""


def opened(page: Page, name: str) -> Page:
    page.goto(f"/lecture#{name}")
    expect(page.locator("#foot .pages a[aria-current]")).to_have_count(1)
    return page


def rows(page: Page, table: str) -> list[list[str]]:
    """The cells of a table as they are read."""
    found = page.locator(f"[data-table={table}] tbody tr")
    expect(found.first).to_be_visible()
    cells = [row.locator("td").all_inner_texts() for row in found.all()]
    return [[cell.replace(MINUS, "-") for cell in row] for row in cells]


def drawn(page: Page, kind: str, graph: int = 0) -> dict[int, str]:
    """What stands at each node of a graph, its values or its gradients."""
    picture = page.locator("svg.graph").nth(graph)
    return {
        int(node.get_attribute("data-node") or -1): (node.locator(f".{kind}").text_content() or "").replace(
            MINUS, "-"
        )
        for node in picture.locator("g.gate").all()
        if node.locator(f".{kind}").count()
    }


@pytest.mark.parametrize("name", ["and", "or", "nor"])
def test_a_gate_shows_the_sums_of_the_slides(page, name):
    shown = rows(opened(page, name), "examples")
    expect(page.locator(".standNow")).to_have_text(re.compile(r"^E = \d\.\d·10⁻\S+, 100% correct"))
    assert [float(row[2]) for row in shown] == GOLDEN[name]["z"]
    assert [round(float(row[3])) for row in shown] == [round(a) for a in GOLDEN[name]["a"]]


def test_xnor_shows_its_truth_table(page):
    shown = rows(opened(page, "xnor"), "examples")
    assert [round(float(row[-2])) for row in shown] == [1, 0, 0, 1]


def test_the_graph_of_xyz_is_blank_until_it_is_stepped_through_and_then_complete(page):
    opened(page, "graph-xyz")
    expect(page.locator("svg.graph")).to_be_visible()
    assert drawn(page, "value") == {0: "-2", 1: "5", 3: "-4"}
    assert drawn(page, "gradient") == {}
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    assert drawn(page, "value") == {0: "-2", 1: "5", 2: "3", 3: "-4", 4: "-12"}
    assert drawn(page, "gradient") == {0: "-4", 1: "-4", 2: "-4", 3: "3", 4: "1"}
    assert page.locator("svg.graph .called").all_text_contents() == ["q", "f"]
    slopes = page.locator(".gateLine annotation").all_text_contents()
    assert [slope.split(" = ")[0] for slope in slopes] == [
        r"{\frac{\partial q}{\partial x}",
        r"{\frac{\partial q}{\partial y}",
    ]


def test_the_neuron_s_graph_shows_the_exact_gradients_and_those_of_the_slides(page):
    opened(page, "graph-sigmoid")
    page.get_by_role("button", name="Show all").click()
    values = list(drawn(page, "value").values())
    assert [number for number in ["6", "4", "1", "-1", "0.37", "1.37", "0.73"] if number not in values] == []
    exact = [drawn(page, "gradient")[node] for node in (1, 2, 4, 5, 8)]
    assert exact == ["-0.20", "0.39", "-0.39", "-0.59", "0.20"]
    page.get_by_text("Round as on the slides").click()
    expect(page.locator("g[data-node='2'] .gradient")).to_have_text("0.40")
    assert [drawn(page, "gradient")[node] for node in (1, 4, 5, 8)] == ["-0.20", "-0.40", "-0.60", "0.20"]


def test_the_weight_update_shows_all_nineteen_rounds(page):
    opened(page, "weight-update")
    page.get_by_role("button", name="Show all").click()
    expect(page.locator("[data-table=rounds] tbody tr")).to_have_count(20)
    shown = rows(page, "rounds")[1:]
    for row, golden in zip(shown, GOLDEN["weight_update"]["rounds"], strict=True):
        assert [float(cell) for cell in row[1:5]] == pytest.approx([*golden["w"], golden["a"]], abs=5.1e-5)
    assert [row[5] for row in shown[-2:]] == ["0.0001099", "7.029·10⁻⁵"]


def test_the_worked_example_shows_the_loss_and_the_weights_of_the_article(page):
    opened(page, "worked-example")
    expect(page.locator(".standNow")).to_have_text("E = 0.2984 at step 0")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("[data-table=rounds] tbody tr")).to_have_count(2)
    golden = GOLDEN["worked_example"]
    wanted = [w for layer in ("W1_after", "W2_after") for row in golden[layer] for w in row]
    assert [float(cell) for cell in rows(page, "rounds")[1][1:9]] == pytest.approx(wanted, abs=5.1e-5)


def test_a_presenter_s_remote_turns_the_pages_and_a_number_jumps(page):
    opened(page, "neuron")
    page.keyboard.press("PageDown")
    expect(page).to_have_url(re.compile("#and$"))
    expect(page.locator("h1")).to_have_text("AND with one neuron")
    for key in "1", "7", "Enter":
        page.keyboard.press(key)
    expect(page).to_have_url(re.compile("#worked-example$"))


def test_an_exhibit_has_an_address_of_its_own(page):
    page.goto("/lecture/xnor")
    expect(page.locator("h1")).to_have_text("XNOR needs a hidden layer")


def test_a_network_is_taken_away_when_nothing_is_asked_about_it_any_more(page):
    held: list[Route] = []
    deleted: list[str] = []

    def note(request: Request) -> None:
        if request.method == "DELETE":
            deleted.append(request.url)

    def hold(route: Route) -> None:
        held.append(route)

    page.on("request", note)
    page.route("**/history", hold)
    with page.expect_request("**/history"):
        page.goto("/lecture#deltas")
    page.keyboard.press("PageUp")
    expect(page.locator("#foot .pages a[aria-current]")).to_have_attribute("href", "#weight-update")
    expect(page.locator("[data-table=rounds] tbody tr")).to_have_count(1)
    page.keyboard.press("PageUp")
    expect(page.locator("svg.graph").first).to_be_visible()
    assert deleted == []
    with page.expect_request(lambda request: request.method == "DELETE"):
        for route in held:
            route.continue_()


def test_the_numbers_are_read_once_more_when_the_network_moves_while_they_are_read(page, server):
    asked: list[Route] = []

    def hold_the_second(route: Route) -> None:
        asked.append(route)
        if len(asked) != 2:
            route.continue_()

    with page.expect_response(lambda answer: answer.url.endswith("/exhibits/and/networks")) as made:
        opened(page, "and")
    network = f"{server}/api/v1/networks/{made.value.json()['id']}"
    expect(page.locator("#table caption")).to_contain_text("at step 0")
    expect(page.locator(".standNow")).to_contain_text("at step 0")
    page.route(network, hold_the_second)
    with page.expect_request(lambda request: request.url == network and len(asked) == 1):
        first = httpx.post(f"{network}/steps", json={"count": 1}, trust_env=False).json()
    httpx.post(f"{network}/steps", json={"count": 1}, trust_env=False)
    expect(page.locator(".standNow")).to_contain_text("at step 2")
    page.evaluate(FRAMES_GO_BY, 30)
    asked[1].fulfill(json=first)
    expect(page.locator("#table caption")).to_contain_text("at step 2")
