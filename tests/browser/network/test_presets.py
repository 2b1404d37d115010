"""Set-ups that work and set-ups that fail: found, watched, and cured, by keyboard too."""

import json
import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.axe import findings
from tests.browser.playground import Playground

PRESETS = json.loads(
    (Path(__file__).resolve().parents[3] / "static" / "presets.json").read_text(encoding="utf-8")
)


def test_a_preset_that_fails_says_why_and_is_cured_with_one_click(playground: Playground):
    page = playground.open().page
    first = playground.id
    page.focus("#header [name=presets]")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Presets"
    for works, title in ((True, "These learn"), (False, "These fail")):
        group = page.get_by_role("region", name=title).get_by_role("listitem")
        expect(group).to_have_count(sum(preset["works"] is works for preset in PRESETS))
    assert findings(page) == []

    page.focus("[name=preset-neuron]")
    page.keyboard.press("Enter")
    expect(page.locator("#presets")).to_be_hidden()
    expect(page.locator("#line")).to_contain_text("One neuron draws one straight line")
    assert playground.id != first
    playground.expect_spec("layers", value=[{"units": 1, "activation": "tanh", "dropout": 0}])
    page.get_by_role("button", name="Fix: three hidden units").click()
    expect(page.locator("#line")).to_contain_text("Fixed: three hidden units")
    expect(page.locator("#accuracy")).to_contain_text(re.compile(r"train\s*(9[89]|100)"), timeout=20_000)
    page.click("#line .remedy")
    expect(page.locator("#line")).to_contain_text("Circle")
    page.go_back()
    playground.until(f"window.history.state?.id === '{first}'")


def test_the_cure_can_be_had_at_once_and_a_change_ends_what_was_said(playground: Playground):
    page = playground.open().page
    page.click("#header [name=presets]")
    page.get_by_role("button", name="Fix for “Learning rate 10”: rate 0.03").click()
    expect(page.locator("#line")).to_contain_text("Fixed: rate 0.03")
    assert playground.spec["optimizer"]["learning_rate"] == 0.03
    page.fill("#rate", "0.01")
    page.keyboard.press("Enter")
    expect(page.locator("#line")).not_to_contain_text("Fixed")
