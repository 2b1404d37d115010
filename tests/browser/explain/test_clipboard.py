"""Every line of the microscope is copied as Python that runs to its number, and as TeX that says the same."""

import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

INPUTS = [[1, 0.5], [-1, 2], [0.5, -1.5]]


def spec(*layers: tuple[int, str], targets: list[list[float]], **more: Any) -> dict[str, Any]:
    return {
        "data": {"inputs": INPUTS, "targets": targets},
        "layers": [{"units": units, "activation": activation} for units, activation in layers],
        "seed": 3,
        **more,
    }


NETWORKS = {
    "softmax": spec((2, "mish"), (3, "linear"), targets=[[0], [1], [2]], loss="cross_entropy"),
    "huber": spec(
        (1, "gelu"), (2, "linear"), targets=[[3.5, 0.5], [1.5, 0.5], [0.5, 0.5]], loss="huber",
        frozen=[{"W": [[True, False]]}, {}],
    ),
    "hinge": spec(
        (2, "relu"), (1, "linear"), targets=[[1], [0], [1]], loss="hinge", frozen=[{"b": True}, {}]
    ),
    "logit": spec((1, "softplus"), (1, "linear"), targets=[[1], [0], [1]], loss="binary_cross_entropy"),
    "l2": spec((1, "selu"), (1, "tanh"), targets=[[1], [0], [1]], penalty={"name": "l2", "rate": 0.1}),
    "saturated": spec(
        (1, "sigmoid"), (1, "tanh"), targets=[[1], [0], [1]],
        parameters=[{"W": [[800, 0]], "b": [0]}, {"W": [[1]], "b": [0]}],
    ),
    "cases": spec(
        targets=[[1], [0], [1]],
        layers=[{"units": 1, "activation": "gelu", "dropout": 0.5}, {"units": 1, "activation": "selu"},
                {"units": 1}],
        parameters=[{"W": [[1, 0]], "b": [0]}, {"W": [[-1]], "b": [0]}, {"W": [[1]], "b": [0]}],
    ),
}  # fmt: skip

COPIED = """async (name) => {
  const code = document.querySelector('.copied code');
  const moment = () => new Promise((next) => setTimeout(next));
  const found = [];
  for (const button of document.querySelectorAll(`.copy[aria-label="${name}"]`)) {
    code.textContent = '';
    button.click();
    for (let turn = 0; turn < 500 && code.textContent === ''; turn += 1) await moment();
    found.push(code.textContent);
  }
  return found;
}"""


def made(server: str, name: str) -> str:
    """A network's id."""
    answer = httpx.post(f"{server}/api/v1/networks", json=NETWORKS[name], trust_env=False)
    return str(answer.json()["id"])


def opened(page: Page, server: str, name: str) -> Page:
    """The microscope on the second example."""
    page.goto(f"/#id={made(server, name)}")
    page.get_by_role("button", name="Microscope").click()
    expect(page.locator("#stopCount")).to_have_text(re.compile(r"^1 of \d+$"))
    page.get_by_role("spinbutton", name="Example").fill("1")
    page.get_by_role("spinbutton", name="Example").press("Enter")
    expect(page.locator("#exampleIs")).to_contain_text("x = (\N{MINUS SIGN}1, 2)")
    page.get_by_role("spinbutton", name="Example").blur()
    return page


def copies(page: Page, language: str) -> list[str]:
    """Every line of every stop, as it is copied."""
    found = []
    stops = int(page.locator("#stopCount").inner_text().split()[-1])
    page.keyboard.press("Home")
    for stop in range(1, stops + 1):
        expect(page.locator("#stopCount")).to_have_text(f"{stop} of {stops}")
        expect(page.locator(".slate .katex-html").first).to_be_visible()
        found += page.evaluate(COPIED, f"Copy as {language}")
        page.keyboard.press("ArrowRight")
    assert len(found) >= stops
    assert all(found)
    return found


