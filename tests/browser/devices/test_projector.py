"""The projector and the themes: what the back row reads, and what eyes that need contrast see."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import findings
from tests.browser.playground import Playground

FONT = "element => parseFloat(getComputedStyle(element).fontSize)"
FITS = """(() => {
    const inside = ({ right, bottom, height }) => right <= innerWidth && bottom <= innerHeight && height > 40;
    const { scrollWidth, scrollHeight } = document.documentElement;
    const parts = [...document.querySelectorAll('#board, #curve, #transport, #projection')];
    const box = (part) => document.querySelector(part).getBoundingClientRect();
    const whole = box('#transport').bottom <= box('.page').top && box('#transport').top >= 0;
    const names = [...document.querySelectorAll('.formula:not(.off)')].filter((one) => one.checkVisibility());
    return whole && names.every((one) => one.getBoundingClientRect().left >= 0)
        && (!document.querySelector('#curve').checkVisibility() || box('#curve').height >= 100)
        && scrollWidth <= innerWidth && scrollHeight <= innerHeight
        && parts.filter((part) => part.offsetParent).every((part) => inside(part.getBoundingClientRect()));
})()"""
WHOLE = """[['#field', '#board'], ['#maps', '#content']].every(([picture, box]) =>
    Math.abs(document.querySelector(picture).width - document.querySelector(box).clientWidth) <= 2)"""


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080)])
def test_on_a_projector_letters_are_large_and_all_of_it_fits(playground: Playground, width: int, height: int):
    page = playground.join({"features": ["x1", "x2", "sin(x1)"]}).page
    page.set_viewport_size({"width": width, "height": height})
    page.keyboard.press("p")
    expect(page.locator("#projection")).to_be_visible()
    assert page.locator("#losses dd").first.evaluate(FONT) >= 48
    small = page.locator(
        "#losses dt, #accuracy dt, #transport select, .heads .what, .heads b, #projection button, .axis span"
    )
    assert min(small.evaluate_all(f"parts => parts.map({FONT})")) >= 28
    for key, shown, hidden in (
        ("1", ["#stage", "#board", "#curve"], []),
        ("2", ["#board", "#curve"], ["#stage"]),
        ("3", ["#stage", "#blackboard"], ["#board"]),
    ):
        page.keyboard.press(key)
        for part in shown:
            expect(page.locator(part)).to_be_visible()
        for part in hidden:
            expect(page.locator(part)).to_be_hidden()
        playground.until(FITS)
    page.keyboard.press("p")
    expect(page.locator("#header")).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080)])
def test_what_has_diverged_fits_on_a_projector(playground: Playground, width: int, height: int):
    linear = {"units": 4, "activation": "linear"}
    page = playground.join(
        {"data": {"name": "reg-plane"}, "optimizer": {"learning_rate": 3}, "layers": [linear, linear, {}]}
    ).page
    page.set_viewport_size({"width": width, "height": height})
    playground.post("steps", {"count": 100})
    page.keyboard.press("p")
    expect(page.locator("#line")).to_contain_text("Training diverged")
    losses = page.locator("#losses dd")
    for key in "1", "2":
        page.keyboard.press(key)
        playground.until(FITS)
        for right in page.locator("#accuracy dd").all():
            expect(right).to_have_text(re.compile(r"·10[⁰-⁹¹²³]{2,}$"))
            expect(right).to_be_in_viewport(ratio=1)
        for loss in losses.all():
            expect(loss).to_contain_text("·10")
            expect(loss).to_be_in_viewport(ratio=1)
            assert loss.evaluate("({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth")


def test_a_picture_that_was_hidden_is_whole_when_it_comes_back(playground: Playground):
    page = playground.join({}).page
    page.keyboard.press("p")
    for key in "2", "3", "1":
        page.keyboard.press(key)
    playground.until(WHOLE)
    assert page.evaluate(WHOLE)


def test_the_themes_are_light_dark_and_high_contrast_and_axe_finds_nothing_in_the_last(
    playground: Playground,
):
    page = playground.join({}).page
    for theme in "dark", "contrast", "light", "dark", "contrast":
        page.keyboard.press("t")
        expect(page.locator("html")).to_have_attribute("data-theme", theme)
    page.goto("/lecture")
    expect(page.locator("html")).to_have_attribute("data-theme", "contrast")
    playground.join({})
    expect(page.locator("html")).to_have_attribute("data-theme", "contrast")
    assert findings(page) == []
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
