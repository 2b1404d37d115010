"""What a mouse can do, keys can do, too: with the keys of every keyboard, and a focus that is always seen."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FileChooser, Locator, Page, expect

from tests.browser.playground import Playground

FAR = 150
OPEN = ".drawer:not([hidden])"
FINER = {
    "optimizer": {"name": "momentum", "schedule": {"name": "step"}},
    "initializer": {"name": "constant"},
}


def tab_to(goal: Locator, key: str = "Tab") -> None:
    """Tab until it has the focus, as somebody without a mouse does."""
    for _ in range(FAR):
        if goal.evaluate("(node) => node === document.activeElement"):
            return
        goal.page.keyboard.press(key)
    raise AssertionError(f"{key} never comes to {goal}")


def open_by_key(page: Page, opener: str) -> None:
    tab_to(page.locator(opener))
    page.keyboard.press("Enter")
    expect(page.locator(":focus:is(.drawer *)")).to_have_count(1)


def type_into(field: Locator, value: str) -> None:
    """Enter takes a value, and the focus stays."""
    tab_to(field)
    field.page.keyboard.press("ControlOrMeta+a")
    field.page.keyboard.type(value)
    field.page.keyboard.press("Enter")
    expect(field).to_be_focused()


def test_every_finer_setting_is_changed_by_key(playground: Playground):
    page = playground.join(FINER).page
    open_by_key(page, ".moreButton")
    more = page.locator("#more")
    optimizer, schedule = ("optimizer",), ("optimizer", "schedule")
    plan: list[tuple[str, str, tuple[str | int, ...], Any]] = [
        ("Momentum μ", "0.5", (*optimizer, "momentum"), 0.5),
        ("Clip gradients at", "2,5", (*optimizer, "clip_norm"), 2.5),
        ("Drop factor", "0.25", (*schedule, "drop"), 0.25),
        ("Every … epochs", "40", (*schedule, "every"), 40),
        ("Value", "0.75", ("initializer", "value"), 0.75),
        ("Bias", "0.2", ("initializer", "bias"), 0.2),
        ("Dropout of layer 2", "0.125", ("layers", 0, "dropout"), 0.125),
        ("Dropout of layer 3", "0.375", ("layers", 1, "dropout"), 0.375),
    ]
    for label, typed, path, value in plan:
        type_into(more.get_by_label(label, exact=True), typed)
        playground.expect_spec(*path, value=value)
    tab_to(more.get_by_label("Activation of layer 2"), "Shift+Tab")
    page.keyboard.press("r")
    playground.expect_spec("layers", 0, "activation", value="relu")
    tab_to(more.locator("label", has_text="Precision").locator("select"), "Shift+Tab")
    page.keyboard.press("ArrowDown")
    playground.expect_spec("dtype", value="float32")
    tab_to(more.locator("label", has_text="Initializer").locator("select"), "Shift+Tab")
    page.keyboard.press("Home")
    playground.expect_spec("initializer", "name", value="uniform")
    tab_to(more.get_by_label("Learning-rate schedule"), "Shift+Tab")
    page.keyboard.press("Home")
    playground.expect_spec(*schedule, "name", value="constant")
    tab_to(more.locator("[name=shuffle]"))
    page.keyboard.press("Space")
    playground.expect_spec("shuffle", value=False)


def test_training_stops_where_keys_said_it_shall(playground: Playground):
    page = playground.join({}).page
    open_by_key(page, ".moreButton")
    type_into(page.locator("#more").get_by_label("Epoch", exact=True), "3")
    page.keyboard.press("Escape")
    expect(page.locator(".moreButton")).to_be_focused()
    tab_to(page.locator("#transport [name=play]"), "Shift+Tab")
    page.keyboard.press("Enter")
    playground.expect_read(lambda: playground.state["epoch"], 3)


def test_whatever_is_saved_is_saved_by_key_and_opened_again(playground: Playground, tmp_path: Path):
    page = playground.join({"seed": 11}).page
    chosen: list[FileChooser] = []

    def choose(chooser: FileChooser) -> None:
        chosen.append(chooser)

    page.on("filechooser", choose)
    open_by_key(page, "#header [name=file]")
    buttons = page.locator("#file :is([data-saves], [data-draws])")
    for index in range(buttons.count()):
        tab_to(buttons.nth(index))
        with page.expect_download() as saved:
            page.keyboard.press("Space" if index % 2 else "Enter")
        saved.value.save_as(tmp_path / saved.value.suggested_filename)
        expect(buttons.nth(index)).to_be_focused()
    endings = [file.name.removeprefix("circle-4-2-1-step-0") for file in sorted(tmp_path.iterdir())]
    assert endings == [
        "-boundary.png", "-boundary.svg", "-curve.csv", "-data.csv", "-diagram.png", "-diagram.svg",
        "-numpy.py", "-pytorch.py", ".json", ".npz",
    ]  # fmt: skip
    before = playground.id
    tab_to(page.locator("#file [name=open]"), "Shift+Tab")
    page.keyboard.press("Enter")
    playground.expect_read(lambda: len(chosen), 1)
    chosen[0].set_files(tmp_path / "circle-4-2-1-step-0.json")
    playground.until(f"!document.URL.includes('{before}') && window.history.state?.id !== '{before}'")
    playground.expect_spec("seed", value=11)
    page.keyboard.press("Escape")
    expect(page.locator("#header [name=file]")).to_be_focused()


def test_a_weight_and_a_bias_are_typed_and_frozen_in_the_card(playground: Playground):
    page = playground.join({}).page
    tab_to(page.get_by_role("button", name="Unit 1 of layer 2"))
    page.keyboard.press("Enter")
    card = page.locator("#card")
    for name, typed, read in (
        ("w 10 (1)", "1,5", lambda: playground.layers()[0]["b"][0]),
        ("w 11 (1)", "-0.75", lambda: playground.layers()[0]["W"][0][0]),
    ):
        type_into(card.get_by_role("textbox", name=name), typed)
        playground.expect_read(read, float(typed.replace(",", ".")))
    tab_to(card.get_by_role("button", name="Freeze w 11 (1)"))
    page.keyboard.press("Space")
    playground.expect_spec("frozen", 0, "W", 0, value=[True, False])
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Unit 1 of layer 2")).to_be_focused()


def test_escape_puts_back_the_weight_that_stood_there(playground: Playground):
    page = playground.join({}).page
    before = playground.layers()
    unit = page.get_by_role("button", name="Unit 1 of layer 2")
    tab_to(unit)
    page.keyboard.press("Enter")
    tab_to(page.get_by_role("textbox", name="w 11 (1)"))
    page.keyboard.type("9")
    page.keyboard.press("Escape")
    expect(unit).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page.get_by_role("button", name="Freeze unit"))
    page.keyboard.press("Enter")
    playground.expect_spec("frozen", 0, "W", 0, value=[True, True])
    assert playground.layers() == before


def test_escape_puts_back_the_number_that_stood_there(playground: Playground):
    page = playground.join({}).page
    noise = page.locator("[name=noiseValue]")
    tab_to(noise)
    page.keyboard.type("0.4")
    page.keyboard.press("Escape")
    expect(noise).to_have_value("0.00")
    type_into(page.locator("[name=batchValue]"), "20")
    playground.expect_spec("batch_size", value=20)
    assert playground.spec["data"]["noise"] == 0


@pytest.mark.parametrize(
    ("opener", "after"),
    [
        ("#header [name=share]", "#header [name=file]"),
        ("#header [name=help]", "#transport [name=reset]"),
        (".moreButton", "#data [name=own]"),
        ("#data [name=own]", "#datasets [role=radio][tabindex='0']"),
    ],
)
def test_what_is_open_stands_behind_what_opened_it_and_never_over_the_focus(
    playground: Playground, opener: str, after: str
):
    page = playground.join({}).page
    open_by_key(page, opener)
    tab_to(page.locator(opener), "Shift+Tab")
    expect(page.locator(OPEN)).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator(OPEN)).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator(":focus:is(.drawer *)")).to_have_count(1)
    for _ in range(FAR):
        page.keyboard.press("Tab")
        if page.locator(":focus:not(.drawer *)").count():
            break
    expect(page.locator(after)).to_be_focused()
    tab_to(page.locator(".curve"))
    tab_to(page.locator("#start [name=reseed]"), "Shift+Tab")
    expect(page.locator(OPEN)).to_have_count(0)


def test_few_examples_can_become_many_again(playground: Playground):
    page = playground.join({}).page
    field = page.locator("[name=examplesValue]")
    for count in (4, 400):
        type_into(field, str(count))
        playground.expect_spec("data", "examples", value=count)


def test_backprop_is_not_checked_where_the_numbers_have_become_short(playground: Playground):
    asked: list[str] = []
    page = playground.page
    page.clock.install()

    def shown() -> str:
        page.clock.run_for(1)
        return page.input_value("[name=batchValue]")

    playground.join({})
    expect(page.locator("#checked")).to_be_visible()
    page.on("request", lambda request: asked.append(request.url))
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))
    playground.rest.patch(f"/networks/{playground.id}", json={"batch_size": 20})
    playground.expect_read(shown, "20")
    playground.rest.patch(f"/networks/{playground.id}", json={"dtype": "float32", "batch_size": 30})
    playground.expect_read(shown, "30")
    page.clock.run_for(2000)
    page.evaluate("fetch('/api/v1/healthz').then(({ ok }) => ok)")
    assert not [url for url in asked if url.endswith("/gradient-check")]
