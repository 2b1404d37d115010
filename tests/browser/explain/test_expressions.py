"""Expressions: any formula, and any unit of a network, opened into gates with the engine's numbers."""

import re

import pytest
from playwright.sync_api import Page, expect

MINUS = "\u2212"
NEURON = "/expressions#f=sigmoid(w0*x0%2Bw1*x1%2Bw2)&w0=2&x0=-1&w1=-3&x1=-2&w2=-3"


def shown(page: Page, kind: str, graph: int = 0) -> list[str]:
    read = page.locator("svg.graph").nth(graph).locator(f".{kind}").all_text_contents()
    return [number.replace(MINUS, "-") for number in read]


def test_a_typed_formula_opens_into_gates_that_are_walked_through_and_changed(page, page_errors):
    page.goto("/expressions")
    expect(page.locator("svg.graph")).to_have_count(1)
    page.keyboard.press("End")
    assert shown(page, "value") == ["-2", "5", "3", "-4", "-12"]
    assert shown(page, "gradient") == ["-4", "-4", "-4", "3", "1"]

    page.locator("[name=expression]").fill("x^2*exp(-y)")
    page.locator("[name=expression]").press("Enter")
    page.locator("[name=value-x]").fill("3")
    page.locator("[name=value-x]").press("Enter")
    page.locator("[name=value-y]").fill("0,5")
    page.locator("[name=value-y]").press("Enter")
    expect(page.locator(".typed .result")).to_have_text("= 5.46")
    page.locator("h1").click()
    page.keyboard.press("End")
    assert shown(page, "gradient")[0] == "3.64"
    expect(page).to_have_url(re.compile(r"#f=x%5E2\*exp%28-y%29&x=3&y=0.5$"))

    handle = page.locator("svg.graph [data-name=x] rect").bounding_box()
    page.mouse.move(handle["x"] + 5, handle["y"] + 5)
    page.mouse.down()
    page.mouse.move(handle["x"] + 5 + 60, handle["y"] + 5, steps=4)
    page.mouse.up()
    expect(page.locator("[name=value-x]")).to_have_value("4")

    page.locator("[name=expression]").fill("x +")
    page.locator("[name=expression]").press("Enter")
    expect(page.locator(".typed .fault")).to_contain_text("expected a number")
    assert len(page_errors) > 0
    page_errors.clear()


def test_one_sigmoid_gate_stands_beside_its_elementary_gates_exact_and_rounded(page):
    page.goto(NEURON)
    page.get_by_text("Also show it with elementary gates").click()
    expect(page.locator("svg.graph")).to_have_count(2)
    page.keyboard.press("End")
    exact = ["-0.20", "0.39", "-0.39", "-0.59", "0.20"]
    inputs = [0, 1, 3, 4, 7]
    assert [shown(page, "gradient")[place] for place in inputs] == exact
    assert [shown(page, "gradient", 1)[place] for place in inputs] == exact
    page.get_by_text("Round as on the slides").click()
    expect(page.locator("svg.graph").first.locator(".gradient").nth(1)).to_have_text("0.40")
    assert [shown(page, "gradient")[place] for place in inputs] == ["-0.20", "0.40", "-0.40", "-0.60", "0.20"]


@pytest.mark.parametrize("unit", ["2,3", "3,1"])
def test_a_unit_of_a_network_opens_with_its_own_numbers(page, playground, unit):
    playground.join({"seed": 3})
    playground.post("steps", {"count": 40})
    layer, number = map(int, unit.split(","))
    gradients = playground.get("gradients", example=5)["layers"][layer - 2]
    page.locator(f'.unit[aria-label="Unit {number} of layer {layer}"]').click()
    link = page.locator("#card .toGates")
    expect(link).to_have_attribute("href", re.compile(rf"unit={unit}&example=0$"))
    page.goto(f"/{link.get_attribute('href')}".replace("example=0", "example=5"))
    expect(page.locator(".sourceWords")).to_contain_text(f"Unit {number} of layer {layer}")
    expect(page.locator("svg.graph")).to_have_count(1)
    page.keyboard.press("End")
    tip = page.locator(f"svg.graph [data-name=w{number}1] title").nth(1)
    assert float(tip.text_content()) == pytest.approx(gradients["dW"][number - 1][0])
    page.get_by_role("button", name="Next example").click()
    expect(page.locator(".sourceNumber")).to_have_text("Example 6")
