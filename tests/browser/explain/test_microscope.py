"""The microscope shows the lecture's worked example number by number; what is tested is what is displayed."""

import json
import re
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.playground import Playground

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "lecture.json").read_text())["worked_example"]
MINUS = "\N{MINUS SIGN}"


def worked_example():
    """The worked example as a spec."""
    sigmoid = {"units": 2, "activation": "sigmoid"}
    return {
        "data": {
            "inputs": [GOLDEN["x"]],
            "targets": [GOLDEN["y"]],
            "task": "regression",
            "train_fraction": 1,
        },
        "layers": [sigmoid, sigmoid],
        "parameters": [{"W": GOLDEN[f"W{layer}"], "b": GOLDEN[f"b{layer}"]} for layer in (1, 2)],
        "frozen": [{"b": True}, {"b": True}],
        "loss": "half_squared_error",
        "optimizer": {"name": "sgd", "learning_rate": GOLDEN["rate"]},
        "batch_size": 1,
    }


def four_digits(value: float) -> str:
    """As the microscope writes a number: four significant digits, fewer where they say it all."""
    written = f"{value:#.4g}".replace("-", MINUS)
    return written if float(f"{value:.4g}") != value else f"{value:g}".replace("-", MINUS)


@pytest.fixture
def network(server: str) -> str:
    answer = httpx.post(f"{server}/api/v1/networks", json=worked_example(), trust_env=False)
    identifier: str = answer.json()["id"]
    return identifier


@pytest.fixture
def walk(page: Page, network: str) -> Page:
    """The worked example with the microscope open at its first stop."""
    page.goto(f"/#id={network}")
    page.get_by_role("button", name="Microscope").click()
    expect(page.locator("#stopCount")).to_have_text("1 of 17")
    expect(page.locator(".result .katex-html").first).to_be_visible()
    return page


def results(page: Page) -> list[str]:
    """The results on the board, top to bottom."""
    return page.locator(".slate .result .katex-html").all_inner_texts()


def exact_results(page: Page) -> list[float]:
    """The same with all their digits, as a pointer or a focus would show them."""
    found = page.locator(".slate .result").all()
    return [float(result.get_attribute("data-exact") or "nan") for result in found]


def go(page: Page, to: int) -> None:
    """Walk on to a stop with the arrow key."""
    page.keyboard.press("Home")
    for _ in range(to - 1):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#stopCount")).to_have_text(f"{to} of 17")


def test_forward_shows_every_z_and_a(walk: Page):
    for stop, a in enumerate([*GOLDEN["hidden"], *GOLDEN["output"]], start=1):
        go(walk, stop)
        assert results(walk)[1] == four_digits(a)
        assert exact_results(walk)[1] == pytest.approx(a, abs=1e-12)
    go(walk, 1)
    assert results(walk) == ["0.3775", "0.5933"]
    board = walk.locator(".slate .katex-html").all_inner_texts()
    squeezed = [re.sub(r"\s|\u200b", "", words) for words in board]
    assert "0.35+0.15⋅0.05+0.2⋅0.1" in squeezed


def test_the_loss_is_shown_with_each_outputs_share(walk: Page):
    go(walk, 5)
    assert results(walk) == [four_digits(GOLDEN["E"])]
    shares = [0.5 * (a - y) ** 2 for a, y in zip(GOLDEN["output"], GOLDEN["y"], strict=True)]
    board = " ".join(walk.locator(".slate .katex-html").all_inner_texts())
    assert all(four_digits(share) in board for share in shares)


def test_an_output_delta_keeps_loss_gradient_and_local_gradient_in_boxes_apart(walk: Page):
    go(walk, 6)
    a, y = GOLDEN["output"][0], GOLDEN["y"][0]
    assert results(walk) == [four_digits(value) for value in (a - y, a * (1 - a), GOLDEN["delta_output"][0])]
    expect(walk.locator(".factor figcaption")).to_have_text(["loss gradient", "local gradient"])


def test_a_hidden_delta_sums_over_the_units_it_feeds(walk: Page):
    for stop, delta in enumerate(GOLDEN["delta_hidden"], start=10):
        go(walk, stop)
        assert results(walk)[-1] == four_digits(delta)
        assert exact_results(walk)[-1] == pytest.approx(delta, abs=1e-12)
    expect(walk.locator(".factor figcaption").first).to_have_text("from the next layer")


def test_the_gradients_of_a_units_weights_are_delta_times_what_came_in(walk: Page):
    stops = {8: GOLDEN["dW2"][0], 9: GOLDEN["dW2"][1], 12: GOLDEN["dW1"][0], 13: GOLDEN["dW1"][1]}
    for stop, row in stops.items():
        go(walk, stop)
        assert results(walk)[1:] == [four_digits(value) for value in row]


def test_the_update_shows_old_and_new_and_can_be_made_true(walk: Page, server: str, network: str):
    after = [*GOLDEN["W1_after"], *GOLDEN["W2_after"]]
    for stop, row in enumerate(after, start=14):
        go(walk, stop)
        assert results(walk)[1:] == [four_digits(value) for value in row]
        assert exact_results(walk)[1:] == pytest.approx(row, abs=1e-12)
    expect(walk.locator(".row").first).to_contain_text("frozen")
    walk.get_by_role("button", name="Apply this update").click()
    expect(walk.locator("#standing")).to_contain_text("Done")
    told = httpx.get(f"{server}/api/v1/networks/{network}/parameters", trust_env=False).json()["layers"]
    for layer, name in enumerate(("W1_after", "W2_after")):
        for given, wanted in zip(told[layer]["W"], GOLDEN[name], strict=True):
            assert given == pytest.approx(wanted, abs=1e-12)