@pytest.mark.filterwarnings("ignore:overflow")
@pytest.mark.parametrize("name", NETWORKS)
def test_python_that_was_copied_computes_the_number_it_ends_with(page, server, name):
    for code in copies(opened(page, server, name), "Python"):
        names: dict[str, Any] = {}
        exec(code, names)
        target, _, made = code.splitlines()[-1].partition(" = ")
        computed, _, told = made.partition("  # ")
        assert told == "frozen" or re.search(r"[a-z+(]", computed), f"nothing is computed: {code}"
        assert told == "frozen" or names[target] == pytest.approx(float(told), abs=1e-12), code


@pytest.mark.parametrize(("name", "notation"), [("huber", "Unit by unit"), ("softmax", "With matrices")])
def test_tex_that_was_copied_is_strict_and_keeps_what_belongs_together(page, server, name, notation):
    opened(page, server, name).get_by_role("button", name=notation).click()
    expect(page.get_by_role("button", name=notation)).to_have_attribute("aria-pressed", "true")
    for tex in copies(page, "TeX"):
        page.evaluate("(tex) => katex.renderToString(tex, { throwOnError: true, strict: 'error' })", tex)
        assert not re.search(r"[_^]\d\d|frac\d\d\d|html", tex), tex


def test_softmax_is_told_with_its_own_numbers(page, server):
    opened(page, server, "softmax").get_by_role("button", name="Loss", exact=True).click()
    powers = page.locator(".slate .mfrac .mord .msupsub")
    expect(powers).to_have_count(4)
    page.keyboard.press("ArrowRight")
    expect(page.locator(".factor").first).to_contain_text("softmax(z)")


def test_a_slope_of_two_cases_has_its_numbers_in_both_and_the_language_s_decimals(page, server):
    page.goto(f"/?language=tr#id={made(server, 'cases')}")
    page.locator("#microscope-title").click()
    tex = page.locator(".slate annotation")
    expect(tex.filter(has_text="0{,}044715")).to_have_count(2)
    expect(page.locator("#legend")).to_contain_text("Dropout burada kapalı")
    page.locator("[name=backward]").click()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    slope = page.locator(".factor").last.locator("annotation")
    expect(slope.filter(has_text=re.compile(r"\{değilse\}\\;\{\("))).to_have_count(1)
    expect(slope.filter(has_text=r"\lambda = 1{,}0507")).to_have_count(2)


def test_an_update_in_matrices_has_the_old_weights_and_what_is_taken_off_them(page, server):
    opened(page, server, "huber").get_by_role("button", name="With matrices").click()
    page.keyboard.press("End")
    weights = page.locator(".equation").first
    expect(weights.locator(".formulaText.right").nth(1)).to_contain_text("\N{MINUS SIGN}0.03")
    expect(weights.locator(".formulaText.right .mtable")).to_have_count(3)
    expect(weights.locator(".formulaText.right").first).not_to_contain_text("frozen")
    page.keyboard.press("ArrowLeft")
    expect(weights.locator(".formulaText.right").first).to_contain_text("frozen")


def test_the_rule_of_an_update_says_what_the_penalty_adds(page, server):
    opened(page, server, "l2")
    page.keyboard.press("End")
    expect(page.locator(".slate .rule annotation")).to_contain_text(r"g \mathrel{+}= \lambda w")


def test_a_batch_in_matrices_has_a_column_for_each_example_and_predicting_leaves_it(page, server):
    opened(page, server, "logit")
    page.get_by_role("button", name="Batch", exact=True).click()
    page.get_by_role("button", name="With matrices").click()
    expect(page.locator("#caption")).to_contain_text("one column for each example of the batch")
    given = page.locator(".equation").first.locator(".formulaText.right").nth(1)
    expect(given.locator(".mtable").nth(1).locator("> [class^=col-align]")).to_have_count(len(INPUTS))
    for code in copies(page, "Python"):
        exec(code, {})
    page.get_by_role("button", name="Predict").click()
    expect(page.get_by_role("button", name="Batch", exact=True)).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_role("button", name="Predict")).to_have_attribute("aria-pressed", "true")
