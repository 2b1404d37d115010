"""Predict, then reveal: a value is blanked, typed, judged, opened; and until then told nowhere."""

import httpx
import pytest
from playwright.sync_api import Page, expect

MINUS = "\N{MINUS SIGN}"
HEARD = """() => document.body.innerText
  + [...document.querySelectorAll('[aria-label], [data-exact], [title]')]
  .filter((node) => node.checkVisibility({ visibilityProperty: true }))
  .map((node) => `${node.ariaLabel} ${node.dataset.exact} ${node.title}`).join(' ')"""


@pytest.fixture
def walk(page: Page) -> Page:
    """The worked example, every number of it a blank."""
    page.goto("/lecture#worked-example")
    expect(page.locator("[data-table=rounds] tbody tr")).to_have_count(1)
    expect(page.locator(".slate .result")).to_have_count(2)
    page.keyboard.press("b")
    expect(page.locator("input.blank")).to_have_count(2)
    return page


def answer(page: Page, symbol: str, typed: str, says: str) -> None:
    """Type an answer, Enter, and read what is said of it."""
    field = page.locator(f'input[name="{symbol}"]')
    field.fill(typed)
    field.press("Enter")
    expect(page.locator(".judgement")).to_contain_text(says)


def told(page: Page) -> str:
    """All that can be read, heard or pointed at."""
    return str(page.evaluate(HEARD)).replace(MINUS, "-")


def test_a_blank_is_typed_judged_with_a_hint_and_opens_when_it_is_right(walk: Page):
    expect(walk.locator(".blankForm .quietly").first).to_have_text("± 0.002")
    answer(walk, "z_1^(2)", "0,0275", "is missing")
    expect(walk.locator(".judgement annotation").nth(1)).to_have_text("b_1")
    expect(walk.locator('input[name="z_1^(2)"]')).to_have_attribute("aria-invalid", "true")
    answer(walk, "z_1^(2)", "half", "is not a number")
    answer(walk, "z_1^(2)", "151/400", "correct")
    expect(walk.locator("#caption")).to_contain_text("z = 0.3775")
    expect(walk.locator('input[name="a_1^(2)"]')).to_be_focused()
    answer(walk, "a_1^(2)", "0.3775", "apply the activation function")
    walk.locator(".blankForm button", has_text="Reveal").click()
    expect(walk.locator(".slate .result")).to_have_count(2)


def test_one_step_further_reveals_first_and_goes_on_then(walk: Page):
    walk.locator(".blackboard").focus()
    walk.keyboard.press("ArrowRight")
    expect(walk.locator("#stopCount")).to_have_text("1 of 17")
    expect(walk.locator(".slate .result")).to_have_count(2)
    walk.keyboard.press("ArrowRight")
    expect(walk.locator("#stopCount")).to_have_text("2 of 17")
    expect(walk.locator("input.blank")).to_have_count(2)


def test_what_is_blank_is_told_nowhere_until_it_is_open(walk: Page):
    steps = {
        "forward": (["0.3775", "0.5933", "0.593269"], ["z_1^(2)", "a_1^(2)"]),
        "loss": (["0.2984", "0.298371"], ["E"]),
        "backward": (["0.1385", "0.13849"], ["δ_1^(3)"]),
        "update": (["0.1498", "0.14978"], ["w_11^(1)", "w_12^(1)"]),
    }
    for phase, (secrets, symbols) in steps.items():
        walk.locator(f"#walk [name={phase}]").click()
        expect(walk.locator("input.blank")).to_have_count(len(symbols))
        assert [secret for secret in secrets if secret in told(walk)] == []
        for copy in walk.locator(".slate .copy:not(.blankForm .copy)").all():
            copy.evaluate("(button) => button.click()")
            expect(walk.locator(".copied code")).to_be_visible()
            copied = walk.locator(".copied code").inner_text()
            assert [secret for secret in secrets if secret in copied] == []
        for symbol in symbols:
            walk.locator(f'form:has(input[name="{symbol}"]) button', has_text="Reveal").click()
        expect(walk.locator("input.blank")).to_have_count(0)
        assert secrets[0] in told(walk)
    walk.keyboard.press("b")
    expect(walk.locator(".standNow")).to_have_text("E = 0.2984 at step 0")


def test_one_value_can_be_blanked_alone_and_what_follows_from_it_waits(page: Page):
    page.goto("/lecture#forward")
    expect(page.locator(".slate .result")).to_have_count(2)
    page.locator(".equation").first.hover()
    page.get_by_role("button", name="Hide z_1^(2)").click()
    expect(page.locator("input.blank")).to_have_count(1)
    expect(page.locator(".slate .result")).to_have_count(0)
    page.locator("#walk [name=backward]").click()
    expect(page.locator("input.blank")).to_have_count(0)
    expect(page.locator(".slate .result")).to_have_count(0)
    page.locator("#walk [name=forward]").click()
    page.get_by_role("button", name="Reveal z_1^(2)").click()
    expect(page.locator(".slate .result")).to_have_count(2)


def test_in_the_playground_nothing_else_tells_it_either(page: Page, server: str):
    spec = {
        "data": {"inputs": [[0.5, -1], [1, 1]], "targets": [[1], [0]], "train_fraction": 1},
        "layers": [{"units": 2, "activation": "sigmoid"}, {"units": 1, "activation": "sigmoid"}],
        "parameters": [{"W": [[0.5, -0.3], [0.2, 0.7]], "b": [0.1, -0.2]}, {"W": [[1, -1]], "b": [0.3]}],
    }
    made = httpx.post(f"{server}/api/v1/networks", json=spec, trust_env=False).json()
    lines = httpx.get(f"{server}/api/v1/networks/{made['id']}/trace?example=0", trust_env=False).json()[
        "lines"
    ]
    first = {line["symbol"]: f"{line['value']:.4g}" for line in lines if line["phase"] == "forward"}
    page.goto(f"/#id={made['id']}")
    page.keyboard.press("m")
    expect(page.locator(".slate .result")).to_have_count(2)
    page.locator(".unit:not(.feature)").nth(0).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_be_visible()
    page.keyboard.press("b")
    expect(page.locator("input.blank")).to_have_count(2)
    board = page.locator("#board").bounding_box()
    assert board
    page.mouse.move(board["x"] + board["width"] / 2, board["y"] + board["height"] / 2)
    assert [symbol for symbol, value in first.items() if value in told(page)] == []
    answer(page, "z_1^(2)", first["z_1^(2)"].replace(".", ","), "correct")
    answer(page, "a_1^(2)", first["a_1^(2)"], "correct")
    expect(page.locator("#caption")).to_contain_text(first["a_1^(2)"])