def test_numbers_of_an_earlier_step_say_so_and_can_be_renewed(walk: Page, server: str, network: str):
    httpx.post(f"{server}/api/v1/networks/{network}/steps", json={"count": 3}, trust_env=False)
    expect(walk.locator("#standing")).to_have_text(
        "These numbers are from step 0; the network is now at step 3."
    )
    walk.get_by_role("button", name="Refresh").click()
    expect(walk.locator("#standing")).to_have_text("step 3")
    frozen = {"frozen": [{"b": False}, {"b": False}]}
    httpx.patch(f"{server}/api/v1/networks/{network}", json=frozen, trust_env=False)
    expect(walk.locator("#standing")).to_have_text("The network has changed since.")
    walk.keyboard.press("ArrowRight")
    expect(walk.locator(".slate .left").first).to_contain_text("z2(2)")


def test_the_matrices_hold_the_same_numbers(walk: Page):
    walk.get_by_role("button", name="With matrices").click()
    expect(walk.locator("#stopCount")).to_have_text("1 of 9")
    board = " ".join(walk.locator(".slate .katex-html").all_inner_texts())
    assert all(four_digits(value) in board for row in GOLDEN["W1"] for value in row)
    assert all(four_digits(value) in board for value in GOLDEN["hidden"])


def test_every_line_is_copied_as_python_that_runs_to_the_same_number(walk: Page):
    for stop in (1, 5, 6, 10, 12, 15):
        go(walk, stop)
        results = [result.get_attribute("data-exact") for result in walk.locator(".slate .result").all()]
        buttons = walk.get_by_role("button", name="Copy as Python").all()
        for value, button in zip(results, buttons, strict=True):
            assert value
            button.click()
            expect(walk.locator(".copied code")).to_contain_text(value)
            code = walk.locator(".copied code").inner_text()
            names: dict[str, float] = {}
            exec(code, names)
            target = code.splitlines()[-1].split(" = ")[0].split(";")[0].strip()
            assert names[target] == pytest.approx(float(value), abs=1e-12), code


def test_a_click_on_the_plane_stops_training_and_opens_the_nearest_example(playground: Playground):
    page = playground.open().page
    data = playground.get("data")
    example = data["split"].index("train", 5)
    box = page.locator("#board").bounding_box()
    assert box
    (low1, high1), (low2, high2) = data["plane"]["x1"], data["plane"]["x2"]
    x1, x2 = data["x"][example]
    page.mouse.click(
        box["x"] + box["width"] * (x1 - low1) / (high1 - low1),
        box["y"] + box["height"] * (high2 - x2) / (high2 - low2),
    )
    expect(page.locator("#caption")).to_contain_text("Unit 1 of layer 2")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    expect(page.get_by_role("spinbutton", name="Example")).to_have_value(str(example))


def test_inputs_that_are_not_used_make_room_while_the_microscope_is_open(playground: Playground):
    page = playground.join({}).page
    inputs, units = page.locator(".unit.feature"), page.locator(".unit:not(.feature)")
    expect(inputs).to_have_count(7)
    microscope = page.get_by_role("button", name="Microscope")
    microscope.click()
    expect(inputs).to_have_count(2)
    expect(inputs.first).to_be_disabled()
    assert min(units.evaluate_all("units => units.map((unit) => unit.offsetWidth)")) >= 28
    microscope.click()
    expect(inputs).to_have_count(7)
    expect(inputs.first).to_be_enabled()


def test_the_check_sets_backprop_beside_central_differences_for_every_weight(walk: Page):
    expect(walk.locator("#checked")).to_have_text(re.compile(r"backprop checked: \d·10⁻\S+"))
    walk.get_by_role("button", name="Check", exact=True).click()
    expect(walk.locator("#gradientCheck tbody tr")).to_have_count(12)
    expect(walk.locator(".verdict")).to_contain_text("agree")


def test_a_batch_is_walked_through_to_the_mean_of_its_gradients_and_the_step_it_makes(
    page: Page, server: str
):
    spec = {"data": {"name": "circle"}, "batch_size": 6, "layers": [{"units": 2}, {"units": 1}]}
    network = httpx.post(f"{server}/api/v1/networks", json=spec, trust_env=False).json()["id"]
    address = f"{server}/api/v1/networks/{network}"
    batch = httpx.get(f"{address}/gradients?batch=next", trust_env=False).json()
    page.goto(f"/#id={network}")
    page.get_by_role("button", name="Microscope").click()
    page.get_by_role("button", name="Batch", exact=True).click()
    expect(page.locator("#exampleIs")).to_have_text("the next batch, 6 examples")
    expect(page.locator(".slate .row")).to_have_count(6)
    page.locator("#microscope [name=loss]").click()
    expect(page.locator(".slate .row")).to_have_count(7)
    assert exact_results(page)[-1] == pytest.approx(batch["loss"])
    page.locator("#microscope [name=backward]").click()
    expect(page.locator(".slate .row")).to_have_count(6)
    page.keyboard.press("ArrowRight")
    expect(page.locator(".slate .row")).to_have_count(3)
    last = batch["layers"][-1]
    assert exact_results(page) == pytest.approx([last["db"][0], *last["dW"][0]])
    page.locator("#microscope [name=update]").click()
    expect(page.locator("#microscope [name=update]")).to_have_attribute("aria-current", "step")
    after = exact_results(page)
    page.get_by_role("button", name="Apply this update").click()
    expect(page.locator("#standing")).to_contain_text("Done")
    layer = httpx.get(f"{address}/parameters", trust_env=False).json()["layers"][0]
    assert after == pytest.approx([layer["b"][0], *layer["W"][0]])
    assert httpx.get(address, trust_env=False).json()["step"] == 1
