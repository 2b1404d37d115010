"""A student who clicks everything, by chance, and the page neither throws nor asks for what is not there.

`CLICKS=2000 SEED=5 pytest tests/browser/page/test_random_clicks.py` goes on for longer.
"""

import os
import random
from typing import NamedTuple

from playwright.sync_api import Page, expect

from tests.browser.playground import Playground

CLICKS = int(os.environ.get("CLICKS", "40"))
SEED = int(os.environ.get("SEED", "20"))
KEYS = (
    "Space", "ArrowRight", "ArrowLeft", "Shift+ArrowRight", "Escape", "Tab", "Enter", "Delete",
    "Control+z", "Control+Shift+z", *"rnmp?tdlfb+-123",
)  # fmt: skip
TYPED = ("0.1", "abc", "-3", "1e9", "", "0,5", "NaN", "x1*x2", "999", "1/3")
WITHIN_REACH = """[...document.querySelectorAll('button, input, select, canvas, .unit, .link, [tabindex]')]
    .filter((node) => node.checkVisibility({ visibilityProperty: true }))
    .map((node) => ({ node, box: node.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0 && box.height > 0 && box.top >= 0 && box.bottom <= innerHeight)
    .map(({ node, box }) => [node.matches('select, [type=text], [type=number]') ? node.type : 'button',
        box.left + box.width / 2, box.top + box.height / 2])"""
CHOOSE = """([x, y, share]) => {
    const menu = document.elementFromPoint(x, y)?.closest('select');
    if (!menu) return;
    menu.selectedIndex = Math.floor(share * menu.options.length);
    menu.dispatchEvent(new Event('change', { bubbles: true }));
}"""


class Thing(NamedTuple):
    """What can be clicked, and the middle of it."""

    kind: str
    x: float
    y: float


def use(page: Page, chance: random.Random) -> None:
    """Click a thing within reach; where it takes words, type some."""
    things = [Thing(*thing) for thing in page.evaluate(WITHIN_REACH)]
    thing = chance.choice(things)
    if thing.kind == "select-one":
        page.evaluate(CHOOSE, [thing.x, thing.y, chance.random()])
        return
    page.mouse.click(thing.x, thing.y)
    if thing.kind in ("text", "number"):
        page.keyboard.press("Control+a")
        page.keyboard.type(chance.choice(TYPED))
        page.keyboard.press("Enter")


def drag(page: Page, chance: random.Random) -> None:
    x, y = chance.uniform(0, 1280), chance.uniform(0, 720)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + chance.uniform(-80, 80), y + chance.uniform(-80, 80))
    page.mouse.up()


def test_whatever_is_clicked_typed_and_dragged_the_page_goes_on(playground: Playground) -> None:
    chance = random.Random(SEED)
    page = playground.open().page
    for _ in range(CLICKS):
        deed = chance.choices(("key", "use", "drag"), (35, 45, 20))[0]
        if deed == "key":
            page.keyboard.press(chance.choice(KEYS))
        elif deed == "use":
            use(page, chance)
        else:
            drag(page, chance)
        page.wait_for_timeout(chance.choice((30, 100, 200)))
    page.reload()
    playground.wait_for_pictures()
    expect(page.locator("#line")).to_contain_text("–")
