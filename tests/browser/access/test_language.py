"""The page in Turkish, and a page of which every word came from the catalogue."""

import json
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.browser.playground import Playground

TEXTS = Path(__file__).resolve().parents[3] / "static" / "text"
NOT_WORDS = {"number", "keys"}
NAMES = {"curl", "Python", "sin", "exp"}
FOREIGN = "code, .katex, .formula, .symbol, .scripts, .words, .samples, .contents, .foot a"
SAID = """(foreign) => {
    const shown = (node) => node.checkVisibility() && !node.closest(foreign) && node.tagName !== 'SCRIPT';
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const said = [];
    while (walker.nextNode()) {
        const { parentElement, data } = walker.currentNode;
        if (data.trim() && shown(parentElement)) said.push(data);
    }
    for (const node of document.querySelectorAll('[aria-label], [title], [placeholder]'))
        if (shown(node)) said.push(node.ariaLabel ?? '', node.title ?? '', node.placeholder ?? '');
    return said;
}"""


def marked(words: Any, key: str = "") -> Any:
    """A catalogue whose every sentence stands in brackets, but for what is put into numbers and key caps."""
    if isinstance(words, dict):
        return {
            name: inner if not key and name in NOT_WORDS else marked(inner, name)
            for name, inner in words.items()
        }
    return f"⟦{words}⟧"


def hard_coded(page: Page) -> list[str]:
    """What the page says that stands in no brackets and has words in it."""
    found = []
    for said in page.evaluate(SAID, FOREIGN):
        rest = said
        while (less := re.sub(r"⟦[^⟦⟧]*⟧", "", rest)) != rest:
            rest = less
        if set(re.findall(r"[^\W\d_]{3,}", rest)) - NAMES:
            found.append(said)
    return found


def test_every_word_on_the_page_comes_from_the_catalogue(playground: Playground):
    page = playground.page
    words = json.loads((TEXTS / "en.json").read_text(encoding="utf-8"))

    def answer(route: Route) -> None:
        route.fulfill(json=marked(words))

    page.route("**/static/text/en.json", answer)
    playground.join({})
    for opener in ("#header [name=rest]", ".unit:not(.feature)", "#microscope [name=microscope]"):
        page.locator(opener).first.click()
        assert not hard_coded(page), opener
        page.keyboard.press("Escape")
    for chart in page.locator("#charts input").all():
        chart.check(force=True)
        assert not hard_coded(page), chart.input_value()
    page.goto("/expressions")
    expect(page.locator("#gates")).to_be_visible()
    assert not hard_coded(page)
    for exhibit in ("and", "graph-gate", "activations", "training"):
        page.goto(f"/lecture#{exhibit}")
        page.reload()
        shown = page.locator("#sliders, #gates, #shapes, #losses").filter(visible=True)
        expect(shown.first).to_be_visible()
        assert not hard_coded(page), exhibit


def test_in_turkish_numbers_have_a_comma_and_one_may_be_typed(playground: Playground):
    page = playground.join({}).page
    page.click("#header [name=language]")
    expect(page.locator("html")).to_have_attribute("lang", "tr")
    expect(page.locator("#network-title")).to_have_text("Ağ")
    rate = page.locator("#rate")
    expect(rate).to_have_value("0,03")
    rate.fill("0,125")
    rate.press("Enter")
    playground.expect_spec("optimizer", "learning_rate", value=0.125)
    expect(page.locator("#losses dd").first).to_have_text(re.compile(r"^\d,\d+$"))
    page.click("#microscope [name=microscope]")
    expect(page.locator("#caption")).to_contain_text("birim 1")
    assert "." not in page.locator("#blackboard .katex-html").first.inner_text()
    page.goto("/lecture")
    expect(page.locator("#lectureHead [name=try]")).to_have_text("Dene")
    page.click("#lectureHead [name=language]")
    expect(page.locator("html")).to_have_attribute("lang", "en")
