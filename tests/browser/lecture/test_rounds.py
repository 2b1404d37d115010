"""Rounds of an update: the neuron's nineteen, and those of the worked example."""

import pytest
from playwright.sync_api import expect

from tests.browser.lecture_pages import opened

WHOLE_ROUNDS = """() => {
  const head = document.querySelector('[data-table=rounds] thead').getBoundingClientRect().right;
  const rows = [...document.querySelectorAll('[data-table=rounds] tbody tr')];
  const rounds = rows.map((row) => row.getBoundingClientRect());
  const cut = rounds.filter(({ left, right }) => left < head - 1 && right > head + 1);
  return [rounds.filter(({ left }) => left >= head - 1).length, cut.length];
}"""


def test_rounds_are_played_one_by_one_and_end_at_the_first_that_is_near_enough(page):
    opened(page, "weight-update")
    rounds = page.locator("[data-table=rounds] tbody tr")
    page.keyboard.press("Space")
    expect(rounds.nth(2)).to_be_visible()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Show all").click()
    expect(page.locator("#progress")).to_contain_text("Step 19", timeout=20_000)
    expect(rounds).to_have_count(20)
    expect(page.locator("[data-table=rounds] tr[aria-current] td").first).to_have_text("19")


@pytest.mark.parametrize("projector", [False, True])
def test_the_newest_rounds_of_the_worked_example_are_seen_whole_with_their_names(page, projector):
    opened(page, "worked-example")
    if projector:
        page.keyboard.press("p")
    page.locator("[name=all]").click()
    rounds = page.locator("[data-table=rounds]")
    expect(rounds.locator("tbody tr")).to_have_count(11)
    expect(rounds.locator("tbody tr").last).to_be_in_viewport(ratio=1)
    whole = page.evaluate(WHOLE_ROUNDS)
    assert whole == [2 if projector else 5, 0]
    expect(rounds.locator("thead tr")).to_be_in_viewport(ratio=1)


def test_the_worked_example_is_walked_through_in_the_article_s_labels(page):
    opened(page, "worked-example")
    board = page.locator(".slate annotation")
    expect(board.filter(has_text="b_1 + w_1\\,x_{1} + w_2\\,x_{2}")).to_have_count(1)
    page.locator("#walk [name=backward]").click()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    expect(board.filter(has_text="partial w_5")).to_have_count(1)
    page.locator("#walk [name=update]").click()
    expect(page.locator(".slate .row .left annotation")).to_have_text(["b_1", "w_1", "w_2"])
    expect(page.locator(".slate .quietly")).to_have_text("frozen")
    page.get_by_text("Train the biases too").click()
    expect(page.locator(".slate .quietly")).to_have_count(0)
    expect(page.locator("#standing")).to_have_text("step 0")
