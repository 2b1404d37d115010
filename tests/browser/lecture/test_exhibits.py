"""Every exhibit as it is displayed: each number that its facts name can be read on the page."""

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.lecture_pages import opened

ROOT = Path(__file__).parents[3]
IDS = [path.stem.partition("-")[2] for path in sorted((ROOT / "app" / "exhibits" / "en").glob("*.md"))]
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
SHOWN = "#parts :is(text, td, .figure, output, .standNow, .katex-html)"
READ = """(shown) => [...document.querySelectorAll(shown)]
  .filter((node) => node.checkVisibility()).map((node) => node.textContent).join(' ; ')"""
HEIGHT_OF_ONE = """(bars) => bars
  .map((bar) => [bar.getBoundingClientRect().height, Math.abs(Number(bar.title.replace("\u2212", "-")))])
  .filter(([height]) => height > 2).map(([height, value]) => height / value)"""
UNITS = (
    "() => [...document.querySelectorAll('.stand')].map((stand) => stand.querySelectorAll('.unit').length)"
)


def numbers(page: Page) -> list[tuple[float, float]]:
    """What is displayed among the live parts: each number, and half a unit of its last place."""
    words = str(page.evaluate(READ, SHOWN)).replace("\N{MINUS SIGN}", "-").replace(",", "")
    found = []
    for digits in NUMBER.findall(words):
        mantissa, _, power = digits.partition("e")
        places = len(mantissa.partition(".")[2])
        found.append((float(digits), 0.5001 * 10.0 ** (int(power or 0) - places)))
    return found


def flat(value: Any) -> list[float]:
    if isinstance(value, dict):
        value = list(value.values())
    return [number for item in value for number in flat(item)] if isinstance(value, list) else [value]


def missing(page: Page, wanted: list[float], within: float) -> list[float]:
    shown = numbers(page)
    return [value for value in wanted if not any(abs(value - seen) <= half + within for seen, half in shown)]


def walk_on(page: Page) -> None:
    """Through the walk to its loss, so that every unit has been computed."""
    page.locator("#walk [name=loss]").click()


@pytest.mark.parametrize("name", IDS)
def test_the_page_displays_the_numbers_of_its_facts(page, server, name):
    told = httpx.get(f"{server}/api/v1/exhibits/{name}", trust_env=False).json()
    opened(page, name)
    if "walk" in told["parts"]:
        walk_on(page)
    facts = sorted(told["facts"], key=lambda fact: (fact.get("decimals") is not None, fact.get("steps", 0)))
    for fact in facts:
        if told["play"] or isinstance(fact["value"], str) or "units" in fact["at"]:
            continue
        if fact.get("steps", 0) > 100 or (name == "linear-collapse" and fact["at"].endswith("z")):
            continue
        if name == "worked-example" and "delta" in fact["at"]:
            page.locator("#walk [name=backward]").click()
            page.keyboard.press("ArrowRight")
        if fact.get("steps") or (fact["of"] == "expression" and "gates" in told["parts"]):
            page.get_by_role("button", name="Show all").click()
        if fact.get("decimals"):
            page.get_by_text("Round as on the slides").click()
        wanted = [100 * v if fact["at"].endswith("accuracy") else v for v in flat(fact["value"])]
        for _ in range(100):
            if not missing(page, wanted, fact.get("within", 0)):
                break
            page.wait_for_timeout(30)
        assert missing(page, wanted, fact.get("within", 0)) == [], fact


def test_the_nerve_cell_has_the_numbers_of_the_sliders_and_says_them(page):
    opened(page, "neuron")
    cell = page.get_by_role("img", name="A nerve cell beside the neuron")
    expect(cell).to_contain_text("z0.50")
    expect(cell.locator(".branch.negative")).to_have_count(1)
    page.locator("#sliders [name=w2]").press("End")
    expect(cell).to_contain_text("w2 = 3")
    expect(cell).to_contain_text("z6.50")
    expect(cell).to_contain_text("a = 1.00")
    expect(cell.locator(".branch.negative")).to_have_count(0)
    expect(cell).to_have_accessible_name(re.compile("with weights 2 and 3; .* to z = 6.50; .* a = 1.00"))


@pytest.mark.parametrize(
    ("name", "units"), [("capacity", [6, 9, 23]), ("layers", [6, 11]), ("xnor", [5, 3]), ("deltas", [9])]
)
def test_networks_stand_side_by_side_with_all_their_units(page, name, units):
    opened(page, name)
    expect(page.locator(".stand .unit")).to_have_count(sum(units))
    assert page.evaluate(UNITS) == units


def test_a_slider_moves_the_table_and_the_network_at_once(page):
    opened(page, "and")
    page.locator("[name=w0]").focus()
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    cells = page.locator("[data-table=examples] tbody tr")
    expect(cells.nth(0).locator("td").nth(2)).to_have_text("\N{MINUS SIGN}10")
    expect(cells.nth(1).locator("td").nth(2)).to_have_text("10")
    expect(page.locator(".figure.bias")).to_have_text("\N{MINUS SIGN}10")


def test_xnor_is_composed_of_three_gates_put_back_one_by_one(page):
    opened(page, "xnor")
    last = page.locator("[data-table=examples] tbody tr td:nth-last-child(2)")
    page.get_by_role("button", name="Take apart").click()
    expect(last).to_have_text(["0.5000"] * 4)
    for gate in ("AND", "NOR", "OR"):
        page.get_by_role("button", name=gate, exact=True).click()
    expect(last).to_have_text(["1.0000", "0.0000", "0.0000", "1.0000"])


