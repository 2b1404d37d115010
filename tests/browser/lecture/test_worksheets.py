"""A worksheet on paper: from a seed, its key on a page apart, with the numbers that are judged right."""

import re

import httpx
from playwright.sync_api import Page, expect

MINUS = "\N{MINUS SIGN}"
PAGE = re.compile(rb"/Type\s*/Page\b")
BREAK = "() => getComputedStyle(document.querySelector('#key')).breakBefore"


def refused(page: Page, server: str, exhibit: str, seed: int, count: int) -> list[str]:
    """The answers of the key, as they are printed, that are not judged right."""
    sheet = f"{server}/api/v1/exhibits/{exhibit}/worksheet"
    key = httpx.get(f"{sheet}/key?seed={seed}&count={count}", trust_env=False).json()["answers"]
    shown = [cell.replace(MINUS, "-") for cell in page.locator("#key .value").all_inner_texts()[1:]]
    answers = {answer["symbol"]: cell for answer, cell in zip(key, shown, strict=True)}
    told = httpx.post(f"{sheet}/answers?seed={seed}", json={"answers": answers}, trust_env=False).json()
    assert told["of"] == len(key)
    return [answer["symbol"] for answer in told["answers"] if not answer["correct"]]


def test_a_worksheet_is_reached_from_its_exhibit_and_its_address_keeps_it(page: Page):
    page.goto("/lecture#worked-example")
    page.get_by_role("link", name="Worksheet").click()
    expect(page).to_have_url(re.compile(r"worksheets\?exhibit=worked-example&seed=1&count=10$"))
    expect(page.locator("#sheet .tasks li")).to_have_count(10)
    expect(page.locator("#sheet .given .katex").first).to_be_visible()
    page.get_by_label("Questions", exact=True).fill("6")
    page.get_by_label("Seed").fill("7")
    page.get_by_label("Seed").press("Enter")
    expect(page).to_have_url(re.compile(r"seed=7&count=6$"))
    expect(page.locator("#sheet .number")).to_have_text("worked-example · seed 7")
    written = page.locator("#sheet").inner_text()
    page.reload()
    expect(page.locator("#sheet .tasks li")).to_have_count(6)
    assert page.locator("#sheet").inner_text() == written


def test_it_prints_on_a4_with_the_key_on_a_page_apart_and_without_the_controls(page: Page, server: str):
    page.goto("/worksheets?exhibit=deltas&seed=3&count=12")
    expect(page.locator("#key tbody tr")).to_have_count(12)
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    assert len(PAGE.findall(page.pdf(prefer_css_page_size=True))) == 2
    page.emulate_media(media="print")
    assert page.evaluate(BREAK) == "page"
    expect(page.locator("#asking")).to_be_hidden()
    page.emulate_media(media="null")
    assert refused(page, server, "deltas", seed=3, count=12) == []
    page.get_by_text("With answer key").click()
    expect(page.locator("#key")).to_be_hidden()
    assert len(PAGE.findall(page.pdf(prefer_css_page_size=True))) == 1


def test_a_key_has_all_the_digits_that_are_asked_for_in_every_language(page: Page, server: str):
    page.goto("/worksheets?exhibit=training&seed=2&count=80&language=tr")
    expect(page.locator("#key .value").nth(1)).to_contain_text(",")
    assert refused(page, server, "training", seed=2, count=80) == []


def test_what_has_no_worksheet_says_why(page: Page, page_errors: list[str]):
    page.goto("/worksheets?exhibit=graph-xyz")
    expect(page.locator("#fault")).to_contain_text("has no network")
    expect(page.locator("#sheet")).to_be_hidden()
    assert all("422" in error for error in page_errors)
    page_errors.clear()
