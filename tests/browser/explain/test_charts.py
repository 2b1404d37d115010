"""The views besides the boundary: in its place, with the engine's numbers, dated to their step."""

import numpy as np
from playwright.sync_api import expect

from tests.browser.playground import Playground

COLOURS = """() => {
  const canvas = document.querySelector('#chart .plane');
  const copy = document.createElement('canvas');
  Object.assign(copy, { width: canvas.width, height: canvas.height });
  const context = copy.getContext('2d');
  context.drawImage(canvas, 0, 0);
  const { data } = context.getImageData(0, 0, copy.width, copy.height);
  return new Set(new Uint32Array(data.buffer)).size;
}"""


def show(playground: Playground, chart: str) -> None:
    playground.page.locator(f"#charts [value={chart}]").check(force=True)
    expect(playground.page.locator("#chart")).to_have_attribute("data-chart", chart)


def test_views_are_gone_through_by_arrow_keys_and_the_plane_keeps_its_place(playground: Playground):
    page = playground.join({}).page
    box = page.locator("#board").bounding_box()
    page.locator("#charts [value=boundary]").focus()
    for chart in ("space", "errors", "weights", "distributions", "gradients"):
        page.keyboard.press("ArrowRight")
        expect(page.locator("#chart")).to_have_attribute("data-chart", chart)
        assert page.locator("#board").bounding_box() == box
    page.keyboard.press("ArrowRight")
    expect(page.locator("#chart")).to_be_hidden()
    expect(page.locator("#field")).to_be_visible()


def test_hidden_space_shows_two_units_as_they_are_and_more_by_named_components(playground: Playground):
    page = playground.join({"layers": [{"units": 5}, {"units": 2}, {"units": 1}]}).page
    show(playground, "space")
    plane, axis = page.locator("#chart .plane"), page.locator("#chart .spaceAxis.across b")
    expect(plane).to_have_attribute("data-kind", "units")
    expect(axis).to_have_text("Unit 1")
    assert page.evaluate(COLOURS) > 50
    page.select_option("#chart select", "0")
    expect(plane).to_have_attribute("data-kind", "components")
    x = playground.get("data")
    rows = [row for row, split in zip(x["x"], x["split"], strict=True) if split == "train"]
    a = np.array(playground.post("activations", {"x": rows})["layers"][0]["a"])
    sizes = np.linalg.svd(a - a.mean(axis=0), compute_uv=False) ** 2
    expect(axis).to_have_text(f"component 1 ({100 * sizes[0] / sizes.sum():.0f}%)")


def test_the_confusion_matrix_is_the_engines_and_values_come_as_a_scatter(playground: Playground):
    page = playground.join({"data": {"name": "blobs"}}).page
    show(playground, "errors")
    counts = page.locator(".confusion tbody td span")
    told = playground.get("evaluation")["test"]["confusion"]
    expect(counts).to_have_text([str(count) for row in told for count in row])
    page.get_by_role("radio", name="Plane").click()
    playground.expect_spec("data", "name", value="reg-plane")
    r2 = playground.get("evaluation")["test"]["r2"]
    words = f"Predictions against targets; R² {r2:.3f}.".replace("-", "\N{MINUS SIGN}")
    expect(page.locator("#chart .plane")).to_have_attribute("aria-label", words)


def test_a_field_of_the_weights_tells_its_value_to_pointer_and_keys(playground: Playground):
    page = playground.join({}).page
    show(playground, "weights")
    first = page.locator(".matrix canvas").first
    reading = page.locator("#chart .score")
    layers = playground.layers()
    first.focus()
    expect(reading).to_contain_text(f"= {layers[0]['b'][0]:.3f}")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(reading).to_contain_text(f"= {abs(layers[0]['W'][1][0]):.3f}".removeprefix("= "))
    cells = page.locator(".matrix table").first.locator("td").all_text_contents()
    assert len(cells) == 1 + 4 * 3


def test_dead_units_are_named_and_norms_are_the_engines(playground: Playground):
    playground.join({"layers": [{"units": 3, "activation": "relu"}, {"units": 1}]})
    page = playground.page
    layers = playground.layers()
    layers[0]["b"][1] = -1000.0
    playground.rest.put(f"/networks/{playground.id}/parameters", json={"layers": layers}).raise_for_status()
    show(playground, "distributions")
    expect(page.locator(".distribution .flag").first).to_have_text("dead: 2")
    show(playground, "gradients")
    for step in (1, 2):
        playground.post("steps", {"count": 1, "unit": "step"})
        expect(page.locator("#chart .when")).to_have_text(f"step {step}")
    norms = [layer["gradient_norm"] for layer in playground.get("distributions")["layers"]]
    expect(page.locator(".normKeys li")).to_have_text(
        [f"layer {layer}: {norm:.4f}" for layer, norm in enumerate(norms, 2)]
    )


WRITTEN = """(() => {
  const { fillText, clearRect } = CanvasRenderingContext2D.prototype;
  window.written = [];
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    if (this.canvas.closest('#curve')) window.written = [];
    clearRect.apply(this, box);
  };
  CanvasRenderingContext2D.prototype.fillText = function (words, ...place) {
    if (this.canvas.closest('#curve')) window.written.push(words);
    fillText.call(this, words, ...place);
  };
})();"""


def test_no_epoch_stands_twice_on_the_curve_s_axis(playground: Playground):
    page = playground.page
    page.add_init_script(WRITTEN)
    playground.join({})
    playground.post("steps", {"count": 50})
    playground.expect_read(lambda: [page.evaluate("window.written").count(epoch) for epoch in "12"], [1, 1])
