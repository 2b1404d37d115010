"""A network handed on: by address, by a link from elsewhere, by a file; and its pictures and tables."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from tests.browser.playground import MINE, Json, Playground
from tests.golden_links import GOLDEN, golden_link

LONGEST = 2000
SPECS: dict[str, Json] = {
    "every field": {
        "seed": 2**53 - 1,
        "dtype": "float32",
        "data": {"name": "reg-gauss", "noise": 0.15, "seed": 3, "standardize": True},
        "features": ["x1", "sin(x2)", "x1*x2^2"],
        "layers": [{"units": 16, "activation": "mish", "dropout": 1e-7}] * 6 + [{}],
        "optimizer": {
            "name": "adam",
            "learning_rate": 0.1 + 0.2,
            "schedule": {"name": "cosine"},
            "clip_norm": 1.5,
        },
        "penalty": {"name": "l2", "rate": 1e-5},
        "initializer": {"name": "orthogonal"},
        "batch_size": 7,
        "shuffle": False,
    },
    "own data and weights": {
        "data": {
            "inputs": [[0, 0.1], [0, 1], [1, 0], [1, 1.25]],
            "targets": [0, 1, 2, 1],
            "class_names": ["a;b", "c%", "d"],
            "split": ["train", "train", "train", "test"],
        },
        "layers": [{"units": 2, "activation": "leaky_relu"}, {}],
        "parameters": [
            {"W": [[0.1, 1e-9], [-3, 1 / 3]], "b": [0, 0.25]},
            {"W": [[1, 2], [3, 4], [5, 6]], "b": [7, 8, 9.5]},
        ],
        "frozen": [{"W": [[True, False], [False, False]]}, {"b": True}],
    },
    "another page's link": {
        "tfplayground": "#activation=relu&dataset=spiral&noise=25&networkShape=4,2&seed=0.59704"
    },
}
DROP = """(text) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text], 'mine.json'));
  const how = { dataTransfer, bubbles: true, cancelable: true };
  document.body.dispatchEvent(new DragEvent('drop', how));
}"""
PASTE = """(text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  const how = { clipboardData, bubbles: true, cancelable: true };
  document.body.dispatchEvent(new ClipboardEvent('paste', how));
}"""
SVG = "{http://www.w3.org/2000/svg}"


def start_of(playground: Playground, network: str) -> list[Any]:
    """All that makes a start: the spec, the plane, the weights and the examples."""
    at = f"/networks/{network}"
    state = playground.rest.get(at).raise_for_status().json()
    told = [playground.rest.get(f"{at}/{part}").json() for part in ("parameters", "data")]
    return [state["spec"], state["plane"], state["start"], *told]


def own_network(page: Page) -> str:
    """What a page has made for itself and remembers."""
    for _ in range(200):
        if found := page.evaluate(MINE):
            return str(found)
        page.wait_for_timeout(30)
    raise AssertionError(f"nothing of its own at {page.url}")


def link_in(playground: Playground, field: str) -> str:
    """A link as the panel has it, once there is one."""
    playground.until(f"document.querySelector('#share [name={field}]').value.includes('=')")
    return playground.page.input_value(f"#share [name={field}]")


@pytest.mark.parametrize("name", SPECS)
def test_a_link_to_a_copy_has_the_whole_set_up_and_opens_the_same_start(playground: Playground, name: str):
    page = playground.join(SPECS[name]).page
    page.click("#header [name=share]")
    address = link_in(playground, "copy")
    assert len(address) <= LONGEST
    other = page.context.new_page()
    other.goto(address)
    copy = own_network(other)
    assert copy != playground.id
    assert start_of(playground, copy) == start_of(playground, playground.id)
    expect(other.locator("#transport [name=play]")).to_have_attribute("data-playing", "false")
    assert page.input_value("#share [name=watch]") == page.url
    other.close()
    playground.rest.delete(f"/networks/{copy}")


def test_the_address_follows_what_is_changed_and_its_network_is_there_after_loading_again(
    playground: Playground,
):
    page = playground.open().page
    first = playground.id
    page.select_option("#settings [name=optimizer]", "adam")
    page.wait_for_url("**optimizer.name=adam&**")
    page.reload()
    playground.wait_for_pictures()
    assert playground.id == first
    page.goto(page.url.replace("data.name=circle", "data.name=xor"))
    playground.until(f"window.history.state && window.history.state.id !== '{first}'")
    playground.expect_spec("data", "name", value="xor")
    page.go_back()
    playground.until(f"window.history.state.id === '{first}'")
    playground.expect_spec("data", "name", value="circle")


def test_what_does_not_fit_into_a_link_is_said_to_be_in_the_file(playground: Playground):
    rows = [[k / 100, k % 7, (k % 2)] for k in range(400)]
    page = playground.join({"data": {"points": rows}}).page
    page.click("#header [name=share]")
    expect(page.locator("#share [data-say=copy]")).to_contain_text("Your own data do not fit")
    expect(page.locator("#share [name=copy]")).to_be_hidden()
    wide = {"layers": [{"units": 16}, {"units": 16}, {}]}
    network = playground.rest.post("/networks", json=wide).json()["id"]
    weights = playground.rest.get(f"/networks/{network}/parameters").json()["layers"]
    weights[0]["W"][0][0] = 0.125
    playground.rest.put(f"/networks/{network}/parameters", json={"layers": weights}).raise_for_status()
    page.goto(f"/#id={network}")
    expect(page.locator("#share [data-say=copy]")).to_contain_text("Weights that you set by hand do not fit")
    assert "parameters" not in link_in(playground, "copy")


@pytest.mark.parametrize("case", GOLDEN["cases"], ids=lambda case: case["dataset"])
def test_a_pasted_link_shows_the_losses_it_has_elsewhere(playground: Playground, case):
    page = playground.open().page
    page.click("#header [name=share]")
    page.fill("#share [name=pasted]", golden_link(case))
    page.press("#share [name=pasted]", "Enter")
    expect(page.locator("#imported [data-say=same]")).to_contain_text(
        "the same points, initial weights and losses"
    )
    page.press("#share [name=pasted]", "Escape")
    for epoch, losses in case["loss_at_epoch"].items():
        playground.post("steps", {"count": int(epoch) - playground.state["epoch"], "unit": "epoch"})
        shown = page.locator("#losses dd")
        expect(page.locator("[data-value=epoch] .digits")).to_have_text(epoch)
        assert [float(text) for text in shown.all_inner_texts()] == pytest.approx(losses, abs=5.1e-5)


@pytest.mark.parametrize("link", ["https://playground.tensorflow.org/#seed=0.59704", "#seed=0.59704&x=true"])
def test_a_link_that_names_little_but_its_seed_is_one_of_theirs(playground: Playground, link: str):
    page = playground.open().page
    first = playground.id
    page.evaluate(PASTE, link)
    playground.until(f"window.history.state.id !== '{first}'")
    assert playground.spec["tfplayground"] == link
    assert playground.state["train"]["loss"] == pytest.approx(GOLDEN["cases"][0]["loss0"][0], abs=1e-6)


def test_a_link_pasted_anywhere_hides_what_it_hides_and_says_what_is_not_the_same(playground: Playground):
    page = playground.open().page
    first = playground.id
    page.evaluate(PASTE, "x1,x2,y")
    page.evaluate(
        PASTE,
        "#activation=relu&batchSize=12&tutorial=x&playButton_hide=true&noise_hide=true&showTestData=true"
        "&networkShape=&seed=1",
    )
    playground.until(f"window.history.state.id !== '{first}'")
    expect(page.locator("#transport [name=play]")).to_be_hidden()
    expect(page.locator("[name=testPoints]")).to_be_checked()
    assert len(playground.spec["layers"]) == 1
    page.get_by_role("button", name="Read them", exact=True).click()
    notes = page.locator("#imported .notes li")
    expect(notes).to_have_count(3)
    for note, said in zip(
        notes.all(), ("do not fill a batch of 12", "(noise, playButton)", "tutorial"), strict=True
    ):
        expect(note).to_contain_text(said)
    page.click("[name=showAll]")
    expect(page.locator("#transport [name=play]")).to_be_visible()
    page.click("#share [name=ask]")
    assert "batchSize=12" in link_in(playground, "playground")
    expect(page.locator("#exported .notes li")).to_contain_text("incomplete last batch")


def test_a_network_without_such_a_link_says_every_reason(playground: Playground, page_errors: list[str]):
    page = playground.join({"optimizer": {"name": "adam"}, "layers": [{"units": 9}, {}]}).page
    page.click("#header [name=share]")
    page.click("#share [name=ask]")
    expect(page.locator("#exported .notes li")).to_have_count(2)
    expect(page.locator("#share [name=playground]")).to_be_hidden()
    page.fill("#share [name=pasted]", "nothing of the kind")
    page.press("#share [name=pasted]", "Enter")
    expect(page.locator("#share-refusal")).to_contain_text("not a link")
    assert [text for text in page_errors if "422" not in text] == []
    page_errors.clear()


def test_a_file_has_the_weights_the_data_and_the_history_and_opens_with_them(
    playground: Playground, tmp_path: Path
):
    page = playground.join({"data": {"points": [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]]}}).page
    playground.post("steps", {"count": 30, "unit": "epoch"})
    page.click("#header [name=file]")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the network").click()
    path = tmp_path / saved.value.suggested_filename
    saved.value.save_as(path)
    assert path.name.endswith("-step-30.json")
    first, before = playground.id, [playground.get(part) for part in ("parameters", "data", "history")]
    page.set_input_files("#file [name=open]", path)
    playground.until(f"window.history.state && window.history.state.id !== '{first}'")
    assert [playground.get(part) for part in ("parameters", "data", "history")] == before
    second = playground.id
    page.evaluate(DROP, path.read_text())
    playground.until(f"window.history.state.id !== '{second}'")
    assert playground.get("parameters") == before[0]


def test_pictures_are_vectors_or_pixels_and_tables_are_csv(playground: Playground):
    page = playground.join({"data": {"name": "blobs"}}).page
    page.click("#header [name=file]")
    buttons = page.locator("#file .formats button").all()
    files = {}
    for button in buttons:
        with page.expect_download() as saved:
            button.click()
        files[saved.value.suggested_filename.split("-step-0")[1]] = saved.value.path().read_bytes()
    assert len(files) == len(buttons) == 9
    trees = [ElementTree.fromstring(files[f"-{what}.svg"]) for what in ("diagram", "boundary")]
    paths, images = ([len(tree.findall(f".//{SVG}{tag}")) for tree in trees] for tag in ("path", "image"))
    assert images == [2 + 4 + 2 + 3, 1]
    assert paths[0] >= 2 * 4 + 4 * 2 + 2 * 3
    assert paths[1] >= 250
    assert all(files[f"-{what}.png"].startswith(b"\x89PNG") for what in ("diagram", "boundary"))
    assert files["-curve.csv"].startswith(b"epoch,step")
    assert files["-data.csv"].startswith(b"x1,x2,y,split")
    assert files[".npz"].startswith(b"PK")
    for name in ("-numpy.py", "-pytorch.py"):
        compile(files[name], name, "exec")