def test_a_product_of_matrices_is_the_neuron_s_until_a_bend_comes_between(page):
    opened(page, "linear-collapse")
    assert missing(page, [0.8, -0.5, 0.6], 0) == []
    expect(page.locator(".equalLine")).to_have_count(1)
    changed: list[str] = []
    page.on("request", lambda request: changed.append(request.url) if request.method != "GET" else None)
    for key in ("ArrowRight", "Shift+ArrowRight", "Space", "n"):
        page.keyboard.press(key)
    page.locator("[name=bend-tanh]").click()
    expect(page.locator("#product")).to_have_attribute("data-bent", "")
    assert len(changed) == 1


def test_every_fault_put_into_backpropagation_is_exposed_by_the_check(page):
    opened(page, "gradient-check")
    wrong = page.locator("[data-table=faults] tr[data-wrong]")
    expect(page.locator(".faults .verdict")).to_contain_text("All 13 gradients agree")
    expect(wrong).to_have_count(0)
    for fault, exposed in (("slope", 13), ("index", 9), ("bias", 4), ("mean", 13)):
        page.locator(f"[name=fault-{fault}]").check()
        expect(wrong).to_have_count(exposed)
        page.locator(f"[name=fault-{fault}]").uncheck()
        expect(wrong).to_have_count(0)


def test_xnor_is_composed_by_dragging_and_a_gate_may_go_onto_any_unit(page):
    opened(page, "xnor")
    last = page.locator("[data-table=examples] tbody tr td:nth-last-child(2)")
    page.get_by_role("button", name="Take apart").click()
    expect(last).to_have_text(["0.5000"] * 4)
    units = page.locator(".stand").first.locator(".unit:not(.feature)")
    for gate, place in (("AND", 1), ("NOR", 0), ("OR", 2)):
        page.get_by_role("button", name=gate, exact=True).drag_to(units.nth(place), force=True)
        expect(units.nth(place)).to_have_attribute("data-gate", gate)
    expect(last).to_have_text(["1.0000", "0.0000", "0.0000", "1.0000"])
    page.get_by_role("button", name="Put all gates in place").click()
    expect(units.nth(0)).to_have_attribute("data-gate", "AND")


def test_capacity_learns_live_from_several_starts(page):
    opened(page, "capacity")
    expect(page.locator(".standAgain .board")).to_have_count(6)
    expect(page.locator(".standAgain .standLabel")).to_have_text(["seed 1", "seed 2"] * 3)
    expect(page.locator(".losses .curve canvas")).to_be_visible()


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_networks_learn_by_themselves_unless_less_motion_is_wanted(page: Page, motion: Any):
    page.emulate_media(reduced_motion=motion)
    opened(page, "training")
    play = page.locator("[name=play]")
    if motion == "reduce":
        expect(page.locator(".gradientRow").first).to_be_visible()
        expect(play).to_have_attribute("data-playing", "false")
        play.click()
    expect(play).to_have_attribute("data-playing", "true")
    expect(page.locator("#progress")).not_to_have_text("step 0")


def test_a_batch_may_be_anything_from_one_to_all(page):
    opened(page, "training")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".batch h2")).to_contain_text("at step 1: the mean of 8 gradients")
    for _ in range(100):  # the heading comes with the answer, the bars with the next frame
        scales = page.locator(".gradientRow .cell span").evaluate_all(HEIGHT_OF_ONE)
        if scales:
            break
        page.wait_for_timeout(30)
    assert max(scales) == pytest.approx(min(scales), rel=0.1)
    page.locator("[name=batch]").focus()
    page.keyboard.press("End")
    expect(page.locator(".batch h2")).to_contain_text("the mean of 242 gradients")
    expect(page.locator(".batch output")).to_have_text("all 250")
    page.keyboard.press("Home")
    expect(page.locator(".batch h2")).to_contain_text("the gradient of one example")
    expect(page.locator(".gradientRow")).to_have_count(2)


def test_a_gradient_that_grows_on_its_way_back_is_said_to(page, server):
    with page.expect_response(lambda answer: '"tanh"' in (answer.request.post_data or "")) as made:
        opened(page, "vanishing-gradients")
    said = page.locator(".normWords li").nth(1)
    expect(said).to_contain_text("17.5 times smaller")
    network = made.value.json()["id"]
    httpx.post(f"{server}/api/v1/networks/{network}/reset", json={"seed": 12}, trust_env=False)
    expect(said).to_contain_text("1.12 times larger")


def test_the_lecture_is_told_in_turkish_with_its_networks_named_in_turkish(page):
    page.goto("/lecture?language=tr#capacity")
    expect(page.locator("h1")).to_have_text("Daha çok gizli birim")
    labels = page.locator(".stand > .standHead .standLabel")
    expect(labels).to_have_text(["3 gizli birim", "6 gizli birim", "20 gizli birim"])
    expect(page.locator(".standAgain .standLabel").first).to_have_text("tohum 1")
    page.keyboard.press("PageDown")
    expect(page.locator("h1")).to_have_text("İleri geçiş, birim birim")
    expect(page.locator(".figure.weight").first).to_have_text("0,5")
    page.keyboard.press("PageDown")
    expect(page.locator("#product annotation").first).to_contain_text("0{,}8")
    page.goto("/lecture?language=tr#worked-example")
    expect(page.locator("#words .display annotation").last).to_contain_text("0{,}5")
    page.goto("/lecture?language=tr#weight-update")
    page.locator("[name=all]").click()
    expect(page.locator("#progress")).to_contain_text("0,0001")
