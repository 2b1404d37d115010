"""What a screen reader hears of a walk: each gate, each line, each round, in words with their numbers."""

import re

import httpx
from playwright.sync_api import Page, expect

from engine.expression import OPERATIONS

READ_ALOUD = """async (formulas) => {
  const { setMessages } = await import('/static/js/lib/format/i18n.js');
  const { texToSpeech } = await import('/static/js/lib/format/speech.js');
  setMessages(await (await fetch('/static/text/en.json')).json());
  return formulas.map(texToSpeech);
}"""


def test_a_screen_reader_hears_how_each_number_comes_about(page: Page):
    page.goto("/lecture#worked-example")
    said = page.locator("#caption")
    expect(said).to_contain_text(
        "z 1 (2) is 0.35, plus 0.15 times 0.05, plus 0.2 times 0.1, which makes 0.3775."
    )
    page.locator("#walk [name=backward]").click()
    expect(said).to_contain_text("δ 1 (3) is 0.7414 times 0.1868, which makes 0.1385.")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(said).to_contain_text(
        "The derivative of E with respect to w 5 is 0.1385 times 0.5933, which makes 0.08217."
    )
    page.locator("#walk [name=update]").click()
    expect(said).to_contain_text("b 1 stays 0.35. w 1 goes from 0.15 to 0.1498.")
    page.locator("#walk [name=batch]").click()
    expect(said).to_contain_text("w 1 goes from 0.15 to 0.1498.")
    page.locator("#walk [name=loss]").click()
    expect(said).to_contain_text("Example 0: E is 0.2984.")


def test_sums_that_the_loss_turns_into_chances_are_not_told_as_answers(page: Page, server: str):
    spec = {"data": {"name": "blobs"}, "loss": "cross_entropy", "layers": [{"units": 4}, {"units": 3}]}
    made = httpx.post(f"{server}/api/v1/networks", json=spec, trust_env=False).json()
    page.goto(f"/#id={made['id']}")
    page.locator("#microscope-title").click()
    page.locator("#microscope [name=loss]").click()
    expect(page.locator("#caption")).to_contain_text("which the loss turns into probabilities; target")


def test_a_screen_reader_hears_each_gate_forward_and_back(page: Page):
    page.goto("/lecture#graph-sigmoid")
    said = page.locator("#gates").get_by_role("status")
    expect(page.locator("svg.graph")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(said).to_have_text("The gate “times” turns 2, −1 into −2.")
    page.locator("[name=all]").click()
    expect(said).to_have_text(
        "The upstream gradient at the gate “times” is 0.20. "
        "Times the local gradient x 0, here −1, this gives −0.20 for “w0”. "
        "Times the local gradient w 0, here 2, this gives 0.39 for “x0”."
    )
    for _ in range(7):
        page.keyboard.press("ArrowLeft")
    expect(said).to_have_text(
        "The upstream gradient at the gate “one over” is 1. Times the local gradient minus 1 over u squared, "
        "with u = 1.37 here −0.53, this gives −0.53 for “plus”."
    )


def test_every_formula_of_a_gate_is_read_in_words(page: Page):
    page.goto("/lecture#graph-xyz")
    expect(page.locator("svg.graph")).to_be_visible()
    slopes = [slope for gate in OPERATIONS.values() for slope in (gate.formula, *gate.slopes)]
    read = dict(zip(slopes, page.evaluate(READ_ALOUD, slopes), strict=True))
    assert [tex for tex, words in read.items() if re.search(r"[\\{}^_]|  |cdot|frac", words)] == []
    assert read[r"1 - f^2"] == "1 minus f squared"
    assert read[r"v\,u^{v-1}"] == "v times u to the power v minus 1"
    assert read[r"\frac{1}{2\sqrt{u}}"] == "1 over 2 the root of u"
    assert read[OPERATIONS["elu"].slopes[0]] == "1 if u > 0, else f + 1"


def test_a_screen_reader_hears_each_round(page: Page):
    page.goto("/lecture#weight-update")
    expect(page.locator("#rounds tbody tr")).to_have_count(1)
    page.keyboard.press("ArrowRight")
    expect(page.locator("#rounds + [role=status]")).to_contain_text(
        "After step 1: w 0 is 2.0592. w 1 is −2.8816."
    )
