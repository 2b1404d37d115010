"""Weights and biases are seen and set where they are."""

import pytest
from playwright.sync_api import expect

from engine import notation
from tests.browser.playground import Playground

NAMES = """async (weights) => {
  const { parameterName } = await import('/static/js/lib/format/notation.js');
  return weights.map(([layer, i, j]) => parameterName(layer - 1, i - 1, j - 1));
}"""


def test_a_link_shows_its_weight_under_the_pointer_and_its_card_on_a_click(playground: Playground):
    page = playground.join({}).page
    weight = playground.layers()[2]["W"][0][1]
    page.mouse.move(*playground.link_middle(2, 0, 1))
    expect(page.locator("#tag")).to_contain_text(f"{abs(weight):.3f}")
    page.mouse.click(*playground.link_middle(2, 0, 1))
    expect(page.locator("#card h3")).to_have_text("Weight w(3)12")
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()


def test_a_weight_set_in_its_card_is_the_networks_and_leaves_the_others_alone(playground: Playground):
    page = playground.join({}).page
    before = playground.layers()
    page.mouse.click(*playground.link_middle(2, 0, 0))
    page.fill("#card .ladder input", "1.25")
    page.press("#card .ladder input", "Enter")
    expect(page.locator("#losses .when")).to_have_text("step 0")
    playground.expect_read(lambda: playground.layers()[2]["W"], [[1.25, before[2]["W"][0][1]]])
    after = playground.layers()
    assert after[:2] == before[:2], "to the last bit"
    assert after[2]["b"] == before[2]["b"]


def test_dragging_a_weight_moves_the_boundary_and_the_shown_loss(playground: Playground):
    page = playground.join({"layers": [{}]}).page
    shown = page.inner_text("#losses dd >> nth=0")
    page.mouse.click(*playground.link_middle(0, 0, 0))
    page.locator("#card [type=range]").focus()
    page.keyboard.press("End")
    expect(page.locator("#losses dd").first).not_to_have_text(shown)
    playground.expect_read(lambda: playground.layers()[0]["W"][0][0], 5)
    expect(page.locator("#losses dd").first).to_have_text(f"{playground.state['train']['loss']:.4f}")


@pytest.mark.parametrize(("unit", "layer"), [(0, 0), (6, 2)], ids=["hidden", "output"])
def test_a_bias_is_set_on_its_unit_the_outputs_too(playground: Playground, unit, layer):
    page = playground.join({}).page
    box = page.locator(".unit:not(.feature)").nth(unit).bounding_box()
    assert box
    page.mouse.click(box["x"] + 1, box["y"] + box["height"] - 1)
    expect(page.locator("#card h3")).to_contain_text("Bias")
    page.fill("#card .ladder input", "\N{MINUS SIGN}0,5")
    page.press("#card .ladder input", "Enter")
    playground.expect_read(lambda: playground.layers()[layer]["b"][0], -0.5)


def test_a_units_card_lists_what_leads_into_it_and_sets_it(playground: Playground):
    page = playground.join({}).page
    page.locator(".unit:not(.feature)").nth(1).click()
    card = page.locator("#card")
    expect(card.locator("h3")).to_contain_text("Unit 2")
    expect(card.locator(".incomingRow")).to_have_count(3)
    field = card.locator(".incomingRow input").nth(2)
    field.fill("0.75")
    field.press("Enter")
    playground.expect_read(lambda: playground.layers()[0]["W"][1][1], 0.75)
    field.fill("\N{MINUS SIGN}1.2·10⁻⁷")
    field.press("Enter")
    playground.expect_read(lambda: playground.layers()[0]["W"][1][1], -1.2e-7)


def test_a_weight_set_while_it_plays_is_set_without_a_pause(playground: Playground):
    page = playground.open().page
    page.mouse.click(*playground.link_middle(2, 0, 0))
    page.fill("#card .ladder input", "3")
    page.press("#card .ladder input", "Enter")
    playground.until("Number(document.querySelector('#card .ladder input').value) > 1")
    assert playground.layers()[2]["W"][0][0] > 1
    assert playground.state["playing"]


def test_every_weight_has_the_engines_name(playground: Playground):
    playground.make({})
    places = [(layer, i, j) for layer in (1, 2) for i in (1, 9, 10) for j in (0, 1, 9, 10)]
    names = playground.page.evaluate(NAMES, places)
    assert names == [notation.weight(layer, i, j) for layer, i, j in places]
