"""A playground as a visitor and a script see it at once: the open page, and the same network over REST."""

import re
from collections.abc import Callable
from typing import Any

import httpx
from playwright.sync_api import Page, expect

Json = dict[str, Any]
ADDRESS = re.compile(r"/#id=([\w-]{16,})$")
MINE = "window.history.state?.id"

MOMENT = 30
PATIENCE = 400
COMPLETE = "'complete' in document.documentElement.dataset"
PAINTED = "['field', 'maps', 'links'].every((id) => document.getElementById(id).width !== 300)"
PRESSED = """(names) => names.forEach((name) => document.querySelector(`[aria-label="${name}"]`).click())"""
SIDES = """(side) => {
  const field = document.querySelector('#field');
  const canvas = Object.assign(document.createElement('canvas'), { width: side, height: side });
  const copy = canvas.getContext('2d');
  copy.drawImage(field, 0, 0, side, side);
  const { data } = copy.getImageData(0, 0, side, side);
  return Array.from({ length: side * side }, (_, k) => Math.sign(data[4 * k + 2] - data[4 * k]));
}"""


class Playground:
    """The page on a network. `rest` is a script's client for the same server."""

    def __init__(self, page: Page, server: str) -> None:
        self.page = page
        # Without idle connections: the server closes one after 5 s, which a request may meet on its way.
        limits = httpx.Limits(max_keepalive_connections=0)
        self.rest = httpx.Client(base_url=f"{server}/api/v1", trust_env=False, limits=limits)

    def open(self) -> "Playground":
        """The front page, until it plays a network of its own, as it does for whoever minds no motion."""
        self.page.emulate_media(reduced_motion="no-preference")
        self.page.goto("/")
        self.until(MINE)
        expect(self.page.locator("#transport [name=play]")).to_have_attribute("data-playing", "true")
        self.page.emulate_media(reduced_motion="reduce")
        self.until(COMPLETE)
        return self

    def make(self, spec: Json) -> "Playground":
        """A network made by a script, without the page: only the browser, on a picture of ours."""
        network = self.rest.post("/networks", json=spec).raise_for_status().json()
        self.page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
        self.page.goto(f"/static/icon.svg#/#id={network['id']}")
        return self

    def close(self) -> None:
        """Leave the page, and take the network away, so that it does not train on beside the next test."""
        network = self._found()
        self.page.goto("about:blank")
        if network:
            self.rest.delete(f"/networks/{network}")

    def join(self, spec: Json) -> "Playground":
        """A network made by a script, standing still, opened in the page and drawn."""
        network = self.rest.post("/networks", json=spec).json()
        self.page.goto(f"/#id={network['id']}")
        self.wait_for_pictures()
        return self

    @property
    def id(self) -> str:
        network = self._found()
        assert network, f"no network in the address {self.page.url}"
        return network

    def _found(self) -> str | None:
        """The network in the address, or that which the browser remembers with it."""
        found = ADDRESS.search(self.page.url)
        remembered: str | None = found[1] if found else self.page.evaluate(MINE)
        return remembered

    @property
    def state(self) -> Json:
        state: Json = self.rest.get(f"/networks/{self.id}").raise_for_status().json()
        return state

    @property
    def spec(self) -> Json:
        spec: Json = self.state["spec"]
        return spec

    def get(self, path: str, **query: Any) -> Json:
        answer: Json = self.rest.get(f"/networks/{self.id}/{path}", params=query).raise_for_status().json()
        return answer

    def post(self, path: str, body: Json) -> Json:
        answer: Json = self.rest.post(f"/networks/{self.id}/{path}", json=body).raise_for_status().json()
        return answer

    def press_at_once(self, *names: str) -> None:
        """Buttons, by their names, faster than any answer comes."""
        self.page.evaluate(PRESSED, names)

    def until(self, expression: str) -> None:
        """Until the page's JavaScript says so (Playwright's own way needs eval, which the page forbids)."""
        for _ in range(PATIENCE):
            if self.page.evaluate(expression):
                return
            self.page.wait_for_timeout(MOMENT)
        raise AssertionError(f"never true: {expression}")

    def wait_for_pictures(self) -> None:
        """Until the boundary, the maps and the links have been painted, and the rest of the page is there."""
        self.until(f"{PAINTED} && {COMPLETE}")

    def pause(self) -> None:
        self.page.click("#transport [name=play]")
        expect(self.page.locator("#transport [name=play]")).to_have_attribute("data-playing", "false")

    def number(self, selector: str) -> float:
        """A number on the page, read as a person reads it."""
        return float(self.page.inner_text(selector).replace(",", "").replace("\N{MINUS SIGN}", "-"))

    def expect_read(self, read: Callable[[], Any], value: Any) -> None:
        """Until a script reads this."""
        seen: Any = None
        for _ in range(PATIENCE):
            seen = read()
            if seen == value:
                return
            self.page.wait_for_timeout(MOMENT)
        raise AssertionError(f"it stays {seen!r}, expected {value!r}")

    def expect_spec(self, *path: str | int, value: Any) -> None:
        """Until the server has it at this place of the spec."""

        def read() -> Any:
            seen: Any = self.spec
            for step in path:
                try:
                    seen = seen[step]
                except (LookupError, TypeError):
                    return f"nothing at {step}"
            return seen

        self.expect_read(read, value)

    def layers(self) -> list[Json]:
        """W and b of every layer, as the server has them."""
        layers: list[Json] = self.get("parameters")["layers"]
        return layers

    def sides(self, side: int = 9) -> list[list[int]]:
        """Which side of the boundary the plane is painted on: 1 blue, −1 orange; rows from above."""
        flat: list[int] = self.page.evaluate(SIDES, side)
        return [flat[row * side : (row + 1) * side] for row in range(side)]

    def link_middle(self, layer: int, unit: int, source: int) -> tuple[float, float]:
        """Where on the screen the middle of a link is; all three count from 0."""
        units = self.page.locator(".unit:not(.feature)")
        before = sum(entry["units"] for entry in self.spec["layers"][:layer])
        target = units.nth(before + unit).bounding_box()
        if layer == 0:
            origin = self.page.locator(".feature:not(.off)").nth(source).bounding_box()
        else:
            origin = units.nth(before - self.spec["layers"][layer - 1]["units"] + source).bounding_box()
        assert origin
        assert target
        x = (origin["x"] + origin["width"] + target["x"]) / 2
        y = (origin["y"] + origin["height"] / 2 + target["y"] + target["height"] / 2) / 2
        return x, y
